#Requires -Version 7.6
<#
.SYNOPSIS
    Compares a folder of thousands of pictures with an album and with a library, and holds what is found to what was made.
.DESCRIPTION
    Against an album: 3,282 files, 3,281 media items; 12 renamed, 5 missing, 4 extra, 3 whose camera stood in another time zone, and a renamed burst
    of 2 that nobody can tell apart. Against a whole library: 5,221 files in folders, 5,230 items. Each comparison is a child process of its own;
    its time is that of the command alone, then with import and sign-in. Throws when a row is wrong, a byte was downloaded, a call was one too many,
    or the command took longer than -MaximumSeconds.
.EXAMPLE
    ./Test-Comparison.ps1
#>
[CmdletBinding()]
param([ValidateRange(1, 600)] [double] $MaximumSeconds = 10)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1), (Join-Path $PSScriptRoot EmulatorAdmin.psm1), (Join-Path $PSScriptRoot SampleMedia.psm1)
$module = (Resolve-Path (Join-Path $PSScriptRoot ../../output/GPhotos)).Path
$shell = (Get-Process -Id $PID).Path
$work = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-comparison-$([guid]::NewGuid().ToString('N'))"
$start = [datetime]::new(2016, 1, 1, 8, 0, 0, [System.DateTimeKind]::Utc)

# One comparison in a shell of its own; the rows come back as text.
$child = @'
param($endpoint, $token, $module, $folder, $album)
$whole = [System.Diagnostics.Stopwatch]::StartNew()
Import-Module $module
$null = Connect-GPhotos -Endpoint $endpoint -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force) -WarningAction Ignore
$with = $album ? @{ Album = $album } : @{ Recurse = $true }
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$rows = @(Compare-GPhotoMediaItem -Path $folder @with -IncludeEqual)
$seconds = $watch.Elapsed.TotalSeconds
@{
    Seconds = $seconds
    Whole   = $whole.Elapsed.TotalSeconds
    PeakMiB = [long](((Get-Content /proc/self/status) -match '^VmHWM')[0] -replace '\D') / 1024
    Rows    = @($rows | ForEach-Object { '{0} {1} {2} {3}' -f $_.SideIndicator, $_.MatchedBy, ($_.FullName ? (Split-Path $_.FullName -Leaf) : '-'), ($_.MediaItem ? $_.MediaItem.FileName : '-') })
} | ConvertTo-Json -Depth 3
'@

function Invoke-Comparison([string] $Folder, [string] $Album) {
    $null = Invoke-Admin $endpoint stats -Method Delete
    $text = & $shell -NoProfile -NonInteractive -Command "& { $child } '$endpoint' '$token' '$module' '$Folder' '$Album'"
    if ($LASTEXITCODE -ne 0) { throw "The comparison ended with ${LASTEXITCODE}: $text" }
    $result = $text -join "`n" | ConvertFrom-Json
    $statistics = Invoke-Admin $endpoint stats
    $media = @($statistics.calls.PSObject.Properties | Where-Object Name -Like 'media.*' | ForEach-Object Value) + 0 | Measure-Object -Sum
    $result | Add-Member Calls $statistics.calls
    $result | Add-Member Listings ((Get-Count $statistics.calls mediaItems.search) + (Get-Count $statistics.calls mediaItems.list))
    $result | Add-Member Downloads ([long] $media.Sum)
    $result
}

function New-Shot([int] $Number, [string] $Local, [string] $Online, [timespan] $Shift = 0, [timespan] $Apart = ([timespan]::FromSeconds(97 * $Number))) {
    [pscustomobject]@{ Local = $Local; Online = $Online; Time = $start + $Apart; OnlineTime = $start + $Apart - $Shift }
}

function Add-Shot([object[]] $Shot, [scriptblock] $FolderOf) {
    $folders = @{}
    $Shot | Where-Object Local | ForEach-Object {
        $folder = & $FolderOf $_
        if (-not $folders[$folder]) { $folders[$folder] = New-Item $folder -ItemType Directory -Force }
        [pscustomobject]@{ Path = Join-Path $folder $_.Local; Time = $_.Time }
    } | New-DatedPicture
    $items = @($Shot | Where-Object Online | ForEach-Object { @{ fileName = $_.Online; creationTime = $_.OnlineTime.ToString('o'); width = 4032; height = 3024 } })
    for ($i = 0; $i -lt $items.Count; $i += 500) {
        (Invoke-Admin $endpoint items -Method Post -Body @($items[$i..([math]::Min($i + 499, $items.Count - 1))])).ids
    }
}

function Assert-Comparison([string] $Name, [object] $Result, [string[]] $Expected, [int] $MostCalls) {
    $difference = @(Compare-Object ($Expected | Sort-Object) (@($Result.Rows) | Sort-Object) -CaseSensitive)
    [pscustomobject]@{
        Comparison   = $Name
        Rows         = @($Result.Rows).Count
        Equal        = @($Result.Rows -like '== *').Count
        OnlyLocal    = @($Result.Rows -like '<= *').Count
        OnlyOnline   = @($Result.Rows -like '=> *').Count
        Ambiguous    = @($Result.Rows -like '<> *').Count
        Wrong        = $difference.Count
        Listings     = $Result.Listings
        Calls        = ($Result.Calls.PSObject.Properties | ForEach-Object { "$($_.Name) $($_.Value)" }) -join ', '
        Downloads    = $Result.Downloads
        Seconds      = [math]::Round($Result.Seconds, 2)
        WholeSeconds = [math]::Round($Result.Whole, 2)
        PeakMiB      = [math]::Round($Result.PeakMiB)
    }
    if ($difference) { throw "$Name is wrong: $($difference[0..9] | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" })" }
    if ($Result.Downloads) { throw "$Name downloaded something." }
    if ($Result.Listings -gt $MostCalls) { throw "$Name took $($Result.Listings) listings, not $MostCalls." }
    if ($Result.Seconds -gt $MaximumSeconds) { throw "$Name took $($Result.Seconds) s." }
}

# What each shot is to come out as.
function Get-ExpectedRow([object[]] $Shot) {
    foreach ($one in $Shot) {
        switch ($one) {
            { -not $_.Online } { "<=  $($_.Local) -"; break }
            { -not $_.Local } { "=>  - $($_.Online)"; break }
            { $_.Local -like 'burst*' } { "<>  $($_.Local) -"; "<>  - $($_.Online)"; break }
            { $_.Local -ne $_.Online } { "== Time $($_.Local) $($_.Online)"; break }
            default { "== NameAndTime $($_.Local) $($_.Online)" }
        }
    }
}

$keptFolder = $env:XDG_DATA_HOME
$keptPace = $env:GPHOTOS_WRITES_PER_MINUTE
try {
    $env:XDG_DATA_HOME = "$work/data"
    $env:GPHOTOS_WRITES_PER_MINUTE = '0'
    $emulator = Start-EmulatorProcess -ArgumentList '--writes-per-minute', '0'
    try {
        $endpoint = $emulator.Endpoint
        $token = Get-AccessToken $endpoint
        $album = @(
            foreach ($i in 1..3260) { New-Shot $i ('IMG_{0:0000}.jpg' -f $i) ('IMG_{0:0000}.jpg' -f $i) }
            foreach ($i in 3261..3272) { New-Shot $i "holiday $i.jpg" "IMG_$i.jpg" }
            foreach ($i in 3273..3275) { New-Shot $i "IMG_$i.jpg" "IMG_$i.jpg" -Shift ([timespan]::FromHours($i - 3271)) }
            foreach ($i in 3276..3280) { New-Shot $i "IMG_$i.jpg" '' }
            foreach ($i in 3281..3284) { New-Shot $i '' "IMG_$i.jpg" }
            foreach ($i in 1, 2) { New-Shot 3300 "burst $i.jpg" "IMG_33$i.jpg" -Apart ([timespan]::FromDays(30)) }
        )
        $ids = @(Add-Shot $album { "$work/album" })
        Import-Module $module
        $null = Connect-GPhotos -Endpoint $endpoint -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force) -WarningAction Ignore
        $ids | Add-GPhotoAlbumItem -Album (New-GPhotoAlbum -Title 'the album')
        Disconnect-GPhotos
        $result = Invoke-Comparison "$work/album" 'the album'
        Assert-Comparison 'with an album' $result (Get-ExpectedRow $album) 33
    }
    finally { Stop-EmulatorProcess $emulator }

    $emulator = Start-EmulatorProcess -ArgumentList '--writes-per-minute', '0'
    try {
        $endpoint = $emulator.Endpoint
        $token = Get-AccessToken $endpoint
        $library = @(
            foreach ($i in 1..5210) { New-Shot $i ('IMG_{0:0000}.jpg' -f $i) ('IMG_{0:0000}.jpg' -f $i) }
            foreach ($i in 5211..5221) { New-Shot $i "IMG_$i.jpg" '' }
            foreach ($i in 5222..5241) { New-Shot $i '' "IMG_$i.jpg" }
        )
        $null = Add-Shot $library { param($shot) "$work/library/{0:yyyyMMdd}" -f $shot.Time }
        $result = Invoke-Comparison "$work/library" ''
        Assert-Comparison 'with a library' $result (Get-ExpectedRow $library) 53
    }
    finally { Stop-EmulatorProcess $emulator }
}
finally {
    $env:XDG_DATA_HOME = $keptFolder
    $env:GPHOTOS_WRITES_PER_MINUTE = $keptPace
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}
