#Requires -Version 7.6
<#
.SYNOPSIS
    Saving many pictures and some large videos: Save-GPhotoMediaItem beside the scripts that people write, rclone and curl, in turn in one run.
.DESCRIPTION
    Every run has a fresh process and an empty folder; "again" is a second run over the folder of the first. Seconds go from the first call
    to the last file, in a shell that is warm; "in use" is one that saved three thousand items before, so that its code is compiled to the end.
    ProcessSeconds go from the start of the process to its end. rclone and curl are timed as processes, and curl gets its addresses for nothing:
    beside latency it is the floor. What every program saved is compared with what the emulator serves. GPhotos alone flushes each file to the
    disk and hashes it.
    rclone needs Google's own host names, so it lists through the emulator's HTTPS proxy; the bytes come straight. It leaves 10 ms between
    two requests by itself. LibraryCalls has one more for each shell: the one that warms it.
.EXAMPLE
    ./Measure-Saving.ps1 -Item 200 -Video 2 -VideoMegabyte 5 -Run 1
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 100000)] [int] $Item = 1000,
    [ValidateRange(100, 100000000)] [int] $Length = 100000,
    [int[]] $LatencyMilliseconds = @(0, 20),

    # 0 leaves the videos out.
    [ValidateRange(0, 1000)] [int] $Video = 20,
    [ValidateRange(1, 4000)] [int] $VideoMegabyte = 50,
    [ValidateRange(1, 50)] [int] $Run = 3,
    [int] $Seed = 1
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1), (Join-Path $PSScriptRoot SampleMedia.psm1),
    (Join-Path $PSScriptRoot ChildShell.psm1), (Join-Path $PSScriptRoot EmulatorAdmin.psm1), (Join-Path $PSScriptRoot SavingRun.psm1)
$module = (Resolve-Path (Join-Path $PSScriptRoot ../../output/GPhotos)).Path
$work = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-saving-$([guid]::NewGuid().ToString('N'))"
$lanes = 8

# Each shell makes one call first, then idles: what is measured is the saving, not the loading of code.
$before = @'
$endpoint, $token, $folder, $module = $args
$headers = @{ Authorization = "Bearer $token" }
function Get-MiB([string] $Name) { [long](((Get-Content /proc/self/status) -match "^$Name")[0] -replace '\D') / 1024 }
'@
$after = @'
$seconds = $watch.Elapsed.TotalSeconds
'{0} {1}' -f $seconds, ((Get-MiB VmHWM) - $idle)
'@
$go = @'
$idle = Get-MiB VmRSS
[Console]::Out.WriteLine('go'); [Console]::Out.Flush()
$watch = [System.Diagnostics.Stopwatch]::StartNew()
'@
$ours = $before, @'
Import-Module $module
$null = Connect-GPhotos -Endpoint $endpoint -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force)
$null = Get-GPhotoMediaItem -First 1
'@, $go, 'Get-GPhotoMediaItem | Save-GPhotoMediaItem $folder -ErrorAction Stop | Out-Null', $after -join "`n"
$warm = $before, @'
Import-Module $module
$null = Connect-GPhotos -Endpoint $endpoint -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force)
1..3 | ForEach-Object { $null = Get-GPhotoMediaItem -First 1000 | Save-GPhotoMediaItem "$folder-$_" -ErrorAction Stop }
'@, $go, 'Get-GPhotoMediaItem | Save-GPhotoMediaItem $folder -ErrorAction Stop | Out-Null', $after -join "`n"
$listing = @'
$null = New-Item $folder -ItemType Directory -Force
$null = Invoke-RestMethod "${endpoint}v1/mediaItems?pageSize=1" -Headers $headers
'@, $go, @'
$items = @(
    $page = ''
    do {
        $reply = Invoke-RestMethod "${endpoint}v1/mediaItems?pageSize=100$page" -Headers $headers
        $reply.mediaItems
        $more = $reply.PSObject.Properties['nextPageToken']
        if ($more) { $page = '&pageToken=' + [uri]::EscapeDataString($more.Value) }
    } while ($more)
)
'@ -join "`n"
$plain = $before, $listing, @'
foreach ($item in $items) {
    $form = $item.mimeType -like 'video/*' ? 'dv' : 'd'
    Invoke-WebRequest "$($item.baseUrl)=$form" -OutFile (Join-Path $folder $item.filename)
}
'@, $after -join "`n"
$parallel = $before, $listing, @'
$items | ForEach-Object -ThrottleLimit 8 -Parallel {
    $form = $_.mimeType -like 'video/*' ? 'dv' : 'd'
    Invoke-WebRequest "$($_.baseUrl)=$form" -OutFile (Join-Path $using:folder $_.filename)
}
'@, $after -join "`n"

function Invoke-Shell([string] $Script, [pscustomobject] $Place, [string] $Folder) {
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $child = Start-ChildShell $Script -ArgumentList $Place.Endpoint, $Place.Token, $Folder, $module -Environment @{ XDG_DATA_HOME = "$work/data" }
    $seconds, $grown = (Wait-ChildShell $child) -split ' '
    [pscustomobject]@{ Seconds = [double] $seconds; ProcessSeconds = $watch.Elapsed.TotalSeconds; GrownMiB = [double] $grown }
}

function Invoke-Program([string] $Path, [string[]] $ArgumentList, [hashtable] $Environment = @{}) {
    $start = [System.Diagnostics.ProcessStartInfo]::new($Path, $ArgumentList)
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $process = [System.Diagnostics.Process]::Start($start)
    if (-not $process.WaitForExit(600000)) {
        $process.Kill()
        throw "$Path was not done after 600 s."
    }
    if ($process.ExitCode -ne 0) { throw "$Path ended with $($process.ExitCode)." }
    [pscustomobject]@{ Seconds = $watch.Elapsed.TotalSeconds; ProcessSeconds = $watch.Elapsed.TotalSeconds; GrownMiB = $null }
}

function Invoke-Rclone([pscustomobject] $Place, [string] $Folder) {
    $arguments = '--config', $Place.RcloneConfiguration, '--ca-cert', $Place.Authority, '--transfers', $lanes, '--log-level', 'ERROR', 'copy', 'emu:media/all', $Folder
    Invoke-Program rclone $arguments -Environment @{ HTTPS_PROXY = $Place.Proxy }
}

function Invoke-Curl([pscustomobject] $Place, [string] $Folder) {
    Get-ServedAddress $Place.Endpoint $Place.Token |
        ForEach-Object { "url = `"$($_.Address)`"", "output = `"$Folder/$($_.FileName)`"" } | Set-Content "$work/curl.conf"
    $null = Invoke-Admin $Place.Endpoint stats -Method Delete
    Invoke-Program curl '--no-progress-meter', '--fail', '--create-dirs', '--parallel', '--parallel-max', $lanes, '--config', "$work/curl.conf"
}

# As GPhotos does, the bytes are on the disk before it counts as done.
function Invoke-FlushedCurl([pscustomobject] $Place, [string] $Folder) {
    $watch = [System.Diagnostics.Stopwatch]::new()
    $one = Invoke-Curl $Place $Folder
    $watch.Start()
    sync --file-system $Folder
    $seconds = $one.Seconds + $watch.Elapsed.TotalSeconds
    [pscustomobject]@{ Seconds = $seconds; ProcessSeconds = $seconds; GrownMiB = $null }
}

# In this order each round: the second runs have the folders of the first.
$programs = @(
    @{ Name = 'GPhotos'; Folder = 'ours'; Run = { param($place, $folder) Invoke-Shell $ours $place $folder } }
    @{ Name = 'GPhotos again'; Folder = 'ours'; Run = { param($place, $folder) Invoke-Shell $ours $place $folder } }
    @{ Name = 'GPhotos, shell in use'; Folder = 'used'; Run = { param($place, $folder) Invoke-Shell $warm $place $folder } }
    @{ Name = 'rclone'; Folder = 'rclone'; Run = { param($place, $folder) Invoke-Rclone $place $folder } }
    @{ Name = 'rclone again'; Folder = 'rclone'; Run = { param($place, $folder) Invoke-Rclone $place $folder } }
    @{ Name = 'script -Parallel 8'; Folder = 'parallel'; Run = { param($place, $folder) Invoke-Shell $parallel $place $folder } }
    @{ Name = 'plain script'; Folder = 'plain'; Run = { param($place, $folder) Invoke-Shell $plain $place $folder } }
    @{ Name = 'curl, 8 parallel'; Folder = 'curl'; Run = { param($place, $folder) Invoke-Curl $place $folder } }
    @{ Name = 'curl, then sync'; Folder = 'flushed'; Run = { param($place, $folder) Invoke-FlushedCurl $place $folder } }
) | Where-Object {
    $tool = $_.Name -replace '\W.*'
    $isThere = $tool -notin 'rclone', 'curl' -or (Get-Command $tool -CommandType Application -ErrorAction Ignore)
    if (-not $isThere) { Write-Warning "$tool is not installed, so '$($_.Name)' is left out." }
    $isThere
}

function Get-Median([double[]] $Value) { ($Value | Sort-Object)[[int] [math]::Floor($Value.Count / 2)] }

function Measure-Case([string] $Name, [string] $Source, [int] $Latency) {
    $authority = "$work/authority.pem"
    $emulator = Start-EmulatorProcess -ArgumentList '--latency', $Latency, '--seed-from', $Source, '--grant-legacy-scopes', '--proxy', $authority
    try {
        $proxy = $emulator.Process.StandardOutput.ReadLine() -replace '^proxy on '
        $scopes = 'photoslibrary.readonly', 'photoslibrary.appendonly', 'photoslibrary.edit.appcreateddata', 'photoslibrary.readonly.appcreateddata'
        $tokens = Invoke-Admin $emulator.Endpoint tokens -Method Post -Body @{ scopes = $scopes }
        $token = @{ access_token = $tokens.access_token; token_type = 'Bearer'; refresh_token = $tokens.refresh_token; expiry = '2099-01-01T00:00:00Z' }
        @(
            '[emu]', 'type = google photos', 'client_id = emulator-client', 'client_secret = emulator-secret'
            "auth_url = $($emulator.Endpoint)o/oauth2/v2/auth", "token_url = $($emulator.Endpoint)token"
            "token = $($token | ConvertTo-Json -Compress)"
        ) | Set-Content "$work/rclone.conf"
        $place = [pscustomobject]@{
            Endpoint = $emulator.Endpoint; Token = $tokens.access_token; Proxy = $proxy; Authority = $authority; RcloneConfiguration = "$work/rclone.conf"
        }
        $served = (Get-ServedHash $place.Endpoint $place.Token).Values | Sort-Object
        $bytes = (Get-ChildItem $Source | Measure-Object Length -Sum).Sum

        # The first round warms the disk's cache, the emulator and the machine.
        $measured = foreach ($round in 0..$Run) {
            foreach ($program in $programs) {
                $null = Invoke-Admin $place.Endpoint stats -Method Delete
                $folder = "$work/$Name/$round/$($program.Folder)"
                # Room for large files only: ext4 passes over what was deleted within minutes, which makes new files dear to whoever comes next.
                if ($bytes -gt 500MB) { Get-ChildItem "$work/$Name" -Directory -Recurse -Depth 1 -ErrorAction Ignore | Where-Object { $_.Name -in $programs.Folder -and $_.FullName -ne $folder } | Remove-Item -Recurse -Force }
                # What the one before wrote is not to be waited for by this one.
                if ($IsLinux) { sync }
                $one = & $program.Run $place $folder
                $statistics = Invoke-Admin $place.Endpoint stats
                $saved = Get-SavedFile $folder | Get-FileHash | ForEach-Object Hash | Sort-Object
                if (($saved -join ' ') -ne ($served -join ' ')) { throw "$($program.Name) did not save what is served." }
                if ($round -eq 0) { continue }
                $one | Select-Object *, @{ n = 'Program'; e = { $program.Name } }, @{ n = 'LibraryCalls'; e = { $statistics.libraryCalls } },
                    @{ n = 'MediaRequests'; e = { (Get-Count $statistics.calls media.get) + (Get-Count $statistics.calls media.head) } }
            }
        }
    }
    finally { Stop-EmulatorProcess $emulator }

    # What the latency alone costs 8 lanes and a listing whose pages come one after the other.
    $floor = $Latency / 1000 * ([math]::Ceiling(@($served).Count / $lanes) + [math]::Ceiling(@($served).Count / 100))
    $runs = $measured | Group-Object Program -AsHashTable -AsString
    foreach ($program in $programs) {
        $mine = @($runs[$program.Name])
        $seconds = Get-Median $mine.Seconds
        # Round by round, since the machine's speed drifts.
        $ratios = @(for ($i = 0; $i -lt $Run; $i++) { $mine[$i].Seconds / $runs['GPhotos'][$i].Seconds })
        [pscustomobject]@{
            Case           = $Name
            Program        = $program.Name
            Seconds        = [math]::Round($seconds, 2)
            Fastest        = [math]::Round(($mine.Seconds | Measure-Object -Minimum).Minimum, 2)
            Slowest        = [math]::Round(($mine.Seconds | Measure-Object -Maximum).Maximum, 2)
            ProcessSeconds = [math]::Round((Get-Median $mine.ProcessSeconds), 2)
            TimesGPhotos   = [math]::Round((Get-Median $ratios), 2)
            FloorSeconds   = $Latency ? [math]::Round($floor, 2) : $null
            MBPerSecond    = $program.Name -like '*again' ? $null : [math]::Round($bytes / 1e6 / $seconds, 0)
            GrownMiB       = $null -eq $mine[0].GrownMiB ? $null : [math]::Round(($mine.GrownMiB | Measure-Object -Maximum).Maximum, 1)
            LibraryCalls   = $mine[0].LibraryCalls
            MediaRequests  = $mine[0].MediaRequests
        }
    }
}

try {
    $null = New-SamplePicture "$work/pictures" -Count $Item -Length $Length -Seed $Seed
    foreach ($latency in $LatencyMilliseconds) { Measure-Case "$Item x $($Length / 1000) KB, $latency ms" "$work/pictures" $latency }
    if ($Video) {
        $null = New-Item "$work/videos" -ItemType Directory
        foreach ($i in 1..$Video) { New-SampleVideo ("$work/videos/{0:000}.mp4" -f $i) -Length ($VideoMegabyte * 1000L * 1000) -Seed ($Seed + $i) }
        Measure-Case "$Video x $VideoMegabyte MB, 0 ms" "$work/videos" 0
    }
}
finally {
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}
