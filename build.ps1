#!/usr/bin/env pwsh
#Requires -Version 7.6
<#
.SYNOPSIS
    Builds, tests and shows GPhotos. Writes under output/ only.
.EXAMPLE
    ./build.ps1 test
#>
[CmdletBinding()]
param(
    # build: the module in output/GPhotos and the emulator in output/emulator.
    # test:  build, then xunit and Pester. Ends with "N passed, N failed, N skipped".
    # demo:  build, then the whole journey against the emulator.
    # clean: removes output/.
    [Parameter(Position = 0)]
    [ValidateSet('build', 'test', 'demo', 'clean')]
    [string] $Task = 'build'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$output = Join-Path $PSScriptRoot output
$module = Join-Path $output GPhotos
$emulator = Join-Path $output emulator
$results = Join-Path $output tests
Import-Module (Join-Path $PSScriptRoot tools/ModuleHelp.psm1)

function Invoke-Build {
    dotnet build (Join-Path $PSScriptRoot GPhotos.slnx) -c Release -v quiet --nologo
    dotnet publish (Join-Path $PSScriptRoot src/GPhotos.Emulator) -c Release -v quiet --nologo --no-build -o $emulator

    # Laid out anew each time, so that a file that is no longer made does not linger.
    Remove-Item $module -Recurse -Force -ErrorAction Ignore
    $dependencies = New-Item (Join-Path $module dependencies) -ItemType Directory -Force
    dotnet publish (Join-Path $PSScriptRoot src/GPhotos.Core) -c Release -v quiet --nologo --no-build -o $dependencies
    # SQLite and Skia come built for some thirty systems; PowerShell runs on these. Skia's one build for macOS serves both of its kinds.
    Get-ChildItem $dependencies/runtimes | Where-Object Name -NotIn @(
        'win', 'win-x64', 'win-arm64', 'linux-x64', 'linux-arm64', 'linux-musl-x64', 'osx', 'osx-x64', 'osx-arm64'
    ) | Remove-Item -Recurse
    # 80 MB each, for who debugs Skia.
    Get-ChildItem $dependencies/runtimes -Recurse -Filter *.pdb | Remove-Item
    # The models live in the default load context alone, beside the cmdlets.
    Get-ChildItem $dependencies -Filter 'GPhotos.Abstractions.*' | Remove-Item

    $assemblies = Join-Path $output artifacts/bin/GPhotos.PowerShell/release
    Copy-Item -Destination $module -Path @(
        "$assemblies/GPhotos.PowerShell.dll", "$assemblies/GPhotos.PowerShell.pdb"
        "$assemblies/GPhotos.Abstractions.dll", "$assemblies/GPhotos.Abstractions.pdb", "$assemblies/GPhotos.Abstractions.xml"
        "$PSScriptRoot/GPhotos.psd1"
        "$PSScriptRoot/src/GPhotos.PowerShell/Views/GPhotos.Format.ps1xml"
        "$PSScriptRoot/src/GPhotos.PowerShell/Views/GPhotos.Types.ps1xml"
        "$PSScriptRoot/LICENSE"
    )
    Build-ModuleHelp -Module $module
    Write-Host "The module is in $module"
}

function Invoke-Test {
    Invoke-Build
    Remove-Item $results -Recurse -Force -ErrorAction Ignore
    $null = New-Item $results -ItemType Directory
    $passed = $failed = $skipped = 0

    foreach ($project in 'Emulator', 'Unit') {
        $PSNativeCommandUseErrorActionPreference = $false
        dotnet test (Join-Path $PSScriptRoot "tests/$project") -c Release --no-build --nologo -v quiet --logger "trx;LogFileName=$results/$project.trx"
        $broken = $LASTEXITCODE -ne 0
        $PSNativeCommandUseErrorActionPreference = $true
        $counters = ([xml](Get-Content "$results/$project.trx" -Raw)).TestRun.ResultSummary.Counters
        $passed += [int]$counters.passed
        $failed += [int]$counters.failed
        $skipped += [int]$counters.total - [int]$counters.passed - [int]$counters.failed
        # A runner that died after its last test still fails the run.
        if ($broken -and [int]$counters.failed -eq 0) { $failed++ }
    }

    Install-Pester
    # A fresh process: what this one has loaded must not help the module along.
    $pester = Join-Path $results pester.json
    $PSNativeCommandUseErrorActionPreference = $false
    & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot tests/Pester/Invoke-Suite.ps1) -ResultPath $pester
    $PSNativeCommandUseErrorActionPreference = $true
    if (Test-Path $pester) {
        $counts = Get-Content $pester -Raw | ConvertFrom-Json
        $passed += $counts.Passed
        $failed += $counts.Failed
        $skipped += $counts.Skipped
    }
    else {
        Write-Host 'The Pester run died before its end.'
        $failed++
    }

    Write-Host "$passed passed, $failed failed, $skipped skipped"
    exit [int]($failed -gt 0)
}

function Install-Pester {
    $wanted = [version]'5.7.0'
    if (-not (Get-Module Pester -ListAvailable | Where-Object { $_.Version -ge $wanted -and $_.Version.Major -eq 5 })) {
        Write-Host 'Installing Pester 5 from the PowerShell Gallery.'
        Install-PSResource Pester -Version '[5.7.0,6.0)' -TrustRepository -Quiet
    }
}

switch ($Task) {
    'build' { Invoke-Build }
    'test' { Invoke-Test }
    'demo' {
        Invoke-Build
        $PSNativeCommandUseErrorActionPreference = $false
        & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot samples/demo.ps1)
        exit $LASTEXITCODE
    }
    'clean' { Remove-Item $output -Recurse -Force -ErrorAction Ignore }
}
