#Requires -Version 7.6
<#
.SYNOPSIS
    The whole journey, against the emulator: sign in, find a day, save it, make an album, send files, list it again.
.DESCRIPTION
    ./build.sh demo builds everything and runs this. No account is needed and nothing leaves the machine. Every step checks what it
    shows; a step that goes wrong ends the demo with exit code 1.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot ../tools/EmulatorProcess.psm1)
Import-Module (Join-Path $PSScriptRoot ../output/GPhotos)

$photos = Join-Path $PSScriptRoot photos
$work = Join-Path $PSScriptRoot ../output/demo
Remove-Item $work -Recurse -Force -ErrorAction Ignore
$work = (New-Item $work -ItemType Directory).FullName
$saved = Join-Path $work Pictures

# Shows a command as it would be typed, then what it prints, as PowerShell prints it. Gives its objects.
function Show-Step([string] $Command, [scriptblock] $Run) {
    Write-Host "`nPS> $Command" -ForegroundColor Cyan
    $objects = @(& $Run)
    $objects | Out-Host
    $objects
}

function Assert-Step([bool] $Condition, [string] $Claim) {
    if (-not $Condition) { throw "The demo failed: $Claim." }
    Write-Host "    checked: $Claim" -ForegroundColor Green
}

$kept = @{ GPHOTOS_ENDPOINT = $env:GPHOTOS_ENDPOINT; XDG_DATA_HOME = $env:XDG_DATA_HOME }
$emulator = Start-EmulatorProcess -ArgumentList '--seed-from', $photos
try {
    $env:GPHOTOS_ENDPOINT = $emulator.Endpoint
    $env:XDG_DATA_HOME = Join-Path $work profiles
    $client = Join-Path $work client_secret.json
    Invoke-WebRequest "$($emulator.Endpoint)emulator/client_secret.json" -OutFile $client
    Write-Host "A Google Photos of our own runs on $($emulator.Endpoint), with the pictures of samples/photos in it."

    # The real sign-in: a listener on loopback, PKCE, state, the consent page. Only the hand that presses Allow is a script's.
    $context = Show-Step 'Connect-GPhotos -ClientSecretPath ./client_secret.json -NoBrowser' {
        Connect-GPhotos -ClientSecretPath $client -ProfileName demo -NoBrowser 6>&1 | ForEach-Object {
            if ($_ -is [System.Management.Automation.InformationRecord]) {
                $page = [regex]::Match("$_", 'http\S+').Value
                Write-Host "    (a script opens $($page -replace '\?.*', '?…') and presses Allow)"
                Approve-ConsentPage $page
            }
            else { $_ }
        }
    }
    Assert-Step ($context.Scopes.Count -eq 3) 'all three scopes were granted'

    $items = Show-Step 'Get-GPhotoMediaItem -Date 2017-10-05' {
        Get-GPhotoMediaItem -Date 2017-10-05
    }
    Assert-Step ($items.Count -eq 7) 'seven items were taken on 2017-10-05'

    $results = Show-Step 'Get-GPhotoMediaItem -Date 2017-10-05 | Save-GPhotoMediaItem -Destination ./Pictures' {
        Get-GPhotoMediaItem -Date 2017-10-05 | Save-GPhotoMediaItem -Destination $saved
    }
    $null = Show-Step 'Get-ChildItem ./Pictures' { Get-ChildItem $saved }
    Assert-Step ($results.Count -eq 7 -and -not ($results.Status -ne 'Saved')) 'all seven were saved, the two IMG_0001.jpg under two names'
    foreach ($result in $results) {
        $file = Get-Item $result.FullName
        $same = (Get-FileHash $file).Hash -eq $result.Sha256 -and $file.LastWriteTimeUtc -eq $result.MediaItem.CreationTime.UtcDateTime
        if (-not $same) { throw "The demo failed: $($result.FullName) has other bytes or another time than it should." }
    }
    Assert-Step $true 'each file has the bytes that were received and the time the picture was taken'
    $clip = $results | Where-Object FullName -Like '*.mp4'
    Assert-Step ((Get-FileHash $clip.FullName).Hash -eq (Get-FileHash (Join-Path $photos clip.mp4)).Hash) 'the video arrived byte for byte'

    $album = Show-Step "New-GPhotoAlbum 'A day in October'" { New-GPhotoAlbum 'A day in October' }

    $sent = Show-Step "Get-ChildItem ./photos -File -Recurse -Include *.jpg, *.mp4 | Send-GPhotoMediaItem -Album 'A day in October'" {
        Get-ChildItem $photos -File -Recurse -Include *.jpg, *.mp4 | Send-GPhotoMediaItem -Album 'A day in October'
    }
    Assert-Step ($sent.Count -eq 15 -and -not ($sent.Status -ne 'Created')) 'fifteen files were sent, each with a media item id of its own'

    $album = Show-Step "Get-GPhotoAlbum 'A day*'" { Get-GPhotoAlbum 'A day*' }
    $listed = Show-Step "Get-GPhotoMediaItem -Album 'A day in October'" {
        Get-GPhotoMediaItem -Album 'A day in October'
    }
    Assert-Step ($album.MediaItemsCount -eq 15 -and -not (Compare-Object $listed.Id $sent.Id -SyncWindow 0)) 'the album holds them in the order they were sent'

    $again = Show-Step 'Get-GPhotoMediaItem -Date 2017-10-05 | Save-GPhotoMediaItem -Destination ./Pictures    # again' {
        Get-GPhotoMediaItem -Date 2017-10-05 | Save-GPhotoMediaItem -Destination $saved
    }
    Assert-Step (-not ($again.Status -ne 'AlreadySaved')) 'a second run downloads nothing'

    $calls = (Invoke-RestMethod "$($emulator.Endpoint)emulator/stats").libraryCalls
    Write-Host "`nThe journey cost $calls of the 10,000 calls that Google grants a day."
}
finally {
    if (Get-GPhotosContext -ErrorAction Ignore) { Disconnect-GPhotos }
    Stop-EmulatorProcess $emulator
    foreach ($name in $kept.Keys) { Set-Item "env:$name" $kept[$name] }
}
