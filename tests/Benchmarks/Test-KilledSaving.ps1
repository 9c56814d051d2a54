#Requires -Version 7.6
<#
.SYNOPSIS
    Kills Save-GPhotoMediaItem (SIGKILL) at random moments, runs it again each time, and looks at what is in the folder in the end.
.DESCRIPTION
    Every run is a child process that lists the library and saves all of it. After the kills comes an undisturbed run and one more. Throws
    when a file is missing, has other bytes than the emulator serves, or stands twice; when a partial file is left; when more items were
    fetched again than can have been under way at the kills; or when the last run fetches anything.
.EXAMPLE
    ./Test-KilledSaving.ps1 -Item 600 -Kill 3
#>
[CmdletBinding()]
param(
    [ValidateRange(100, 100000)] [int] $Item = 10000,
    [ValidateRange(1, 1000)] [int] $Kill = 25,
    [ValidateRange(0, 1000)] [int] $LatencyMilliseconds = 5,
    [ValidateRange(1, 64)] [int] $ThrottleLimit = 8,
    [int] $Seed = (Get-Random)
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1), (Join-Path $PSScriptRoot ChildShell.psm1),
    (Join-Path $PSScriptRoot EmulatorAdmin.psm1), (Join-Path $PSScriptRoot SavingRun.psm1)
$work = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-killed-$([guid]::NewGuid().ToString('N'))"
$random = [System.Random]::new($Seed)
Write-Verbose "Seed $Seed"

try {
    $null = New-Item $work -ItemType Directory
    $emulator = Start-EmulatorProcess
    try {
        $endpoint = $emulator.Endpoint
        Add-MadeItem $endpoint -Count $Item -Seed $Seed
        $token = Get-AccessToken $endpoint
        $served = Get-ServedHash $endpoint $token
        if ($served.Count -ne $Item) { throw "The emulator shows $($served.Count) of $Item items." }
        $null = Invoke-Admin $endpoint stats -Method Delete
        $null = Invoke-Admin $endpoint faults -Method Post -Body @{ kind = 'media*'; latencyMs = $LatencyMilliseconds; count = 0 }
        $run = @{ Endpoint = $endpoint; Token = $token; Folder = "$work/saved"; Data = "$work/data"; ThrottleLimit = $ThrottleLimit }

        $killed = $partials = 0
        while ($killed -lt $Kill) {
            $child = Start-SavingRun @run -Report "$work/killed.csv"
            try {
                # Somewhere in its share of the downloads, and then some milliseconds more: a moment nobody chose.
                $until = (Get-CallCount $endpoint media.get) + $random.NextDouble() * 2 * $Item / ($Kill + 2)
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                while (-not $child.Process.HasExited -and (Get-CallCount $endpoint media.get) -lt $until) {
                    if ($clock.Elapsed.TotalSeconds -gt 300) { throw "Run $killed stands still." }
                    Start-Sleep -Milliseconds 5
                }
                Start-Sleep -Milliseconds ($random.NextDouble() * 2 * ($LatencyMilliseconds + 5))
                if ($child.Process.HasExited) { throw "All was saved after $killed kills: give more items." }
            }
            finally { Stop-ChildShell $child.Process }
            $killed++
            $files = @(Get-SavedFile $run.Folder)
            $partials += @($files | Where-Object Name -Like '*.partial').Count
            Write-Verbose "Kill ${killed}: $($files.Count) files, $(Get-CallCount $endpoint media.get) downloads"
        }

        $null = Wait-ChildShell (Start-SavingRun @run -Report "$work/undisturbed.csv")
        $fetched = Get-CallCount $endpoint media.get
        $again = @((Invoke-Admin $endpoint stats/downloads).moreThanOnce)
        $null = Invoke-Admin $endpoint stats -Method Delete
        $seconds = Wait-ChildShell (Start-SavingRun @run -Report "$work/last.csv")
        $calls = (Invoke-Admin $endpoint stats).calls
    }
    finally { Stop-EmulatorProcess $emulator }

    $last = @(Import-Csv "$work/last.csv")
    $saved = Measure-SavedFile $run.Folder $served -Report @($last | Where-Object Status)
    # An item may be in a lane, or its bytes are whole and it waits to be written down.
    $underWay = $Kill * 2 * $ThrottleLimit
    $result = [pscustomobject]@{
        Items           = $Item
        Kills           = $Kill
        Files           = $saved.Files
        BytesRight      = $saved.Right
        Strays          = $saved.Strays
        PartialsAtKills = $partials
        Partials        = $saved.Partials
        LastRun         = ($last | Where-Object Status | Group-Object Status | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" }) -join ', '
        LastRunSeconds  = [math]::Round([double] $seconds, 2)
        LastRunMedia    = (Get-Count $calls media.get) + (Get-Count $calls media.head)
        Downloads       = $fetched
        FetchedAgain    = ($again | ForEach-Object { $_.count - 1 } | Measure-Object -Sum).Sum
        AgainAtMost     = $underWay
        BytesAgain      = ($again | ForEach-Object { $_.bytes - $_.bytes / $_.count } | Measure-Object -Sum).Sum
        Errors          = @($last | Where-Object Kind -EQ ErrorRecord).Count
        Seed            = $Seed
    }
    $result
    if ($saved.Files -ne $Item -or $saved.Right -ne $Item -or $saved.Strays -or $saved.Partials) { throw 'Files are missing, wrong, or too many.' }
    if ($result.FetchedAgain -gt $underWay) { throw 'More was fetched again than the kills can have interrupted.' }
    if ($result.LastRunMedia -ne 0 -or $result.Errors) { throw 'A run with nothing to do asked for media, or failed.' }
}
finally {
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}
