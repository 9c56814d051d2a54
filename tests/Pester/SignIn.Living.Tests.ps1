#Requires -Version 7.6

# What a kept sign-in must outlive: many processes at once, kills, folders that cannot be written to, every umask.

BeforeDiscovery {
    $isRoot = -not $IsWindows -and (id -u) -eq '0'
    $canBeOther = $isRoot -and [bool](Get-Command setpriv -CommandType Application -ErrorAction Ignore)
    $users = $canBeOther ? @('root', 'nobody', 'nobody', 'root') : @('me', 'me', 'me', 'me')
    $masks = @(foreach ($number in 0..3) { @{ Umask = @('000', '000', '022', '077')[$number]; User = $users[$number] } })
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator -ArgumentList '--items', '3'
    $client = Save-ClientSecret (Join-Path $TestDrive client.json)
    $shell = (Get-Process -Id $PID).Path
    $modulePath = (Resolve-Path (Join-Path $PSScriptRoot ../../output/GPhotos)).Path
    $isRoot = -not $IsWindows -and (id -u) -eq '0'

    function DataFolder { Join-Path ([Environment]::GetFolderPath('LocalApplicationData', 'DoNotVerify')) GPhotos }

    # No token is known any more, as an hour later.
    function Expire { Remove-Item (Join-Path (DataFolder) '*.token') }

    function Renewals { (Invoke-Emulator stats).grants.PSObject.Properties['refresh_token']?.Value ?? 0 }

    function Mode([string] $path) { '{0:000}' -f [int][convert]::ToString([int][System.IO.File]::GetUnixFileMode($path), 8) }

    # Starts a session of its own and does not wait for it.
    function Start-Session([string] $script, [string] $output) {
        $text = "`$PSStyle.OutputRendering = 'PlainText'; `$ProgressPreference = 'SilentlyContinue'; Import-Module '$modulePath'; $script"
        Start-Process $shell -ArgumentList '-NoProfile', '-NonInteractive', '-EncodedCommand', ([convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($text))) -RedirectStandardOutput $output -RedirectStandardError "$output.err" -PassThru
    }

    # A session of a user without rights, where this one has all: what root may do shows nothing of modes.
    function Invoke-Session([string] $user, [string] $umask, [string] $folder, [string] $script) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).ps1"
        Set-Content $file "`$PSStyle.OutputRendering = 'PlainText'`n`$env:XDG_DATA_HOME = '$folder'`n`$env:HOME = '$folder'`nImport-Module '$modulePath'`n$script"
        $as = $user -eq 'nobody' ? @('setpriv', '--reuid=65534', '--regid=65534', '--clear-groups') : @()
        sh -c 'umask "$1"; shift; exec "$@"' sh $umask @as $shell -NoProfile -NonInteractive -File $file
    }

    # A folder for such a user, with a copy of the sign-in.
    function New-Home([string] $user, [switch] $WithProfile) {
        $folder = New-TestFolder $TestDrive
        if ($WithProfile) {
            $null = [System.IO.Directory]::CreateDirectory("$folder/GPhotos", [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute')
            Copy-Item (Join-Path (DataFolder) default.profile.json) "$folder/GPhotos"
        }

        if ($user -eq 'nobody') { chown -R 65534:65534 $folder }
        $folder
    }
}

AfterAll {
    Clear-Fault
    Stop-TestEmulator
}

Describe 'A sign-in of many processes' {
    BeforeAll { $null = Connect-ThroughPage $client }

    BeforeEach { Reset-CallCount }

    AfterEach { Clear-Fault }

    It 'is renewed once for ten that start together, and once more when its token is refused in the midst of their runs' {
        Expire
        Add-Fault @{ kind = 'oauth.token'; latencyMs = 1500; count = 0 }
        $meeting = New-TestFolder $TestDrive
        $results = @(Invoke-ShellRace -Argument (0..9 | ForEach-Object { "$meeting $_" }) -Script {
                param($argument)
                $meeting, $number = $argument -split ' '
                @(Get-GPhotoMediaItem).Count
                $null = New-Item "$meeting/first$number"
                if ($number -eq '0') {
                    while (@(Get-ChildItem $meeting).Count -lt 10) { [System.Threading.Thread]::Sleep(5) }
                    $null = Invoke-RestMethod "$($env:GPHOTOS_ENDPOINT)emulator/tokens" -Method Delete
                    $null = New-Item "$meeting/go"
                }

                while (-not (Test-Path "$meeting/go")) { [System.Threading.Thread]::Sleep(5) }
                @(Get-GPhotoMediaItem).Count
            })

        $results.Count | Should -Be 20
        @($results | Where-Object { $_ -ne 3 }).Count | Should -Be 0
        Renewals | Should -Be 2
        (Invoke-Emulator stats).maxInFlight.'oauth.token' | Should -Be 1
    }

    It 'goes on in another process when the one that renews it is killed' {
        Expire
        Add-Fault @{ kind = 'oauth.token'; hang = $true; count = 1 }
        $first = Start-Session 'Get-GPhotoMediaItem' (Join-Path $TestDrive first.txt)
        Wait-Until { Get-CallCount oauth.token }
        $second = Start-Session "`$null = New-Item '$TestDrive/begun'; @(Get-GPhotoMediaItem).Count" (Join-Path $TestDrive second.txt)
        Wait-Until { Test-Path "$TestDrive/begun" }
        $second.WaitForExit(1500) | Should -BeFalse -Because 'the first holds the lock'
        Get-CallCount oauth.token | Should -Be 1

        Stop-ChildShell $first
        $second.WaitForExit(20000) | Should -BeTrue
        Get-Content (Join-Path $TestDrive second.txt) | Should -Be '3'
        Get-CallCount oauth.token | Should -Be 2
    }

    It 'goes on when the token on file is <Damage>' -ForEach @(@{ Damage = 'empty' }, @{ Damage = 'cut' }, @{ Damage = 'spoilt' }, @{ Damage = 'of another sign-in' }, @{ Damage = 'a folder' }) {
        $null = Connect-GPhotos
        $token = Join-Path (DataFolder) default.token
        $bytes = [System.IO.File]::ReadAllBytes($token)
        switch ($Damage) {
            'empty' { [System.IO.File]::WriteAllBytes($token, @()) }
            'cut' { [System.IO.File]::WriteAllBytes($token, $bytes[0..40]) }
            'spoilt' { $bytes[60] = $bytes[60] -bxor 1; [System.IO.File]::WriteAllBytes($token, $bytes) }
            'a folder' { Remove-Item $token; $null = New-Item $token -ItemType Directory }
            'of another sign-in' {
                $null = Connect-ThroughPage $client -Parameter @{ ProfileName = 'other' }
                Copy-Item (Join-Path (DataFolder) other.token) $token
                Disconnect-GPhotos other
            }
        }

        Reset-CallCount
        "$(Connect-GPhotos)" | Should -Be default
        @(Get-GPhotoMediaItem).Count | Should -Be 3
        Renewals | Should -Be 1
        if ($Damage -eq 'a folder') { Remove-Item $token }
    }
}

Describe 'A sign-in in a folder that cannot be written to' -Skip:$IsWindows {
    BeforeAll {
        $null = Connect-ThroughPage $client
        $user = $isRoot ? 'nobody' : 'me'
        $session = @'
foreach ($script in { @(Get-GPhotoMediaItem).Count }, { "$(Connect-GPhotos)" }, { "$(Get-GPhotosContext)" }) {
    try { & $script *>&1 | ForEach-Object { $_ -is [System.Management.Automation.ErrorRecord] ? $_.FullyQualifiedErrorId.Split(',')[0] : "$_" } } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
}
'@
    }

    It 'serves all the same in a folder that is <Name>' -Skip:($isRoot -and -not $canBeOther) -ForEach @(
        @{ Name = 'read-only, as a mounted secret is'; Setup = { param($folder) [System.IO.File]::SetUnixFileMode("$folder/GPhotos/default.profile.json", [System.IO.UnixFileMode]'UserRead'); [System.IO.File]::SetUnixFileMode("$folder/GPhotos", [System.IO.UnixFileMode]'UserRead, UserExecute') } }
        @{ Name = 'read-only, with locks of somebody else'; Setup = { param($folder) $null = New-Item "$folder/GPhotos/locks" -ItemType Directory; [System.IO.File]::SetUnixFileMode("$folder/GPhotos/locks", [System.IO.UnixFileMode]::None); [System.IO.File]::SetUnixFileMode("$folder/GPhotos", [System.IO.UnixFileMode]'UserRead, UserExecute') } }
    ) {
        $folder = New-Home $user -WithProfile
        & $Setup $folder
        Reset-CallCount
        $lines = @(Invoke-Session $user 022 $folder $session)
        [System.IO.File]::SetUnixFileMode("$folder/GPhotos", [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute')

        $lines | Should -Be '3', 'default', 'default'
        Get-ChildItem "$folder/GPhotos" -File | ForEach-Object Name | Should -Be 'default.profile.json'
        Renewals | Should -BeLessOrEqual 2
    }

    It 'is told from none in a folder that cannot be looked into' -Skip:($isRoot -and -not $canBeOther) {
        $folder = New-Home $user -WithProfile
        [System.IO.File]::SetUnixFileMode("$folder/GPhotos", [System.IO.UnixFileMode]::None)
        $lines = @(Invoke-Session $user 022 $folder $session)
        [System.IO.File]::SetUnixFileMode("$folder/GPhotos", [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute')

        $lines | Where-Object { $_ } | Should -Be 'FileReadFailed', 'FileReadFailed', 'FileReadFailed'
    }

    It 'serves all the same on a disk that is full, and a new one serves the session' -Skip:(-not ($isRoot -and $IsLinux)) {
        $folder = Join-Path $TestDrive full
        $null = New-Item $folder -ItemType Directory
        mount -t tmpfs -o 'size=64k,mode=0700' none $folder 2>$null
        if ($LASTEXITCODE) { Set-ItResult -Skipped -Because 'nothing may be mounted here'; return }
        $kept = $env:XDG_DATA_HOME
        try {
            $null = [System.IO.Directory]::CreateDirectory("$folder/GPhotos", [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute')
            Copy-Item (Join-Path (DataFolder) default.profile.json) "$folder/GPhotos"
            dd if=/dev/zero of=$folder/filler bs=4k 2>$null
            $env:XDG_DATA_HOME = $folder
            $before = [System.IO.File]::ReadAllText("$folder/GPhotos/default.profile.json")
            Invoke-Session root 022 $folder $session | Should -Be '3', 'default', 'default'

            $problem, $context = Connect-ThroughPage $client 2>&1
            $context.Store | Should -Be Session
            $problem.FullyQualifiedErrorId | Should -BeLike 'FileWriteFailed,*'
            @(Get-GPhotoMediaItem).Count | Should -Be 3
            [System.IO.File]::ReadAllText("$folder/GPhotos/default.profile.json") | Should -BeExactly $before
            Get-ChildItem "$folder/GPhotos" -Filter *.partial | Should -BeNullOrEmpty
        }
        finally {
            $env:XDG_DATA_HOME = $kept
            umount $folder
        }
    }
}

Describe 'The modes of what is kept' -Skip:$IsWindows {
    It 'are the owner''s alone with umask <Umask> for <User>' -ForEach $masks {
        $folder = New-Home $User
        $deep = "$folder/not/there/yet"
        $tools = Resolve-Path (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)
        Copy-Item $client "$folder/client.json"
        if ($User -eq 'nobody') { chown 65534 "$folder/client.json" }
        $lines = @(Invoke-Session $User $Umask $deep @"
Import-Module '$tools'
Connect-GPhotos '$folder/client.json' -NoBrowser -ProfileName first 6>&1 | ForEach-Object {
    if (`$_ -is [System.Management.Automation.InformationRecord]) { Approve-ConsentPage ([regex]::Match("`$_", 'http\S+').Value) } else { "`$_ `$(`$_.Store)" }
}
# Makes the folder of the locks.
Remove-Item '$deep/GPhotos/first.token'
"`$(Connect-GPhotos) `$(@(Get-GPhotoMediaItem).Count)"
"@)

        $lines | Should -Be 'first File', 'first 3'
        foreach ($one in "$folder/not", "$folder/not/there", $deep, "$deep/GPhotos", "$deep/GPhotos/locks") { Mode $one | Should -Be 700 -Because "'$one' is private" }
        foreach ($one in 'first.profile.json', 'first.token', 'default-profile') { Mode "$deep/GPhotos/$one" | Should -Be 600 -Because "'$one' is private" }
        foreach ($one in Get-ChildItem "$deep/GPhotos/locks") { Mode $one.FullName | Should -Be 600 }
    }

    It 'are not mended but told: running the command that is named does it (<Mode>)' -ForEach @(
        @{ Path = 'default.profile.json'; Mode = 'GroupRead' }, @{ Path = 'default.profile.json'; Mode = 'OtherRead' }
        @{ Path = ''; Mode = 'GroupWrite' }, @{ Path = ''; Mode = 'OtherWrite' }
    ) {
        $null = Connect-ThroughPage $client
        $looser = $Path ? (Join-Path (DataFolder) $Path) : (DataFolder)
        $before = [System.IO.File]::GetUnixFileMode($looser)
        [System.IO.File]::SetUnixFileMode($looser, $before -bor [System.IO.UnixFileMode]$Mode)

        Reset-CallCount
        $record = Get-ErrorOf { Connect-GPhotos }
        Assert-GPhotosError $record -Id ProfileExposed -Category SecurityError -Target $looser
        Assert-GPhotosError (Get-ErrorOf { Connect-GPhotos $client -NoBrowser }) -Id ProfileExposed -Category SecurityError -Target $looser
        (Invoke-Emulator stats).total | Should -Be 0 -Because 'nobody is asked to sign in for what cannot be kept'
        [System.IO.File]::GetUnixFileMode($looser) | Should -Not -Be $before
        $record.ErrorDetails.RecommendedAction -match '^Run: (?<command>chmod \d+ .+?)\. If ' | Should -BeTrue
        sh -c $Matches.command

        [System.IO.File]::GetUnixFileMode($looser) | Should -Be $before
        "$(Connect-GPhotos)" | Should -Be default
    }

    It 'of the log''s folder are so too when the job of a schedule makes it' {
        $folder = New-Home me
        $file = Join-Path $PSScriptRoot ../../samples/schedules/backup.ps1
        $null = sh -c 'umask 000; export XDG_DATA_HOME="$1" PSModulePath="$2"; exec "$3" -NoProfile -NonInteractive -File "$4" -Destination "$1/saved"' sh "$folder/data" (Split-Path $modulePath) $shell $file 2>&1

        $LASTEXITCODE | Should -Be 2
        Get-Content "$folder/data/GPhotos/backup.log" | Should -BeLike '* SIGN-IN NEEDED *what to do: Run Connect-GPhotos*'
        Mode "$folder/data/GPhotos" | Should -Be 700
    }
}

Describe 'A sign-in whose writer is killed' -Skip:$IsWindows {
    It 'is there whole, the old one or the new, every time' {
        $folder = New-TestFolder $TestDrive
        # Saves for ever, with tokens long enough for a write to take its time, and writes down each that is done.
        $script = @"
Add-Type -Path '$modulePath/GPhotos.Abstractions.dll', '$modulePath/dependencies/GPhotos.Core.dll'
`$store = [GPhotos.Core.Profiles.ProfileStore]::new('$folder/store', `$null)
for (`$i = `$args[0]; ; `$i++) {
    `$store.Save([GPhotos.Core.Profiles.Profile]@{ Name = 'work'; Endpoint = 'https://photoslibrary.googleapis.com/'; ClientId = 'id'; ClientSecret = 'secret'; RefreshToken = "`$i " * 20000 })
    [Console]::Out.WriteLine(`$i)
}
"@
        $file = Join-Path $TestDrive writer.ps1
        Set-Content $file $script
        $path = "$folder/store/work.profile.json"
        $done = 0
        foreach ($kill in 1..4) {
            $start = [System.Diagnostics.ProcessStartInfo]::new($shell, [string[]]@('-NoProfile', '-NonInteractive', '-File', $file, "$($done + 1)"))
            $start.RedirectStandardOutput = $true
            $writer = [System.Diagnostics.Process]::Start($start)
            $done = [int]$writer.StandardOutput.ReadLine()
            [System.Threading.Thread]::Sleep((Get-Random -Maximum 100))
            $writer.Kill()
            foreach ($line in $writer.StandardOutput.ReadToEnd() -split '\n' | Where-Object { $_ }) { $done = [int]$line }
            $writer.WaitForExit()
            $writer.Dispose()

            # Done but not yet written down, or just begun, is the next.
            $token = ([System.IO.File]::ReadAllText($path) | ConvertFrom-Json).refreshToken
            $number = [int]($token -split ' ')[0]
            $number | Should -BeIn $done, ($done + 1)
            $token | Should -BeExactly ("$number " * 20000)
            $done = $number
        }

        # What the dead left behind goes when it is old enough to be nobody's.
        Get-ChildItem "$folder/store" -Filter *.partial | ForEach-Object { $_.LastWriteTimeUtc = [datetime]::UtcNow.AddHours(-1) }
        $null = Invoke-ChildShell -NoImport -Script @"
Add-Type -Path '$modulePath/GPhotos.Abstractions.dll', '$modulePath/dependencies/GPhotos.Core.dll'
`$store = [GPhotos.Core.Profiles.ProfileStore]::new('$folder/store', `$null)
`$store.Save(`$store.Load('work'))
"@
        Get-ChildItem "$folder/store" -File | ForEach-Object Name | Should -Be 'default-profile', 'work.profile.json'
    }
}
