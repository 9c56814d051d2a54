#Requires -Version 7.6
<#
.SYNOPSIS
    Kills Send-GPhotoMediaItem (SIGKILL) at random moments, runs it again each time, and looks at what is in the album in the end.
.DESCRIPTION
    Every run is a child process with the same journal. First one undisturbed run into an emulator of its own tells what it costs; then the
    killed ones. Throws when a file is missing, stands twice or out of order, or when the calls are more than the undisturbed
    run's, 5 percent, and what the kills wasted.
#>
[CmdletBinding()]
param(
    [ValidateRange(50, 100000)] [int] $File = 2000,
    [ValidateRange(1, 1000)] [int] $Kill = 25,
    [ValidateRange(0, 1000)] [int] $LatencyMilliseconds = 20,
    [int] $Seed = (Get-Random)
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1), (Join-Path $PSScriptRoot SampleMedia.psm1)
$module = (Resolve-Path (Join-Path $PSScriptRoot ../../output/GPhotos)).Path
$shell = (Get-Process -Id $PID).Path
$work = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-killed-$([guid]::NewGuid().ToString('N'))"
$lanes = 8
$random = [System.Random]::new($Seed)
Write-Verbose "Seed $Seed"

# Says 'go' when it begins, so that no kill falls on the start of the shell.
$send = @'
$endpoint, $token, $module, $folder = $args
Import-Module $module
$null = Connect-GPhotos -Endpoint $endpoint -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force)
[Console]::Out.WriteLine('go'); [Console]::Out.Flush()
$result = Get-ChildItem $folder | Send-GPhotoMediaItem -Album Killed -ErrorAction Stop
($result | Group-Object Status | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" }) -join ', '
'@

function Start-Sending([string] $Endpoint, [string] $Token, [string] $Data) {
    $start = [System.Diagnostics.ProcessStartInfo]::new($shell, [string[]] @(
            '-NoProfile', '-NonInteractive', '-Command', "& { $send } '$Endpoint' '$Token' '$module' '$work/pictures'"))
    $start.Environment['XDG_DATA_HOME'] = $Data
    # The pace is another matter, and would make this take minutes.
    $start.Environment['GPHOTOS_WRITES_PER_MINUTE'] = '0'
    $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    if ($process.StandardOutput.ReadLine() -ne 'go') { throw 'The child did not begin.' }
    $process
}

function Get-Token([uri] $Endpoint) {
    (Invoke-RestMethod "${Endpoint}emulator/tokens" -Method Post -Body '{}' -ContentType application/json).access_token
}

function Get-CallCount([uri] $Endpoint) { (Invoke-RestMethod "${Endpoint}emulator/stats").total }

try {
    $paths = New-SamplePicture "$work/pictures" -Count $File
    $hashes = $paths | ForEach-Object { (Get-FileHash $_).Hash.ToLowerInvariant() }

    $emulator = Start-EmulatorProcess -ArgumentList '--latency', $LatencyMilliseconds
    try {
        $child = Start-Sending $emulator.Endpoint (Get-Token $emulator.Endpoint) "$work/undisturbed"
        $null = $child.StandardOutput.ReadToEnd()
        $child.WaitForExit()
        $undisturbed = Get-CallCount $emulator.Endpoint
    }
    finally { Stop-EmulatorProcess $emulator }

    $emulator = Start-EmulatorProcess -ArgumentList '--latency', $LatencyMilliseconds
    try {
        $token = Get-Token $emulator.Endpoint
        $killed = 0
        while ($killed -lt $Kill) {
            $child = Start-Sending $emulator.Endpoint $token "$work/killed"
            # Somewhere in its share of the work, and then some milliseconds more: a moment nobody chose.
            $until = (Get-CallCount $emulator.Endpoint) + $random.NextDouble() * 2 * $undisturbed / ($Kill + 2)
            while (-not $child.HasExited -and (Get-CallCount $emulator.Endpoint) -lt $until) { Start-Sleep -Milliseconds 5 }
            Start-Sleep -Milliseconds ($random.NextDouble() * 2 * $LatencyMilliseconds)
            if ($child.HasExited) { throw "All was sent after $killed kills: give more files." }
            # SIGKILL: no handler runs, nothing is flushed.
            $child.Kill()
            $child.WaitForExit()
            $killed++
            Write-Verbose "Kill ${killed}: $((Invoke-RestMethod "$($emulator.Endpoint)emulator/items").Count) media items"
        }

        $child = Start-Sending $emulator.Endpoint $token "$work/killed"
        $last = $child.StandardOutput.ReadToEnd().Trim()
        $child.WaitForExit()
        if ($child.ExitCode -ne 0) { throw "The last run ended with $($child.ExitCode): $last" }

        $statistics = Invoke-RestMethod "$($emulator.Endpoint)emulator/stats"
        $items = @(Invoke-RestMethod "$($emulator.Endpoint)emulator/items" | ForEach-Object { $_ })
        $albums = @(Invoke-RestMethod "$($emulator.Endpoint)emulator/albums" | ForEach-Object { $_ })
        $inAlbum = @(Invoke-RestMethod "$($emulator.Endpoint)emulator/albums/$($albums[0].id)/items" | ForEach-Object { $_ })
    }
    finally { Stop-EmulatorProcess $emulator }

    $calls = $statistics.calls
    $extraUploads = $calls.uploads - $File
    $extraBatches = $calls.'mediaItems.batchCreate' - [math]::Ceiling($File / 50)
    # A batch whose answer died with its process costs two more calls (refused tokens, new ones) and its bytes once more; each kill an upload
    # in each lane at most, and each rerun the look for the album and at the token.
    $lostBatches = [math]::Ceiling($extraBatches / 2)
    $wasted = $lostBatches * 52 + $Kill * ($lanes + 2)
    $result = [pscustomobject]@{
        Files            = $File
        Kills            = $Kill
        Albums           = $albums.Count
        MediaItems       = $items.Count
        InAlbum          = $inAlbum.Count
        EachOnceInOrder  = ($inAlbum.sha256 -join ' ') -eq ($hashes -join ' ')
        UndisturbedCalls = $undisturbed
        Calls            = $statistics.total
        ExtraUploads     = $extraUploads
        LostBatches      = $lostBatches
        WastedByKills    = $wasted
        ExtraAlbumCalls  = $calls.'albums.list' - 1
        LastRun          = $last
        Seed             = $Seed
    }
    $result
    if (-not $result.EachOnceInOrder -or $items.Count -ne $File -or $albums.Count -ne 1) { throw 'Files are missing, stand twice, or out of order.' }
    if ($statistics.total -gt $undisturbed * 1.05 + $wasted) { throw "More calls than the kills can have wasted: $($statistics.total)." }
}
finally {
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}
