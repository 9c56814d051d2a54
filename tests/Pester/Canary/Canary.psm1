#Requires -Version 7.6
Set-StrictMode -Version Latest

# The canary's parts: who runs steps as loudly as can be, and the one reader that looks for secrets in all that came of it. Nothing of the module
# may be used here: the reader must also be put to the proof with leaks that were put in by hand.

function Invoke-Loudly {
    <#
    .SYNOPSIS
        Runs a script of steps with a transcript, in a runspace whose progress is seen, too. Writes all that came, as text.
    #>
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $InputPath, [string] $ModulePath)

    $runspace = [runspacefactory]::CreateRunspace($Host)
    $runspace.Open()
    $shell = [powershell]::Create($runspace)
    try {
        $null = $shell.AddCommand('Import-Module').AddParameter('Name', @($PSCommandPath, $ModulePath)).Invoke()
        $shell.Commands.Clear()
        # What the host shows of the steps is in the transcript.
        $null = $shell.AddCommand($Path).AddParameter('InputPath', $InputPath)
        $shell.Invoke()
        'step progress'
        foreach ($record in $shell.Streams.Progress) { $record.Activity, $record.StatusDescription, $record.CurrentOperation }
        'step what was left in the streams'
        foreach ($record in $shell.Streams.Error + $shell.Streams.Warning) { Format-Everything $record }
    }
    finally {
        $shell.Dispose()
        $runspace.Dispose()
    }
}

function Invoke-Step {
    <#
    .SYNOPSIS
        Runs one step with every stream, and shows whatever comes in every way there is.
    #>
    param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [scriptblock] $Script)

    "step $Name"
    # For the transcript.
    Write-Host "step $Name"
    # Without try: in one, the first cmdlet that ends with an error would end the step.
    $output = @(& $Script *>&1)
    foreach ($one in $output) { Format-Everything $one }
    "step $Name gave $($output.Count)"
}

function Format-Everything {
    <#
    .SYNOPSIS
        Shows an object or a record in every way that somebody may come to see it: as text, list, JSON, CSV and CliXml; an error with all that hangs on it.
    #>
    param([Parameter(Mandatory)] [AllowNull()] $InputObject)

    if ($null -eq $InputObject) { return }
    "$InputObject"
    $InputObject | Format-List * -Force | Out-String -Width 4000
    $InputObject | Out-String -Width 4000
    if ($InputObject -is [System.Management.Automation.ErrorRecord]) {
        # Not as JSON: an error drags half the engine along.
        Format-Exception $InputObject.Exception
        "$($InputObject.ErrorDetails | Format-List * -Force | Out-String -Width 4000)"
        "$($InputObject.TargetObject | Format-List * -Force | Out-String -Width 4000)"
        # Of what the user wrote an address is the user's own; all else is ours.
        $bound = $InputObject.InvocationInfo?.BoundParameters
        if ($bound) { foreach ($name in @($bound.Keys) -ne 'Uri') { "$name $($bound[$name] | Out-String -Width 4000)" } }
        [System.Management.Automation.PSSerializer]::Serialize($InputObject, 1)
    }
    elseif ($InputObject -is [System.Exception]) {
        Format-Exception $InputObject
    }
    elseif ($InputObject -isnot [System.Management.Automation.InformationalRecord] -and $InputObject -isnot [System.Management.Automation.InformationRecord]) {
        $InputObject | ConvertTo-Json -Depth 4 -WarningAction Ignore
        $InputObject | ConvertTo-Csv
        [System.Management.Automation.PSSerializer]::Serialize($InputObject, 4)
    }
}

function Format-Exception {
    param([Parameter(Mandatory)] [System.Exception] $Exception)

    $Exception.ToString()
    for ($inner = $Exception; $inner; $inner = $inner.InnerException) {
        $inner | Format-List * -Force | Out-String -Width 4000
        $inner.Data | Out-String -Width 4000
    }
}

function Get-SecretKind {
    <#
    .SYNOPSIS
        The kinds of secrets there are: what each looks like, and one to try the reader with.
    #>
    [OutputType([hashtable])]
    param(
        # Secrets whose value is known, by kind: of ours, or seen on the way.
        [Parameter(Mandatory)] [hashtable] $Known
    )

    $kinds = [ordered]@{
        'access token'                     = 'emu-access-[\w-]{8}', "emu-access-$('a1-_' * 10)"
        'access token of Google''s'        = 'ya29\.[\w-]{8}', "ya29.$('a1-_' * 10)"
        'refresh token'                    = 'emu-refresh-[\w-]{8}', "emu-refresh-$('a1-_' * 10)"
        'refresh token of Google''s'       = '1//0[\w-]{8}', "1//0$('a1-_' * 10)"
        'authorization code'               = '(emu-code|\b4)(/|%2F)[\w-]{8}', "emu-code/$('a1-_' * 10)"
        'client secret'                    = 'emulator-secret|GOCSPX-', 'emulator-secret'
        'PKCE verifier'                    = 'code_verifier', "code_verifier=$('a1-_' * 11)"
        'state of a sign-in'               = '\bstate(=|%3D)[\w-]{8}', "&state=$('a1-_' * 11)"
        'upload token'                     = 'CAIS[\w-]{40}', "CAIS$('a1-_' * 11)"
        'address of an upload session'     = 'upload_id(=|%3D)', 'http://127.0.0.1:1/v1/uploads?upload_id=a1'
        'base URL'                         = '/lr/(?!photo/|album/)[\w-]{20}', "http://127.0.0.1:1/lr/$('a1-_' * 6)"
        'base URL of the Picker'           = '/ppa/[\w-]{20}', "http://127.0.0.1:1/ppa/$('a1-_' * 6)"
        'bearer header'                    = 'Bearer\s+\S', 'Authorization: Bearer a1'
        'token in an address'              = '(access|refresh)_token(=|%3D)', 'https://example.com/?access_token=a1'
        'assertion of a service account'   = 'eyJ[\w-]{8,}(\.eyJ|\.[\w-]{8})', 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhMSJ9.a1'
        'key of a service account'         = 'PRIVATE KEY', '-----BEGIN PRIVATE KEY-----'
        'API key'                          = 'AIza[\w-]{30}', "AIza$('a1-_' * 9)"
    }
    foreach ($name in $kinds.Keys) { @{ Name = $name; Pattern = $kinds[$name][0]; Example = $kinds[$name][1] } }
    foreach ($name in $Known.Keys) {
        $values = @($Known[$name] | Where-Object { $_ })
        $forms = $values + $values.ForEach{ [uri]::EscapeDataString($_) } | Sort-Object -Unique
        if ($values) { @{ Name = "$name that is known"; Pattern = ($forms.ForEach{ [regex]::Escape($_) } -join '|'); Example = $values[0] } }
    }
}

function Find-Secret {
    <#
    .SYNOPSIS
        The reader: looks through texts and folders for secrets of every kind. Gives what kind it found, where, in which step, and what stands before it.
    #>
    [OutputType([pscustomobject])]
    param(
        # Texts by the names of their sources.
        [Parameter(Mandatory)] [hashtable] $Text,

        # Folders whose files are read as they are, databases too; their names count as well.
        [string[]] $Folder = @(),

        [Parameter(Mandatory)] [hashtable] $Known,

        # What the pages were asked with (code_challenge): a verifier that nobody has seen is known by it.
        [string[]] $Challenge = @(),

        # Which files are meant to hold which kinds: patterns of names, and for each the kinds.
        [hashtable] $Allowed = @{}
    )

    $sources = [ordered]@{}
    foreach ($name in $Text.Keys) { $sources[$name] = $Text[$name] }
    foreach ($one in $Folder) {
        # Sockets of the runtime's are no files.
        foreach ($file in Get-ChildItem -LiteralPath $one -Recurse -File -Force | Where-Object Name -NotMatch '^(dotnet-diagnostic|clr-debug-pipe|CoreFxPipe)') {
            $name = [System.IO.Path]::GetRelativePath($one, $file.FullName).Replace('\', '/')
            $sources["file $name"] = "$name`n" + [System.IO.File]::ReadAllText($file.FullName, [System.Text.Encoding]::Latin1)
        }
    }

    $kinds = @(Get-SecretKind $Known)
    foreach ($source in $sources.Keys) {
        $content = $sources[$source]
        $free = @($Allowed.Keys | Where-Object { $source -like "file $_" } | ForEach-Object { $Allowed[$_] })
        $steps = @([regex]::Matches($content, '(?m)^step (.+?)( gave \d+)?\r?$'))
        $hits = @(
            foreach ($kind in $kinds | Where-Object Name -NotIn $free) {
                foreach ($match in [regex]::Matches($content, $kind.Pattern)) { @{ Kind = $kind.Name; At = $match.Index } }
            }
            foreach ($at in Find-Verifier $content $Challenge) { @{ Kind = 'PKCE verifier'; At = $at } }
        )
        foreach ($hit in $hits) {
            $before = $steps.Where({ $_.Index -le $hit.At }, 'Last')
            [pscustomobject]@{
                Kind   = $hit.Kind
                Source = $source
                Step   = $before ? $before[0].Groups[1].Value : ''
                # What is around it tells where it came from; all of it would drown the report, and the secret need not be said again.
                After  = $content.Substring([Math]::Max(0, $hit.At - 160), [Math]::Min(160, $hit.At))
            }
        }
    }
}

function Find-Verifier {
    [OutputType([int])]
    param([string] $Content, [string[]] $Challenge)

    if (-not $Challenge) { return }
    $seen = [System.Collections.Generic.HashSet[string]]::new()
    foreach ($match in [regex]::Matches($Content, '(?<![\w.~-])[\w.~-]{43,128}(?![\w.~-])')) {
        if (-not $seen.Add($match.Value)) { continue }
        $hash = [System.Security.Cryptography.SHA256]::HashData([System.Text.Encoding]::ASCII.GetBytes($match.Value))
        if ([convert]::ToBase64String($hash).TrimEnd('=').Replace('+', '-').Replace('/', '_') -cin $Challenge) { $match.Index }
    }
}

Export-ModuleMember -Function Invoke-Loudly, Invoke-Step, Format-Everything, Get-SecretKind, Find-Secret
