#Requires -Version 7.6
<#
.SYNOPSIS
    Listing a large library: Get-GPhotoMediaItem beside the plain Invoke-RestMethod loop that people write, in turn in one run.
.DESCRIPTION
    Every run is a child process: the time of the listing alone, and how much the working set grew over the idle shell at its peak.
    The ratio is taken pair by pair, since the machine's speed drifts.
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 1000000)] [int] $Item = 100000,
    [ValidateRange(1, 50)] [int] $Run = 5
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)
$module = (Resolve-Path (Join-Path $PSScriptRoot ../../output/GPhotos)).Path
$shell = (Get-Process -Id $PID).Path

$prelude = @'
$endpoint, $token, $module = $args
function Get-PeakMiB { [long](((Get-Content /proc/self/status) -match '^VmHWM')[0] -replace '\D') / 1024 }
function Get-NowMiB { [long](((Get-Content /proc/self/status) -match '^VmRSS')[0] -replace '\D') / 1024 }
'@
# Both are warmed by one small page first, then idle: what is measured is the listing, not the loading of code.
$ours = $prelude + @'
Import-Module $module
$null = Connect-GPhotos -Endpoint $endpoint -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force)
$null = Get-GPhotoMediaItem -First 1
$idle = Get-NowMiB
$count = 0; $watch = [System.Diagnostics.Stopwatch]::StartNew()
Get-GPhotoMediaItem | ForEach-Object { $count++ }
'{0} {1} {2}' -f $watch.Elapsed.TotalSeconds, $count, ((Get-PeakMiB) - $idle)
'@
$plain = $prelude + @'
$headers = @{ Authorization = "Bearer $token" }
$null = Invoke-RestMethod "${endpoint}v1/mediaItems?pageSize=1" -Headers $headers
$idle = Get-NowMiB
$count = 0; $watch = [System.Diagnostics.Stopwatch]::StartNew(); $page = ''
do {
    $reply = Invoke-RestMethod "${endpoint}v1/mediaItems?pageSize=100$page" -Headers $headers
    $reply.mediaItems | ForEach-Object { $count++ }
    $more = $reply.PSObject.Properties['nextPageToken']
    if ($more) { $page = '&pageToken=' + [uri]::EscapeDataString($more.Value) }
} while ($more)
'{0} {1} {2}' -f $watch.Elapsed.TotalSeconds, $count, ((Get-PeakMiB) - $idle)
'@

$emulator = Start-EmulatorProcess -ArgumentList '--items', $Item
try {
    $token = (Invoke-RestMethod "$($emulator.Endpoint)emulator/tokens" -Method Post -Body '{}' -ContentType application/json).access_token
    function Invoke-Listing([string] $Script) {
        $seconds, $count, $grown = (& $shell -NoProfile -NonInteractive -Command "& { $Script } '$($emulator.Endpoint)' '$token' '$module'") -split ' '
        if ([int]$count -ne $Item) { throw "Listed $count of $Item." }
        [pscustomobject]@{ Seconds = [double]$seconds; GrownMiB = [double]$grown }
    }

    # The first pair warms the emulator, whose own code is loaded and compiled by then.
    foreach ($i in 0..$Run) {
        $a = Invoke-Listing $ours
        $b = Invoke-Listing $plain
        if ($i -eq 0) { continue }
        [pscustomobject]@{
            Run             = $i
            GPhotosSeconds  = [math]::Round($a.Seconds, 2)
            PlainSeconds    = [math]::Round($b.Seconds, 2)
            Ratio           = [math]::Round($b.Seconds / $a.Seconds, 2)
            GPhotosGrownMiB = [math]::Round($a.GrownMiB, 1)
            PlainGrownMiB   = [math]::Round($b.GrownMiB, 1)
        }
    }
}
finally {
    Stop-EmulatorProcess $emulator
}
