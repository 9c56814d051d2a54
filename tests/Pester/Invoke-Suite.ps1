#Requires -Version 7.6
<#
.SYNOPSIS
    Runs the Pester suites against the built module and writes their counts as JSON.
.EXAMPLE
    ./tests/Pester/Invoke-Suite.ps1 -Path ./tests/Pester/Get-GPhotoAlbum.Tests.ps1
#>
[CmdletBinding()]
param(
    # The suites; all of them by default.
    [string[]] $Path = $PSScriptRoot,

    # Where the counts go.
    [string] $ResultPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.7.0 -MaximumVersion 5.99.99

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = if ($env:CI) { 'Normal' } else { 'Detailed' }
# As in a shell of a user's: what is told of one input does not stop the others.
$ErrorActionPreference = 'Continue'
$run = Invoke-Pester -Configuration $configuration

if ($ResultPath) {
    # A suite that could not even be read counts as a failure.
    @{
        Passed  = $run.PassedCount
        Failed  = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
        Skipped = $run.SkippedCount + $run.NotRunCount
    } | ConvertTo-Json | Set-Content $ResultPath
}

exit [int]($run.Result -ne 'Passed')
