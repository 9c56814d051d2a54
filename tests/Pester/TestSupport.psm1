#Requires -Version 7.6
Set-StrictMode -Version Latest

# What every suite needs: the built module, an emulator of its own, tokens, faults, counts. Dot nothing, mock nothing: requests are real.

Import-Module (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)

$script:ModulePath = Join-Path $PSScriptRoot ../../output/GPhotos
$script:Emulator = $null
$script:SavedEnvironment = @{}

function Start-TestEmulator {
    <#
    .SYNOPSIS
        Starts an emulator for a suite, sets GPHOTOS_ENDPOINT to it, and gives profiles and the ledger of calls a folder of their own.
        Writes go without a pace: a suite makes more of them in a minute than Google would take from an account.
    #>
    param([string[]] $ArgumentList = @())

    Import-Module $script:ModulePath -Global
    $script:SavedEnvironment = @{ GPHOTOS_ENDPOINT = $env:GPHOTOS_ENDPOINT; XDG_DATA_HOME = $env:XDG_DATA_HOME; GPHOTOS_WRITES_PER_MINUTE = $env:GPHOTOS_WRITES_PER_MINUTE }
    $script:Emulator = Start-EmulatorProcess -ArgumentList $ArgumentList
    $env:GPHOTOS_ENDPOINT = $script:Emulator.Endpoint
    $env:XDG_DATA_HOME = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-test-$([guid]::NewGuid().ToString('N'))"
    $env:GPHOTOS_WRITES_PER_MINUTE = '0'
    $script:Emulator
}

function Stop-TestEmulator {
    <#
    .SYNOPSIS
        Ends the suite's emulator, signs out, and puts the environment back.
    #>
    $failed = $null
    # A sign-in that does not let itself be forgotten must not hold the suites up for ever.
    while ((Get-Module GPhotos) -and -not $failed -and (Get-GPhotosContext -ErrorAction Ignore)) {
        Disconnect-GPhotos -Force -WarningAction Ignore -ErrorAction SilentlyContinue -ErrorVariable failed
    }
    Stop-EmulatorProcess $script:Emulator
    Remove-Item $env:XDG_DATA_HOME -Recurse -Force -ErrorAction Ignore
    foreach ($name in $script:SavedEnvironment.Keys) { Set-Item "env:$name" $script:SavedEnvironment[$name] }
}

function Invoke-Emulator {
    <#
    .SYNOPSIS
        Calls one of the emulator's admin paths.
    #>
    param([Parameter(Mandatory)] [string] $Path, [string] $Method = 'Get', $Body)

    $request = @{ Uri = [uri]::new($script:Emulator.Endpoint, "emulator/$Path"); Method = $Method }
    if ($null -ne $Body) { $request += @{ Body = ConvertTo-Json $Body -Depth 12; ContentType = 'application/json' } }
    Invoke-RestMethod @request
}

function Connect-TestSession {
    <#
    .SYNOPSIS
        Signs the session in with an access token of the emulator.
    #>
    param(
        [string[]] $Scope = @('photoslibrary.appendonly', 'photoslibrary.readonly.appcreateddata', 'photoslibrary.edit.appcreateddata'),

        # With the scope of the Picker, too.
        [switch] $Picker
    )

    if ($Picker) { $Scope += 'photospicker.mediaitems.readonly' }
    $token = (Invoke-Emulator tokens -Method Post -Body @{ scopes = $Scope }).access_token
    Connect-GPhotos -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force) -WarningAction Ignore
}

function Get-CallCount {
    <#
    .SYNOPSIS
        How often the emulator was called since the last reset: all kinds as a hashtable, or one kind as a number.
    #>
    param([string] $Kind)

    $calls = (Invoke-Emulator stats).calls
    if (-not $Kind) { return $calls }
    $property = $calls.PSObject.Properties[$Kind]
    if ($property) { $property.Value } else { 0 }
}

function Reset-CallCount {
    <#
    .SYNOPSIS
        Starts the emulator's counters anew.
    #>
    $null = Invoke-Emulator stats -Method Delete
}

function Add-Fault {
    <#
    .SYNOPSIS
        Scripts a fault: @{ path = '/v1/uploads'; status = 503; count = 1 }.
    #>
    param([Parameter(Mandatory)] [hashtable] $Fault)

    $null = Invoke-Emulator faults -Method Post -Body $Fault
}

function Clear-Fault {
    <#
    .SYNOPSIS
        Takes every fault back and lets go of hanging requests.
    #>
    $null = Invoke-Emulator faults -Method Delete
}

function Use-Pipeline {
    <#
    .SYNOPSIS
        Runs a script in a runspace of its own that can be stopped as Ctrl+C stops it. Gives the PowerShell object and its handle.
    #>
    param([Parameter(Mandatory)] [string] $Script, [hashtable] $Variable = @{})

    $state = [initialsessionstate]::CreateDefault2()
    $state.ImportPSModule($script:ModulePath)
    $shell = [powershell]::Create()
    $shell.Runspace = [runspacefactory]::CreateRunspace($state)
    $shell.Runspace.Open()
    foreach ($name in $Variable.Keys) { $shell.Runspace.SessionStateProxy.SetVariable($name, $Variable[$name]) }
    $null = $shell.AddScript($Script)
    $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
    $nothing = [System.Management.Automation.PSDataCollection[psobject]]::new()
    $nothing.Complete()
    [pscustomobject]@{ Shell = $shell; Output = $output; Handle = $shell.BeginInvoke($nothing, $output) }
}

function Stop-Pipeline {
    <#
    .SYNOPSIS
        Presses Ctrl+C on what Use-Pipeline started, and gives the time until it had ended.
    #>
    [OutputType([timespan])]
    param([Parameter(Mandatory)] [pscustomobject] $Pipeline)

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $Pipeline.Shell.Stop()
    $clock.Stop()
    $state = $Pipeline.Shell.InvocationStateInfo.State
    $Pipeline.Shell.Runspace.Dispose()
    $Pipeline.Shell.Dispose()
    if ($state -ne 'Stopped') { throw "The pipeline was not stopped, it was $state." }
    $clock.Elapsed
}

function Wait-Until {
    <#
    .SYNOPSIS
        Waits for something to come true, and throws when it does not in time.
    #>
    param([Parameter(Mandatory)] [scriptblock] $Condition, [int] $TimeoutSeconds = 20)

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($clock.Elapsed.TotalSeconds -gt $TimeoutSeconds) { throw "Not true after $TimeoutSeconds s: $Condition" }
        [System.Threading.Thread]::Sleep(20)
    }
}

function Wait-Quiet {
    <#
    .SYNOPSIS
        Waits until the emulator has no call under way: a client that was stopped left none behind.
    #>
    Wait-Until { (Invoke-Emulator stats).inFlight -eq 0 } -TimeoutSeconds 2
}

function Get-MaxInFlight {
    <#
    .SYNOPSIS
        The most calls of a kind that were under way at once since the last reset.
    #>
    param([Parameter(Mandatory)] [string] $Kind)

    (Invoke-Emulator stats).maxInFlight.$Kind
}

function Add-TestItem {
    <#
    .SYNOPSIS
        Puts media items into the emulator's library, and gives their ids: @{ fileName = 'a.jpg'; creationTime = '2017-10-05T12:00:00Z' }.
    #>
    param([hashtable[]] $Item = @(@{}))

    (Invoke-Emulator items -Method Post -Body $Item).ids
}

function New-TestPicture {
    <#
    .SYNOPSIS
        Writes files that start as JPEGs do, each with bytes of its own.
    #>
    [OutputType([System.IO.FileInfo])]
    param([Parameter(Mandatory)] [string[]] $Path, [int] $Length = 2000)

    foreach ($file in $Path) {
        $bytes = [byte[]]::new($Length)
        # Ends where the picture would begin: who looks for more segments in what follows looks through all of a large file.
        [byte[]] $head = @(0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xD9) + [guid]::NewGuid().ToByteArray()
        $head.CopyTo($bytes, 0)
        [System.IO.File]::WriteAllBytes($file, $bytes)
        [System.IO.FileInfo]::new($file)
    }
}

function New-TestExport {
    <#
    .SYNOPSIS
        Makes a Takeout export with the emulator, in a new folder with takeout-truth.json beside the parts, and gives the folder.
    #>
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Path, [string[]] $ArgumentList = @())

    $null = dotnet (Join-Path $PSScriptRoot ../../output/emulator/GPhotos.Emulator.dll) takeout --out $Path @ArgumentList
    if ($LASTEXITCODE -ne 0) { throw "No export was made in $Path." }
    $Path
}

function New-TestFolder {
    <#
    .SYNOPSIS
        Makes a folder of its own for a test, and gives its path.
    #>
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Under)

    (New-Item (Join-Path $Under ([guid]::NewGuid().ToString('N'))) -ItemType Directory).FullName
}

function Get-HeldItem {
    <#
    .SYNOPSIS
        What the library really holds, not what a cmdlet says. Costs no Library call.
    #>
    Invoke-Emulator items | ForEach-Object { $_ }
}

function Get-HeldAlbum {
    <#
    .SYNOPSIS
        The albums there really are, of a title. Costs no Library call.
    #>
    param([Parameter(Mandatory)] [string] $Title)

    Invoke-Emulator albums | ForEach-Object { $_ } | Where-Object title -EQ $Title
}

function Get-HeldName {
    <#
    .SYNOPSIS
        The file names in the one album of a title, in the album's order. Costs no Library call.
    #>
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Title)

    $album = @(Get-HeldAlbum $Title)
    if ($album.Count -ne 1) { throw "There are $($album.Count) albums '$Title'." }
    Invoke-Emulator "albums/$($album[0].id)/items" | ForEach-Object { $_.fileName }
}

function Get-ThrottledCount {
    <#
    .SYNOPSIS
        How many calls the emulator refused for a quota or for a write beside another, since the last reset.
    #>
    $throttled = (Invoke-Emulator stats).throttled
    $sum = 0
    foreach ($property in $throttled.PSObject.Properties) { $sum += $property.Value }
    $sum
}

function Invoke-ShellRace {
    <#
    .SYNOPSIS
        Runs a script in several PowerShell processes, once for each argument, that begin at the same moment. Gives what all of them wrote,
        with the argument as Racer. The sign-in is the one that is kept.
    #>
    param([Parameter(Mandatory)] [scriptblock] $Script, [Parameter(Mandatory)] [object[]] $Argument)

    $gate = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-test-$([guid]::NewGuid().ToString('N'))"
    $null = New-Item $gate -ItemType Directory
    $module = (Get-Module GPhotos).ModuleBase
    $jobs = @(
        foreach ($number in 0..($Argument.Count - 1)) {
            Start-Job -ArgumentList $module, $gate, $number, "$Script", $Argument[$number] {
                param($module, $gate, $number, $text, $argument)
                Import-Module $module
                # Loads the client, so that all start with it loaded.
                $null = Get-GPhotosQuota
                $null = New-Item "$gate/ready$number"
                while (-not (Test-Path "$gate/go")) { [System.Threading.Thread]::Sleep(5) }
                & ([scriptblock]::Create($text)) $argument | ForEach-Object { $_ | Add-Member Racer $number -PassThru }
            }
        }
    )
    try {
        Wait-Until { @(Get-ChildItem $gate).Count -eq $Argument.Count } -TimeoutSeconds 60
        $null = New-Item "$gate/go"
        $jobs | Receive-Job -Wait
    }
    finally {
        $jobs | Remove-Job -Force
        Remove-Item $gate -Recurse
    }
}

function Get-SavedFile {
    <#
    .SYNOPSIS
        The files below a folder, but for the catalog that saving keeps in a destination.
    #>
    [OutputType([System.IO.FileInfo])]
    param([Parameter(Mandatory)] [string] $Folder)

    Get-ChildItem -LiteralPath $Folder -Recurse -File -Force -ErrorAction Ignore | Where-Object FullName -NotMatch '[\\/]\.gphotos[\\/]'
}

function Get-ServedHash {
    <#
    .SYNOPSIS
        What the emulator serves for items now, by id, as SHA-256 in lower-case hex: fetched without the client. The calls count.
    #>
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string[]] $Id,

        # What is put behind a base URL; by default that of originals.
        [string] $Suffix
    )

    $token = ConvertTo-SecureString (Invoke-Emulator tokens -Method Post -Body @{}).access_token -AsPlainText -Force
    $hashes = @{}
    for ($i = 0; $i -lt $Id.Count; $i += 50) {
        $some = $Id[$i..([math]::Min($i + 49, $Id.Count - 1))]
        $query = ($some | ForEach-Object { "mediaItemIds=$_" }) -join '&'
        $answer = Invoke-RestMethod ([uri]::new($script:Emulator.Endpoint, "v1/mediaItems:batchGet?$query")) -Authentication Bearer -Token $token -AllowUnencryptedAuthentication
        foreach ($item in $answer.mediaItemResults.mediaItem) {
            $kind = $Suffix ? $Suffix : $item.mimeType -like 'video/*' ? '=dv' : '=d'
            $stream = (Invoke-WebRequest "$($item.baseUrl)$kind").RawContentStream
            $stream.Position = 0
            $hashes[$item.id] = (Get-FileHash -InputStream $stream -Algorithm SHA256).Hash.ToLowerInvariant()
        }
    }

    $hashes
}

function Assert-SavedFile {
    <#
    .SYNOPSIS
        Holds results of Save-GPhotoMediaItem to what stands on the disk: length, hash and time. With the hashes of Get-ServedHash also to
        what the emulator serves.
    #>
    param([Parameter(Mandatory)] [AllowNull()] [object[]] $Result, [hashtable] $Served)

    foreach ($one in $Result) {
        $file = Get-Item -LiteralPath $one.FullName
        $file.Length | Should -Be $one.Length
        $one.Sha256 | Should -BeExactly (Get-FileHash -LiteralPath $one.FullName -Algorithm SHA256).Hash.ToLowerInvariant()
        $file.LastWriteTimeUtc | Should -Be $one.MediaItem.CreationTime.UtcDateTime
        if ($Served) { $one.Sha256 | Should -BeExactly $Served[$one.Id] -Because "'$file' must be what is served" }
    }
}

function Assert-SavedPicture {
    <#
    .SYNOPSIS
        Holds a result of Save-GPhotoMediaItem to what stands on the disk, which must be a JPEG. A hash is compared where the result has one.
    #>
    param([Parameter(Mandatory)] [object] $Result)

    $file = Get-Item -LiteralPath $Result.FullName
    $file.Length | Should -Be $Result.Length
    if ($Result.Sha256) {
        $Result.Sha256 | Should -BeExactly (Get-FileHash -LiteralPath $Result.FullName -Algorithm SHA256).Hash.ToLowerInvariant()
    }

    $file.LastWriteTimeUtc | Should -Be $Result.MediaItem.CreationTime.UtcDateTime
    $bytes = [System.IO.File]::ReadAllBytes($file.FullName)
    $bytes[0], $bytes[1] | Should -Be 0xFF, 0xD8
}

function Get-ErrorOf {
    <#
    .SYNOPSIS
        Runs a script and gives the error records it wrote or threw.
    #>
    [OutputType([System.Management.Automation.ErrorRecord])]
    param([Parameter(Mandatory)] [scriptblock] $Script)

    $all = @(& { try { & $Script 2>&1 } catch { $_ } })
    $all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }
}

function Assert-GPhotosError {
    <#
    .SYNOPSIS
        Holds an error to the public contract: id, category, target, and advice.
    #>
    param(
        [Parameter(Mandatory)] [AllowNull()] [AllowEmptyCollection()] $Record,
        [Parameter(Mandatory)] [string] $Id,
        [Parameter(Mandatory)] [string] $Category,
        [Parameter(Mandatory)] [AllowNull()] $Target
    )

    @($Record).Count | Should -Be 1 -Because "one error was expected, not: $(@($Record) -join ' | ')"
    $one = @($Record)[0]
    $one | Should -BeOfType ([System.Management.Automation.ErrorRecord])
    $one.FullyQualifiedErrorId | Should -BeLike "$Id,GPhotos.PowerShell.Cmdlets.*" -Because "the error was: $one"
    "$($one.CategoryInfo.Category)" | Should -Be $Category
    if ($null -eq $Target) { $one.TargetObject | Should -BeNullOrEmpty } else { "$($one.TargetObject)" | Should -BeExactly "$Target" }
    $one.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
}

function Save-ClientSecret {
    <#
    .SYNOPSIS
        Downloads the emulator's OAuth client as a user does from the console. Gives the path.
    #>
    param([Parameter(Mandatory)] [string] $Path, [switch] $Web)

    Invoke-WebRequest ([uri]::new($script:Emulator.Endpoint, "emulator/client_secret$($Web ? '_web' : '').json")) -OutFile $Path
    $Path
}

function Connect-ThroughPage {
    <#
    .SYNOPSIS
        Signs in with Connect-GPhotos -NoBrowser, and does what a person would do on the page it prints.
    #>
    param(
        [Parameter(Mandatory)] [string] $ClientSecretPath,
        [hashtable] $Parameter = @{},

        # What the person does with the page's address.
        [scriptblock] $Answer = { param($page) Approve-ConsentPage $page }
    )

    Connect-GPhotos -ClientSecretPath $ClientSecretPath -NoBrowser @Parameter 6>&1 | ForEach-Object {
        if ($_ -is [System.Management.Automation.InformationRecord]) {
            & $Answer ([regex]::Match("$_", 'http\S+').Value)
        }
        else {
            $_
        }
    }
}

function Invoke-ChildShell {
    <#
    .SYNOPSIS
        Runs a script in a PowerShell process of its own that has imported the module, and gives what it wrote as text.
    #>
    param([Parameter(Mandatory)] [string] $Script, [string[]] $ArgumentList = @(), [switch] $NoImport)

    $file = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-test-$([guid]::NewGuid().ToString('N')).ps1"
    try {
        $import = $NoImport ? '' : "Import-Module '$script:ModulePath'`n"
        Set-Content $file "param([string[]] `$Arguments)`n`$PSStyle.OutputRendering = 'PlainText'`n`$modulePath = '$script:ModulePath'`n$import$Script"
        & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File $file @ArgumentList
    }
    finally {
        Remove-Item $file
    }
}

function Start-ChildShell {
    <#
    .SYNOPSIS
        Starts a PowerShell process of its own that imports the module, signs in with a token of the emulator, and runs a script beside this
        process. Gives the process, to be killed or waited for; what it writes goes into files beside -Output.
    #>
    [OutputType([System.Diagnostics.Process])]
    param([Parameter(Mandatory)] [string] $Script, [Parameter(Mandatory)] [string] $Output)

    $text = "Import-Module '$script:ModulePath'`n" +
    "`$null = Connect-GPhotos -AccessToken (ConvertTo-SecureString `$env:GPHOTOS_TEST_TOKEN -AsPlainText -Force) -WarningAction Ignore`n" +
    "`$PSStyle.OutputRendering = 'PlainText'`n`$ProgressPreference = 'SilentlyContinue'`n$Script"
    $start = @{
        FilePath               = (Get-Process -Id $PID).Path
        ArgumentList           = '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand', [convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($text))
        Environment            = @{ GPHOTOS_TEST_TOKEN = (Invoke-Emulator tokens -Method Post -Body @{}).access_token }
        RedirectStandardOutput = $Output
        RedirectStandardError  = "$Output.err"
        PassThru               = $true
    }
    Start-Process @start
}

function Stop-ChildShell {
    <#
    .SYNOPSIS
        Kills what Start-ChildShell started as a power cut would: it has no time for anything.
    #>
    param([Parameter(Mandatory)] [System.Diagnostics.Process] $Process)

    $Process.Kill()
    $Process.WaitForExit()
    $Process.Dispose()
}

Export-ModuleMember -Function *-* -Variable @()
