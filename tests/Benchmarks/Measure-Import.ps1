#Requires -Version 7.6
<#
.SYNOPSIS
    What Import-Module costs over an empty module: medians of child processes in turn, in milliseconds, and their difference.
#>
[CmdletBinding()]
param([ValidateRange(3, 100)] [int] $Run = 11)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$module = (Resolve-Path (Join-Path $PSScriptRoot ../../output/GPhotos)).Path
$empty = Join-Path ([System.IO.Path]::GetTempPath()) "Empty-$([guid]::NewGuid().ToString('N'))"
$null = New-Item $empty -ItemType Directory
New-ModuleManifest (Join-Path $empty "$(Split-Path $empty -Leaf).psd1") -FunctionsToExport @() -CmdletsToExport @() -AliasesToExport @()

# Measured inside the child, so that the start of the process does not drown the import.
$script = '$t = [System.Diagnostics.Stopwatch]::StartNew(); Import-Module $args[0]; $t.Elapsed.TotalMilliseconds'
$shell = (Get-Process -Id $PID).Path
$times = @{ $module = @(); $empty = @() }
foreach ($i in 0..$Run) {
    foreach ($path in $empty, $module) {
        $time = & $shell -NoProfile -NonInteractive -Command "& { $script } '$path'"
        # The first of each warms the disk cache.
        if ($i -gt 0) { $times[$path] += [double]$time }
    }
}
Remove-Item $empty -Recurse

function Get-Median([double[]] $Value) { ($Value | Sort-Object)[[int][math]::Floor($Value.Count / 2)] }
[pscustomobject]@{
    EmptyMs      = [math]::Round((Get-Median $times[$empty]), 1)
    GPhotosMs    = [math]::Round((Get-Median $times[$module]), 1)
    DifferenceMs = [math]::Round((Get-Median $times[$module]) - (Get-Median $times[$empty]), 1)
    Runs         = $Run
}
