#Requires -Version 7.6
<#
.SYNOPSIS
    Sends one large video over a line that breaks again and again, and kills the process (SIGKILL) once in the middle.
.DESCRIPTION
    Tells how many bytes travelled beyond the file's own, how many sessions were begun, and how much memory the processes took over an idle
    shell. Throws when the bytes at the server differ, when more than one session was begun, or when more than one granule of
    256 KiB travelled twice for each break and the kill together.
#>
[CmdletBinding()]
param(
    [ValidateRange(10, 20000)] [int] $Megabyte = 1000,
    [ValidateRange(1, 20000)] [int] $BreakEvery = 100
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1), (Join-Path $PSScriptRoot SampleMedia.psm1)
$module = (Resolve-Path (Join-Path $PSScriptRoot ../../output/GPhotos)).Path
$shell = (Get-Process -Id $PID).Path
$work = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-video-$([guid]::NewGuid().ToString('N'))"

$send = @'
$endpoint, $token, $module, $file = $args
function Get-MiB([string] $Name) { [long](((Get-Content /proc/self/status) -match "^$Name")[0] -replace '\D') / 1024 }
Import-Module $module
$null = Connect-GPhotos -Endpoint $endpoint -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force)
$null = Get-GPhotoMediaItem -First 1 -WarningAction Ignore
$idle = Get-MiB VmRSS
[Console]::Out.WriteLine("go $idle"); [Console]::Out.Flush()
$result = Send-GPhotoMediaItem -LiteralPath $file -ErrorAction Stop
'{0} {1} {2}' -f $result.Status, $result.Sha256, ((Get-MiB VmHWM) - $idle)
'@

function Start-Sending([string] $Endpoint, [string] $Token) {
    $start = [System.Diagnostics.ProcessStartInfo]::new($shell, [string[]] @(
            '-NoProfile', '-NonInteractive', '-Command', "& { $send } '$Endpoint' '$Token' '$module' '$work/large.mp4'"))
    $start.Environment['XDG_DATA_HOME'] = "$work/data"
    $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if ($line -notmatch '^go (?<idle>[\d.]+)') { throw "The child did not begin: $line" }
    [pscustomobject]@{ Process = $process; IdleMiB = [double] $Matches.idle }
}

function Get-PeakMiB([System.Diagnostics.Process] $Process) {
    [long] (((Get-Content "/proc/$($Process.Id)/status") -match '^VmHWM')[0] -replace '\D') / 1024
}

try {
    $null = New-Item $work -ItemType Directory
    $length = [long] $Megabyte * 1000 * 1000
    New-SampleVideo "$work/large.mp4" -Length $length
    $hash = (Get-FileHash "$work/large.mp4").Hash.ToLowerInvariant()

    $emulator = Start-EmulatorProcess
    try {
        $admin = "$($emulator.Endpoint)emulator"
        $token = (Invoke-RestMethod "$admin/tokens" -Method Post -Body '{}' -ContentType application/json).access_token
        $fault = @{ kind = 'uploads.*'; breakAfterBytes = [long] $BreakEvery * 1000 * 1000; count = 0 } | ConvertTo-Json
        $null = Invoke-RestMethod "$admin/faults" -Method Post -Body $fault -ContentType application/json

        $first = Start-Sending $emulator.Endpoint $token
        while ((Invoke-RestMethod "$admin/stats").uploadBytes -lt $length * 0.45) { Start-Sleep -Milliseconds 50 }
        $firstPeak = (Get-PeakMiB $first.Process) - $first.IdleMiB
        $first.Process.Kill()
        $first.Process.WaitForExit()
        $atKill = (Invoke-RestMethod "$admin/stats").uploadBytes

        $second = Start-Sending $emulator.Endpoint $token
        $last = $second.Process.StandardOutput.ReadToEnd().Trim()
        $second.Process.WaitForExit()
        $status, $sent, $secondPeak = $last -split ' '
        $statistics = Invoke-RestMethod "$admin/stats"
        $stored = @(Invoke-RestMethod "$admin/items" | ForEach-Object { $_ })
    }
    finally { Stop-EmulatorProcess $emulator }

    $calls = $statistics.calls
    $breaks = $calls.'uploads.finalize' - 1
    $result = [pscustomobject]@{
        Megabytes        = $Megabyte
        Status           = $status
        MediaItems       = $stored.Count
        BytesAreRight    = $stored[0].sha256 -eq $hash -and $sent -eq $hash
        KilledAtBytes    = $atKill
        Sessions         = $calls.'uploads.start'
        Chunks           = $calls.'uploads.finalize'
        Queries          = $calls.'uploads.query'
        BytesTwice       = $statistics.uploadBytes - $length
        GrownFirstMiB    = [math]::Round($firstPeak, 1)
        GrownSecondMiB   = [math]::Round([double] $secondPeak, 1)
    }
    $result
    if (-not $result.BytesAreRight -or $stored.Count -ne 1) { throw 'The video is not at the server as it was.' }
    if ($result.Sessions -ne 1 -or $result.BytesTwice -gt 262144 * $breaks) { throw 'More was sent twice than a break costs.' }
}
finally {
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}
