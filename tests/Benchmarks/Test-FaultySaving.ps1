#Requires -Version 7.6
<#
.SYNOPSIS
    Saves a library from a media server that says "too many", cuts bodies and resets connections all the time.
.DESCRIPTION
    Every 20th reply is a 429, alternately with a Retry-After and without one, which costs its item half a minute; every 30th body is cut,
    every 50th connection reset. Throws when an item is not saved as it is served, when there is an error, or when fewer items were saved
    during the first long pause than there are lanes: then the others stood still, too.
.EXAMPLE
    ./Test-FaultySaving.ps1 -Item 150
#>
[CmdletBinding()]
param(
    [ValidateRange(100, 10000)] [int] $Item = 600,
    [ValidateRange(2, 64)] [int] $ThrottleLimit = 8,
    [ValidateRange(0, 1000)] [int] $LatencyMilliseconds = 20,
    [int] $Seed = (Get-Random)
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1), (Join-Path $PSScriptRoot ChildShell.psm1),
    (Join-Path $PSScriptRoot EmulatorAdmin.psm1), (Join-Path $PSScriptRoot SavingRun.psm1)
$work = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-faulty-$([guid]::NewGuid().ToString('N'))"

try {
    $null = New-Item $work -ItemType Directory
    $emulator = Start-EmulatorProcess
    try {
        $endpoint = $emulator.Endpoint
        Add-MadeItem $endpoint -Count $Item -Seed $Seed
        $token = Get-AccessToken $endpoint
        $served = Get-ServedHash $endpoint $token
        $null = Invoke-Admin $endpoint stats -Method Delete
        # Set off against each other, since a request is hit by one fault only.
        $null = Invoke-Admin $endpoint faults -Method Post -Body @(
            @{ kind = 'media.get'; every = 40; status = 429 }
            @{ kind = 'media.get'; every = 40; after = 20; status = 429; headers = @{ 'Retry-After' = '3' } }
            @{ kind = 'media.get'; every = 30; after = 5; cutAfterBytes = 1000 }
            @{ kind = 'media.get'; every = 50; after = 7; reset = $true }
            @{ kind = 'media*'; latencyMs = $LatencyMilliseconds; count = 0 }
        )
        $child = Start-SavingRun $endpoint $token "$work/saved" -Report "$work/report.csv" -Data "$work/data" -ThrottleLimit $ThrottleLimit
        $seconds = [double] (Wait-ChildShell $child -TimeoutSeconds 1800)
        $statistics = Invoke-Admin $endpoint stats
    }
    finally { Stop-EmulatorProcess $emulator }

    $rows = @(Import-Csv "$work/report.csv")
    $saved = Measure-SavedFile "$work/saved" $served -Report @($rows | Where-Object Status)
    $errors = @($rows | Where-Object Kind -EQ ErrorRecord)
    $results = @($rows | Where-Object Status -EQ Saved)
    $pauses = @(
        $rows | Where-Object { $_.Text -match 'trying again in (?<seconds>\d+) s' } | ForEach-Object {
            $from = [double] $_.Seconds
            $until = $from + [double] $Matches.seconds
            [pscustomobject]@{
                Length = [double] $Matches.seconds
                Is429  = $_.Text -like '* 429;*'
                Saved  = @($results | Where-Object { [double] $_.Seconds -gt $from -and [double] $_.Seconds -lt $until }).Count
            }
        }
    )
    $long = @($pauses | Where-Object Length -GE 30)
    $result = [pscustomobject]@{
        Items           = $Item
        Saved           = $results.Count
        BytesRight      = $saved.Right
        Partials        = $saved.Partials
        Errors          = $errors.Count
        Refused         = Get-Count $statistics.statuses 429
        Requests        = Get-Count $statistics.calls media.get
        PausesAfter429  = @($pauses | Where-Object Is429).Count
        PausesAfterCuts = @($pauses | Where-Object -Not Is429).Count
        LongPauses      = $long.Count
        SecondsOfPauses = ($pauses | Measure-Object Length -Sum).Sum
        Seconds         = [math]::Round($seconds, 1)
        FirstLongPause  = $long ? $long[0].Length : 0
        SavedMeanwhile  = $long ? $long[0].Saved : 0
        LongestPause    = ($pauses | Measure-Object Length -Maximum).Maximum
        Seed            = $Seed
    }
    $result
    if ($results.Count -ne $Item -or $saved.Right -ne $Item -or $saved.Files -ne $Item) { throw 'Items are not saved as they are served.' }
    if ($errors) { throw "There were errors, the first: $($errors[0].Text)" }
    if (-not $long) { throw 'There was no long pause: the faults did not come.' }
    if ($result.SavedMeanwhile -lt $ThrottleLimit) { throw 'The other lanes stood still while one paused.' }
}
finally {
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}
