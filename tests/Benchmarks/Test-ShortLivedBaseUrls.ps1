#Requires -Version 7.6
<#
.SYNOPSIS
    Saves a library whose base URLs live two seconds, over lanes so slow that many of those lifetimes pass.
.DESCRIPTION
    Throws when an item is not saved, when there is an error, or when the batchGet calls are more than one round of 50 items a call for
    each lifetime that passed.
.EXAMPLE
    ./Test-ShortLivedBaseUrls.ps1 -Item 200 -LatencyMilliseconds 200
#>
[CmdletBinding()]
param(
    [ValidateRange(50, 10000)] [int] $Item = 400,
    [ValidateRange(1, 3600)] [int] $LifetimeSeconds = 2,
    [ValidateRange(1, 10000)] [int] $LatencyMilliseconds = 150,
    [ValidateRange(1, 64)] [int] $ThrottleLimit = 4,
    [int] $Seed = (Get-Random)
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1), (Join-Path $PSScriptRoot ChildShell.psm1),
    (Join-Path $PSScriptRoot EmulatorAdmin.psm1), (Join-Path $PSScriptRoot SavingRun.psm1)
$work = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-urls-$([guid]::NewGuid().ToString('N'))"

try {
    $null = New-Item $work -ItemType Directory
    $emulator = Start-EmulatorProcess -ArgumentList '--base-url-lifetime', $LifetimeSeconds
    try {
        $endpoint = $emulator.Endpoint
        Add-MadeItem $endpoint -Count $Item -Seed $Seed
        $token = Get-AccessToken $endpoint
        $served = Get-ServedHash $endpoint $token
        $null = Invoke-Admin $endpoint stats -Method Delete
        # The media server alone is slow.
        $null = Invoke-Admin $endpoint faults -Method Post -Body @{ kind = 'media.*'; latencyMs = $LatencyMilliseconds; count = 0 }
        $child = Start-SavingRun $endpoint $token "$work/saved" -Report "$work/report.csv" -Data "$work/data" -ThrottleLimit $ThrottleLimit
        $seconds = [double] (Wait-ChildShell $child)
        $statistics = Invoke-Admin $endpoint stats
    }
    finally { Stop-EmulatorProcess $emulator }

    $rows = @(Import-Csv "$work/report.csv")
    $saved = Measure-SavedFile "$work/saved" $served -Report @($rows | Where-Object Status)
    $errors = @($rows | Where-Object Kind -EQ ErrorRecord)
    $lifetimes = [math]::Ceiling($seconds / $LifetimeSeconds)
    $result = [pscustomobject]@{
        Items         = $Item
        Saved         = @($rows | Where-Object Status -EQ Saved).Count
        BytesRight    = $saved.Right
        Errors        = $errors.Count
        Seconds       = [math]::Round($seconds, 1)
        Lifetimes     = $lifetimes
        BatchGets     = Get-Count $statistics.calls mediaItems.batchGet
        AtMost        = [math]::Ceiling($Item / 50) * $lifetimes
        Refused       = Get-Count $statistics.statuses 403
        MediaRequests = (Get-Count $statistics.calls media.get) + (Get-Count $statistics.calls media.head)
        LibraryCalls  = $statistics.libraryCalls
        Seed          = $Seed
    }
    $result
    if ($result.Saved -ne $Item -or $saved.Right -ne $Item -or $saved.Files -ne $Item) { throw 'Items are not saved as they are served.' }
    if ($errors) { throw "There were errors, the first: $($errors[0].Text)" }
    if ($lifetimes -lt 3) { throw 'Too few lifetimes passed to show anything: give more items or latency.' }
    if ($result.BatchGets -gt $result.AtMost) { throw 'More calls than a round of 50 for each lifetime.' }
}
finally {
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}
