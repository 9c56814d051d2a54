#Requires -Version 7.6
<#
.SYNOPSIS
    Sending many pictures: Send-GPhotoMediaItem beside the plain script that people write and, where installed, rclone, in turn in one run.
.DESCRIPTION
    Every run has a fresh shell, a fresh journal and a fresh emulator. Ours and the plain script are timed from the first file to the last
    result; rclone as a process. The floor is what the latency alone costs 8 lanes and one writer.
    rclone needs Google's own host names, so it goes through the emulator's HTTPS proxy, which costs it a little. It creates media items side
    by side, which Google refuses: with more than one transfer it spends its time on 429s, so it gets one.
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 100000)] [int] $File = 1000,
    [ValidateRange(100, 100000000)] [int] $Length = 100000,
    [int[]] $LatencyMilliseconds = @(0, 20),
    [ValidateRange(1, 50)] [int] $Run = 3
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1), (Join-Path $PSScriptRoot SampleMedia.psm1)
$module = (Resolve-Path (Join-Path $PSScriptRoot ../../output/GPhotos)).Path
$shell = (Get-Process -Id $PID).Path
$work = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-sending-$([guid]::NewGuid().ToString('N'))"
$lanes = 8
$rclone = Get-Command rclone -CommandType Application -ErrorAction Ignore
if (-not $rclone) { Write-Warning 'rclone is not installed, so it is left out.' }

$ours = @'
$endpoint, $token, $folder, $module = $args
Import-Module $module
$null = Connect-GPhotos -Endpoint $endpoint -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force)
$files = Get-ChildItem $folder
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$count = @($files | Send-GPhotoMediaItem | Where-Object Status -eq Created).Count
'{0} {1}' -f $watch.Elapsed.TotalSeconds, $count
'@
$plain = @'
$endpoint, $token, $folder, $module = $args
$headers = @{ Authorization = "Bearer $token" }
$files = Get-ChildItem $folder
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$count = 0; $batch = @()
foreach ($file in $files) {
    $upload = Invoke-RestMethod "${endpoint}v1/uploads" -Method Post -InFile $file.FullName -ContentType application/octet-stream -Headers ($headers + @{ 'X-Goog-Upload-Protocol' = 'raw' })
    $batch += @{ simpleMediaItem = @{ uploadToken = $upload; fileName = $file.Name } }
    if ($batch.Count -eq 50 -or $file -eq $files[-1]) {
        $reply = Invoke-RestMethod "${endpoint}v1/mediaItems:batchCreate" -Method Post -ContentType application/json -Headers $headers -Body (@{ newMediaItems = $batch } | ConvertTo-Json -Depth 5)
        $count += @($reply.newMediaItemResults | Where-Object mediaItem).Count
        $batch = @()
    }
}
'{0} {1}' -f $watch.Elapsed.TotalSeconds, $count
'@

function Invoke-WithEmulator([int] $Latency, [scriptblock] $Action) {
    $authority = "$work/authority.pem"
    $emulator = Start-EmulatorProcess -ArgumentList '--latency', $Latency, '--grant-legacy-scopes', '--proxy', $authority
    try {
        $proxy = $emulator.Process.StandardOutput.ReadLine() -replace '^proxy on '
        $scopes = 'photoslibrary.readonly', 'photoslibrary.appendonly', 'photoslibrary.edit.appcreateddata', 'photoslibrary.readonly.appcreateddata'
        $tokens = Invoke-RestMethod "$($emulator.Endpoint)emulator/tokens" -Method Post -ContentType application/json -Body (@{ scopes = $scopes } | ConvertTo-Json)
        $seconds = & $Action $emulator $tokens $proxy $authority
        $statistics = Invoke-RestMethod "$($emulator.Endpoint)emulator/stats"
        $items = @(Invoke-RestMethod "$($emulator.Endpoint)emulator/items" | ForEach-Object { $_ }).Count
        if ($items -ne $File) { throw "$items of $File files arrived." }
        $library = ($statistics.calls.PSObject.Properties | Where-Object Name -match '^(uploads|mediaItems|albums)' | Measure-Object Value -Sum).Sum
        [pscustomobject]@{ Seconds = [double] $seconds; Calls = $library }
    }
    finally { Stop-EmulatorProcess $emulator }
}

function Invoke-Shell([string] $Script, [int] $Latency) {
    Invoke-WithEmulator $Latency {
        param($emulator, $tokens)
        $env:XDG_DATA_HOME = "$work/data-$([guid]::NewGuid().ToString('N'))"
        $seconds, $count = (& $shell -NoProfile -NonInteractive -Command "& { $Script } '$($emulator.Endpoint)' '$($tokens.access_token)' '$work/pictures' '$module'") -split ' '
        if ([int] $count -ne $File) { throw "$count of $File were reported." }
        $seconds
    }
}

function Invoke-Rclone([int] $Latency) {
    Invoke-WithEmulator $Latency {
        param($emulator, $tokens, $proxy, $authority)
        $token = @{ access_token = $tokens.access_token; token_type = 'Bearer'; refresh_token = $tokens.refresh_token; expiry = '2099-01-01T00:00:00Z' }
        @(
            '[emu]', 'type = google photos', 'client_id = emulator-client', 'client_secret = emulator-secret'
            "auth_url = $($emulator.Endpoint)o/oauth2/v2/auth", "token_url = $($emulator.Endpoint)token"
            "token = $($token | ConvertTo-Json -Compress)"
        ) | Set-Content "$work/rclone.conf"
        $env:HTTPS_PROXY = $proxy
        try {
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $null = & rclone --config "$work/rclone.conf" --ca-cert $authority --transfers 1 copy "$work/pictures" emu:upload 2>&1
            $watch.Elapsed.TotalSeconds
        }
        finally { Remove-Item env:HTTPS_PROXY }
    }
}

$savedData = $env:XDG_DATA_HOME
try {
    $null = New-SamplePicture "$work/pictures" -Count $File -Length $Length
    foreach ($latency in $LatencyMilliseconds) {
        $floor = $latency / 1000 * ($File / $lanes + [math]::Ceiling($File / 50))
        # The first round warms the disk's cache and the machine.
        foreach ($i in 0..$Run) {
            $a = Invoke-Shell $ours $latency
            $b = Invoke-Shell $plain $latency
            $c = if ($rclone) { Invoke-Rclone $latency }
            if ($i -eq 0) { continue }
            [pscustomobject]@{
                LatencyMs      = $latency
                Run            = $i
                FloorSeconds   = $floor
                GPhotosSeconds = [math]::Round($a.Seconds, 2)
                PlainSeconds   = [math]::Round($b.Seconds, 2)
                RcloneSeconds  = if ($c) { [math]::Round($c.Seconds, 2) }
                OverFloor      = if ($floor) { [math]::Round($a.Seconds / $floor, 2) }
                PlainRatio     = [math]::Round($b.Seconds / $a.Seconds, 1)
                RcloneRatio    = if ($c) { [math]::Round($c.Seconds / $a.Seconds, 1) }
                GPhotosCalls   = $a.Calls
                PlainCalls     = $b.Calls
                RcloneCalls    = if ($c) { $c.Calls }
            }
        }
    }
}
finally {
    $env:XDG_DATA_HOME = $savedData
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}
