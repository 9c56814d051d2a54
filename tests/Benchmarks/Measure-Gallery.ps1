#!/usr/bin/env pwsh
#Requires -Version 7.6
<#
.SYNOPSIS
    Measures Export-GPhotoGallery: how heavy the page of many pictures is, how long it takes to make, and until a browser shows it.
.DESCRIPTION
    Draws pictures, each another and with a grain that does not squeeze well, and makes a page of them. With -Distinct fewer are drawn, and each
    is used several times: as files of their own, decoded each by itself. The browser is a headless Chromium that opens the page from the disk, each
    time with a profile of its own; the page itself says when its first pictures were on the screen, in milliseconds since it was opened.
.EXAMPLE
    ./tests/Benchmarks/Measure-Gallery.ps1
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 100000)] [int] $Item = 5000,
    [ValidateRange(1, 100000)] [int] $Distinct = 250,
    [ValidateRange(160, 8000)] [int] $Width = 2000,
    [ValidateRange(0, 1)] [double] $Grain = 0.7,
    [ValidateRange(1, 20)] [int] $Run = 3
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot ../../output/GPhotos), (Join-Path $PSScriptRoot SamplePhoto.psm1)
$work = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-gallery-$([guid]::NewGuid().ToString('N'))"
$env:XDG_DATA_HOME = "$work/data"

# Through the DevTools protocol: what a browser prints of a page by itself, it prints before the first picture is on the screen.
function Get-ReadyTime([string] $Browser, [string] $Page) {
    $userData = "$work/profile-$([guid]::NewGuid())"
    $process = Start-Process $Browser -PassThru -RedirectStandardError "$work/browser.err" -RedirectStandardOutput "$work/browser.out" -ArgumentList @(
        '--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--window-size=1440,900', '--remote-debugging-port=0', "--user-data-dir=$userData", [uri]::new($Page).AbsoluteUri)
    $socket = [System.Net.WebSockets.ClientWebSocket]::new()
    $limit = [System.Threading.CancellationTokenSource]::new([timespan]::FromSeconds(60))
    try {
        while (-not (Test-Path "$userData/DevToolsActivePort") -or @(Get-Content "$userData/DevToolsActivePort").Count -lt 2) {
            $limit.Token.ThrowIfCancellationRequested()
            [System.Threading.Thread]::Sleep(50)
        }

        $port = @(Get-Content "$userData/DevToolsActivePort")[0]
        $tab = Invoke-RestMethod "http://127.0.0.1:$port/json/list" | ForEach-Object { $_ } | Where-Object type -EQ page | Select-Object -First 1
        $null = $socket.ConnectAsync($tab.webSocketDebuggerUrl, $limit.Token).GetAwaiter().GetResult()
        $question = [System.Text.Encoding]::UTF8.GetBytes('{"id":1,"method":"Runtime.evaluate","params":{"expression":"document.documentElement.dataset.ready"}}')
        $buffer = [byte[]]::new(65536)
        while ($true) {
            $null = $socket.SendAsync([System.ArraySegment[byte]]::new($question), [System.Net.WebSockets.WebSocketMessageType]::Text, $true, $limit.Token).GetAwaiter().GetResult()
            $answer = $socket.ReceiveAsync([System.ArraySegment[byte]]::new($buffer), $limit.Token).GetAwaiter().GetResult()
            $ready = [regex]::Match([System.Text.Encoding]::UTF8.GetString($buffer, 0, $answer.Count), '"value":"(\d+)"')
            if ($ready.Success) { return [int] $ready.Groups[1].Value }
            [System.Threading.Thread]::Sleep(50)
        }
    }
    finally {
        $socket.Dispose()
        $limit.Dispose()
        $process.Kill($true)
        $process.WaitForExit()
    }
}

try {
    Write-Verbose "Drawing $Distinct pictures"
    $drawn = @(New-SamplePhoto "$work/drawn" -Count ([math]::Min($Item, $Distinct)) -Width $Width -Grain $Grain -HoursBetween 60)
    $files = foreach ($i in 0..($Item - 1)) {
        $path = "$work/pictures/$($i.ToString('00000')).jpg"
        $null = [System.IO.Directory]::CreateDirectory("$work/pictures")
        [System.IO.File]::Copy($drawn[$i % $drawn.Count].FullName, $path)
        [System.IO.FileInfo]::new($path)
    }

    $page = "$work/page.html"
    $seconds = foreach ($round in 1..$Run) { (Measure-Command { $files | Export-GPhotoGallery $page -ErrorAction Stop }).TotalSeconds }
    $browser = Get-Command chromium, chromium-browser, google-chrome -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    if (-not $browser) { Write-Warning 'No chromium is installed: how long a browser takes is not measured.' }
    $ready = @(if ($browser) { foreach ($round in 1..$Run) { Get-ReadyTime $browser.Source $page } })
    [pscustomobject]@{
        Items             = $Item
        SourceMB          = [math]::Round(($files | Measure-Object Length -Sum).Sum / 1e6, 1)
        PageMB            = [math]::Round((Get-Item $page).Length / 1e6, 2)
        BytesAnItem       = [math]::Round((Get-Item $page).Length / $Item)
        SecondsToMake     = [math]::Round(($seconds | Sort-Object)[[int] [math]::Floor($Run / 2)], 1)
        MillisecondsShown = $ready ? ($ready | Sort-Object)[[int] [math]::Floor($ready.Count / 2)] : $null
        SlowestShown      = $ready ? ($ready | Measure-Object -Maximum).Maximum : $null
        PeakMiB           = [math]::Round([System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB)
    }
}
finally {
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}
