#Requires -Version 7.6
<#
.SYNOPSIS
    Reading a large Takeout export: Get-GPhotoTakeoutItem over all parts.
.DESCRIPTION
    Every run is a child process: seconds until the first item and until the last one, and how much the working set grew over the idle shell at its peak.
    The emulator makes the export; the entries are counted by the summary, which must add up.
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 1000000)] [int] $Entry = 20000,
    [ValidateRange(1, 50)] [int] $Part = 3,
    [ValidateSet('zip', 'tgz', 'folder')] [string[]] $Format = @('zip', 'tgz', 'folder'),
    [ValidateRange(1, 50)] [int] $Run = 3
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$module = (Resolve-Path (Join-Path $PSScriptRoot ../../output/GPhotos)).Path
$emulator = (Resolve-Path (Join-Path $PSScriptRoot ../../output/emulator/GPhotos.Emulator.dll)).Path
$shell = (Get-Process -Id $PID).Path

# Warmed by a small export first, then idle: what is measured is the reading, not the loading of code.
$reading = @'
$small, $large, $module = $args
function Get-PeakMiB { [long](((Get-Content /proc/self/status) -match '^VmHWM')[0] -replace '\D') / 1024 }
function Get-NowMiB { [long](((Get-Content /proc/self/status) -match '^VmRSS')[0] -replace '\D') / 1024 }
Import-Module $module
$null = Get-ChildItem $small -Exclude *.json | Get-GPhotoTakeoutItem -WarningAction Ignore
$parts = (Get-ChildItem $large -Exclude *.json).FullName
$idle = Get-NowMiB
$count = 0; $first = 0; $watch = [System.Diagnostics.Stopwatch]::StartNew()
Get-GPhotoTakeoutItem -LiteralPath $parts -WarningAction Ignore | ForEach-Object { if ($count++ -eq 0) { $first = $watch.Elapsed.TotalSeconds } }
$seconds = $watch.Elapsed.TotalSeconds; $grown = (Get-PeakMiB) - $idle
$summary = Get-GPhotoTakeoutItem -LiteralPath $parts -Summary
if ($summary.Items -ne $count) { throw "$count items, and $($summary.Items) by the summary." }
'{0} {1} {2} {3} {4}' -f $summary.Entries, $count, $first, $seconds, $grown
'@

$folder = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-takeout-$([guid]::NewGuid().ToString('N'))"
try {
    foreach ($one in $Format) {
        # Some three and a half entries an item: copies in albums, and the JSONs.
        foreach ($export in @{ Name = "small-$one"; Items = 30 }, @{ Name = "large-$one"; Items = [int]($Entry / 3.45) }) {
            $null = dotnet $emulator takeout --out (Join-Path $folder $export.Name) --items $export.Items --parts $Part --format $one --plain
            if ($LASTEXITCODE -ne 0) { throw 'No export was made.' }
        }
        foreach ($i in 1..$Run) {
            $figures = (& $shell -NoProfile -NonInteractive -Command "& { $reading } '$folder/small-$one' '$folder/large-$one' '$module'") -split ' '
            [pscustomobject]@{
                Format       = $one
                Run          = $i
                Entries      = [int]$figures[0]
                Items        = [int]$figures[1]
                FirstSeconds = [math]::Round([double]$figures[2], 2)
                Seconds      = [math]::Round([double]$figures[3], 2)
                GrownMiB     = [math]::Round([double]$figures[4], 1)
            }
        }
    }
}
finally {
    Remove-Item $folder -Recurse -Force -ErrorAction Ignore
}
