#Requires -Version 7.6
<#
.SYNOPSIS
    The job for a schedule: saves what Google Photos shows and what is not in the destination yet. It never asks anything.
.DESCRIPTION
    Signs in with the sign-in that Connect-GPhotos kept, saves, and appends one line to a log. The line goes to standard output, too, or to
    standard error when the run was not a full success.

    Exit codes: 0 everything is saved. 1 an item failed or is pending, or the run broke off: run again. 2 nobody is signed in, the
    sign-in has ended, or what is kept of it cannot be used (others can read it, its vault is locked): repeating does not help, a person
    must do what the line says. 3 nothing could be done: no module, no such bucket, another run at work in the
    destination, no log.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File backup.ps1 -Destination ~/Pictures/GooglePhotos
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File backup.ps1 -Destination gs://my-backups/photos -ServiceAccountPath ~/backup-key.json
#>
[CmdletBinding()]
param(
    # A folder, or gs://bucket/prefix.
    [Parameter(Mandatory)] [string] $Destination,

    # The kept sign-in; the default profile unless one is named.
    [string] $ProfileName,

    # The folders below the destination.
    [ValidateSet('Flat', 'Year', 'YearMonth', 'YearMonthDay')] [string] $Layout = 'YearMonth',

    # The key file of a service account that may write to the bucket; without it the application default credentials are used.
    [string] $ServiceAccountPath,

    # Where the line of each run goes.
    [string] $LogPath = (Join-Path ([Environment]::GetFolderPath('LocalApplicationData', 'DoNotVerify')) -ChildPath GPhotos -AdditionalChildPath backup.log)
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
$ProgressPreference = 'SilentlyContinue'

$watch = [System.Diagnostics.Stopwatch]::StartNew()
$count = @{ Saved = 0; AlreadySaved = 0; Pending = 0 }
$bytes = 0L
$warnings = $failed = @()
$ended = $null
try {
    Import-Module GPhotos
    $signIn = $ProfileName ? @{ ProfileName = $ProfileName } : @{}
    $null = Connect-GPhotos @signIn -WarningAction SilentlyContinue -WarningVariable +warnings
    $saving = @{ Destination = $Destination; Layout = $Layout }
    if ($ServiceAccountPath) { $saving.ServiceAccountPath = $ServiceAccountPath }
    Get-GPhotoMediaItem -IncludeArchived -WarningAction SilentlyContinue -WarningVariable +warnings |
        Save-GPhotoMediaItem @saving -ErrorAction SilentlyContinue -ErrorVariable failed -WarningAction SilentlyContinue -WarningVariable +warnings |
        ForEach-Object {
            $count["$($_.Status)"]++
            if ($_.Status -eq 'Saved') { $bytes += $_.Length }
        }
}
catch {
    $ended = $_
}

$problems = @($failed) + @($ended) | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }
$needsSignIn = $problems | Where-Object FullyQualifiedErrorId -Match '^(NotConnected|SignInExpired|SignInFailed|ScopeMissing|ProfileExposed|ProfileDamaged|VaultFailed),'
$done = $count.Saved + $count.AlreadySaved
$code, $word =
    if ($needsSignIn) { 2, 'SIGN-IN NEEDED' }
    elseif ($ended -and -not $done) { 3, 'FAILED' }
    elseif ($problems -or $count.Pending) { 1, 'INCOMPLETE' }
    else { 0, 'OK' }

# The first few; a bad day may bring thousands. Names and messages come from a server, and must not break the line.
function Join-Text([string] $Title, [object[]] $Text) {
    if (-not $Text) { return '' }
    $shown = ($Text | Select-Object -First 3 | ForEach-Object { "$_" -replace '[\p{C}\s]+', ' ' }) -join ' | '
    "; ${Title}: $shown" + ($Text.Count -gt 3 ? " | and $($Text.Count - 3) more" : '')
}

$line = '{0:yyyy-MM-ddTHH:mm:sszzz} {1} {2}: {3} saved ({4:0.0} MB), {5} already saved, {6} pending, {7} failed in {8:0} s{9}{10}' -f @(
    [DateTimeOffset]::Now, $word, $Destination, $count.Saved, ($bytes / 1e6), $count.AlreadySaved, $count.Pending, @($problems).Count,
    $watch.Elapsed.TotalSeconds, (Join-Text 'errors' @($problems)), (Join-Text 'warnings' @($warnings))
)
if ($needsSignIn) { $line += Join-Text 'what to do' @(@($needsSignIn)[0].ErrorDetails.RecommendedAction) }
try {
    # Private, whatever the umask: by default it is the folder of the sign-ins, and GPhotos refuses one that others can write to.
    $folder = Split-Path $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($LogPath)
    $null = $IsWindows ? [System.IO.Directory]::CreateDirectory($folder) : [System.IO.Directory]::CreateDirectory($folder, [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute')
    Add-Content -LiteralPath $LogPath -Value $line
}
catch {
    $line += "; the log could not be written: $_"
    $code = 3
}
if ($code) { [Console]::Error.WriteLine($line) } else { [Console]::Out.WriteLine($line) }
exit $code
