#Requires -Version 7.6
<#
.SYNOPSIS
    Runs the backup job of samples/schedules as a schedule does: no terminal, nothing to read, a kept sign-in, into a bucket.
.DESCRIPTION
    The job runs three times: for the whole library, again with nothing to do, and after some new items came. Throws when a run fails,
    when the objects in the bucket are not what the emulator serves, or when a run fetches or stores more than what is new.
.EXAMPLE
    ./Test-MonthlyBackup.ps1 -Item 50 -Video 2
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 100000)] [int] $Item = 1000,
    [ValidateRange(0, 1000)] [int] $Video = 5,
    [ValidateRange(1, 1000)] [int] $VideoMegabyte = 10,
    [ValidateRange(1, 1000)] [int] $NewItem = 10,
    [int] $Seed = (Get-Random)
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1), (Join-Path $PSScriptRoot EmulatorAdmin.psm1), (Join-Path $PSScriptRoot SavingRun.psm1)
Import-Module (Join-Path $PSScriptRoot ../../output/GPhotos)
$job = (Resolve-Path (Join-Path $PSScriptRoot ../../samples/schedules/backup.ps1)).Path
$shell = (Get-Process -Id $PID).Path
$work = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-monthly-$([guid]::NewGuid().ToString('N'))"
$bucket = 'monthly-backup'

# In a session of its own: there is no terminal it could ask at.
function Invoke-Job([string] $Name) {
    $null = Invoke-Admin $endpoint stats -Method Delete
    $start = [System.Diagnostics.ProcessStartInfo]::new('/bin/sh', [string[]] @(
            '-c', 'exec setsid --wait "$@" </dev/null', 'sh', $shell, '-NoProfile', '-NonInteractive', '-File', $job
            '-Destination', "gs://$bucket/photos", '-ProfileName', 'backup', '-ServiceAccountPath', "$work/key.json", '-LogPath', "$work/backup.log"))
    $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $output, $problem = $process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync()
    if (-not $process.WaitForExit(900000)) {
        $process.Kill($true)
        throw "$Name was not done after 900 s."
    }
    $statistics = Invoke-Admin $endpoint stats
    $objects = @(Invoke-Admin $endpoint "buckets/$bucket/objects" | Where-Object name -NotMatch '/\.gphotos/')
    $served = (Get-ServedHash $endpoint $token -Algorithm MD5).Values | Sort-Object
    $stored = $objects.md5 | Sort-Object
    [pscustomobject]@{
        Run      = $Name
        ExitCode = $process.ExitCode
        Items    = @($served).Count
        Objects  = $objects.Count
        # As the emulator hashed what came in; letters compare without case.
        Right    = ($served -join ' ') -eq ($stored -join ' ')
        Fetched  = Get-Count $statistics.calls media.get
        Stored   = (Get-Count $statistics.calls storage.objects.insert) + (Get-Count $statistics.calls storage.objects.insert.start)
        Line     = ($output.Result + $problem.Result).Trim()
        LogLines = @(Get-Content "$work/backup.log" -ErrorAction Ignore).Count
    }
}

$kept = @{ XDG_DATA_HOME = $env:XDG_DATA_HOME; GPHOTOS_ENDPOINT = $env:GPHOTOS_ENDPOINT; PSModulePath = $env:PSModulePath }
try {
    $null = New-Item $work -ItemType Directory
    $env:XDG_DATA_HOME = "$work/data"
    $emulator = Start-EmulatorProcess
    try {
        $endpoint = $emulator.Endpoint
        $env:GPHOTOS_ENDPOINT = $endpoint
        $env:PSModulePath = (Resolve-Path (Join-Path $PSScriptRoot ../../output)).Path + [System.IO.Path]::PathSeparator + $env:PSModulePath
        Add-MadeItem $endpoint -Count $Item -Seed $Seed
        if ($Video) { $null = Invoke-Admin $endpoint items -Method Post -Body @{ fileName = 'clip.mp4'; mimeType = 'video/mp4'; count = $Video; size = $VideoMegabyte * 1000000 } }
        $token = Get-AccessToken $endpoint
        $null = Invoke-Admin $endpoint buckets -Method Post -Body @{ name = $bucket }
        Invoke-WebRequest "${endpoint}emulator/service_account.json" -OutFile "$work/key.json"

        # What a person does once, in a browser.
        Invoke-WebRequest "${endpoint}emulator/client_secret.json" -OutFile "$work/client.json"
        Connect-GPhotos -ClientSecretPath "$work/client.json" -ProfileName backup -NoBrowser 6>&1 | ForEach-Object {
            if ($_ -is [System.Management.Automation.InformationRecord]) { Approve-ConsentPage ([regex]::Match("$_", 'http\S+').Value) }
        }

        $all = Invoke-Job 'everything'
        $again = Invoke-Job 'again'
        $null = Invoke-Admin $endpoint items -Method Post -Body @{ fileName = 'new.jpg'; count = $NewItem; size = 3000 }
        $next = Invoke-Job 'what is new'
    }
    finally { Stop-EmulatorProcess $emulator }

    $all, $again, $next
    foreach ($run in $all, $again, $next) {
        if ($run.ExitCode -ne 0) { throw "'$($run.Run)' ended with $($run.ExitCode)." }
        if (-not $run.Right -or $run.Objects -ne $run.Items) { throw "After '$($run.Run)' the bucket does not hold what is served." }
    }
    if ($again.Fetched -or $again.Stored) { throw 'A run with nothing to do fetched or stored something.' }
    if ($next.Fetched -ne $NewItem) { throw 'A later run fetched more than what is new.' }
    if ($next.LogLines -ne 3) { throw "Three runs left $($next.LogLines) lines in the log." }
}
finally {
    foreach ($name in $kept.Keys) { Set-Item "env:$name" $kept[$name] }
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}
