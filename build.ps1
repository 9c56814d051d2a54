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

function Invoke-Build {
    dotnet build (Join-Path $PSScriptRoot GPhotos.slnx) -c Release -v quiet --nologo
    dotnet publish (Join-Path $PSScriptRoot src/GPhotos.Emulator) -c Release -v quiet --nologo --no-build -o $emulator

    # Laid out anew each time, so that a file that is no longer made does not linger.
    Remove-Item $module -Recurse -Force -ErrorAction Ignore
    $dependencies = New-Item (Join-Path $module dependencies) -ItemType Directory -Force
    dotnet publish (Join-Path $PSScriptRoot src/GPhotos.Core) -c Release -v quiet --nologo --no-build -o $dependencies
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
    Build-Help
    Write-Host "The module is in $module"
}

# Get-Help reads MAML; the pages are kept as Markdown. Without platyPS the module works, with the engine's bare help.
function Build-Help {
    if (-not (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)) {
        Write-Host 'The help pages were not built: Install-Module Microsoft.PowerShell.PlatyPS to have them.'
        return
    }

    $pages = @(Get-ChildItem (Join-Path $PSScriptRoot docs/en-US) -Filter '*-*.md')
    $maml = Join-Path $output help
    $null = $pages.FullName | Import-MarkdownCommandHelp | Export-MamlCommandHelp -OutputFolder $maml -Force
    $culture = New-Item (Join-Path $module en-US) -ItemType Directory -Force
    Get-ChildItem $maml -Filter '*-Help.xml' -Recurse | Copy-Item -Destination $culture -PassThru | Repair-Help
    Copy-Item (Join-Path $PSScriptRoot docs/en-US/about_*.help.txt) -Destination $culture
}

# What platyPS 1.0 leaves in MAML: lines broken as in the Markdown, which Get-Help would break again at the window's edge; examples as
# paragraphs with their fences and a control character; a link to an online version that there is not.
filter Repair-Help {
    $maml = [xml]::new()
    $maml.Load($_.FullName)
    foreach ($example in $maml.SelectNodes('//*[local-name()="example"]')) {
        $code, $null, $remarks = @($example['maml:introduction'].ChildNodes)
        $example['dev:code'].InnerText = $code.InnerText -replace '^```\w*\s*|\s*```$'
        foreach ($remark in $remarks) { $null = $example['dev:remarks'].AppendChild($remark) }
        # An empty line before the next example.
        $null = $example['dev:remarks'].AppendChild($maml.CreateElement('maml', 'para', $code.NamespaceURI))
        $example['maml:introduction'].RemoveAll()
    }
    foreach ($paragraph in $maml.SelectNodes('//*[local-name()="para"]')) {
        $paragraph.InnerText = $paragraph.InnerText -replace '(?<!\n)\n(?=[^\n|*-])', ' '
    }
    foreach ($link in $maml.SelectNodes('//*[local-name()="navigationLink"]')) {
        if ($link['maml:linkText'].InnerText -eq 'Online Version') { $null = $link.ParentNode.RemoveChild($link) }
        # The address is a file beside the page; Get-Help needs the name alone.
        else { $link['maml:uri'].InnerText = '' }
    }
    $maml.Save($_.FullName)
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
