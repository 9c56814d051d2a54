#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession
    $all = @(Add-TestItem @{ count = 120 })
    function Get-AlbumContent([GPhotos.Album] $of) { @((Get-GPhotoMediaItem -Album $of).Id) }
}

AfterAll {
    Stop-TestEmulator
}

Describe 'Add-GPhotoAlbumItem' {
    BeforeEach {
        $album = New-GPhotoAlbum "Trip $([guid]::NewGuid().ToString('N').Substring(0, 8))"
        Reset-CallCount
    }

    AfterEach { Clear-Fault }

    It 'adds fifty a call, in the order of the input, and gives nothing' {
        $all | Add-GPhotoAlbumItem $album | Should -BeNullOrEmpty

        Get-CallCount albums.batchAddMediaItems | Should -Be 3
        Get-AlbumContent $album | Should -Be $all
    }

    It 'takes ids as an argument, media items by value, and any object with an Id' {
        Add-GPhotoAlbumItem -Album $album.Title -Id $all[3], $all[1]
        Get-GPhotoMediaItem -Id $all[2] | Add-GPhotoAlbumItem $album
        [pscustomobject]@{ Id = $all[0] } | Add-GPhotoAlbumItem $album
        Get-GPhotoMediaItem -Id $all[5] | Select-Object Id, FileName | ConvertTo-Csv | ConvertFrom-Csv | Add-GPhotoAlbumItem $album
        Add-GPhotoAlbumItem $album (Get-GPhotoMediaItem -Id $all[6])

        Get-AlbumContent $album | Should -Be $all[3, 1, 2, 0, 5, 6]
    }

    It 'takes what was sent and what was saved' {
        $file = New-TestPicture (Join-Path $TestDrive "$([guid]::NewGuid()).jpg")
        $sent = $file | Send-GPhotoMediaItem
        $sent | Add-GPhotoAlbumItem $album
        $saved = Get-GPhotoMediaItem -Id $all[7] | Save-GPhotoMediaItem (Join-Path $TestDrive saved)
        $saved | Add-GPhotoAlbumItem $album

        Get-AlbumContent $album | Should -Be $sent.Id, $all[7]
    }

    It 'gives with -PassThru each input that was added, as it was given' {
        $items = Get-GPhotoMediaItem -Id $all[0, 1]
        $row = [pscustomobject]@{ Id = $all[2]; Note = 'mine' }
        $given = @(@($items) + $row + $all[3] | Add-GPhotoAlbumItem $album -PassThru)

        $given.Count | Should -Be 4
        $given[0] | Should -Be $items[0]
        $given[0] | Should -BeOfType ([GPhotos.MediaItem])
        $given[2].Note | Should -Be mine
        $given[3] | Should -BeOfType ([string])
        $given[3] | Should -Be $all[3]
    }

    It 'sends an id that stands twice once, without an error' {
        $given = @($all[0..59] + $all[0..59] | Add-GPhotoAlbumItem $album -PassThru -ErrorAction Stop)

        $given | Should -Be $all[0..59]
        Get-AlbumContent $album | Should -Be $all[0..59]
        Get-CallCount albums.batchAddMediaItems | Should -Be 2
    }

    It 'names the one id that Google refuses, and adds the others in order' {
        $ids = @($all[0..20]) + 'no-such-item' + @($all[21..40])
        $given = @($ids | Add-GPhotoAlbumItem $album -PassThru -ErrorAction SilentlyContinue -ErrorVariable problems)

        Assert-GPhotosError $problems -Id MediaItemNotFound -Category ObjectNotFound -Target no-such-item
        $given | Should -Be $all[0..40]
        Get-AlbumContent $album | Should -Be $all[0..40]
        Get-CallCount albums.batchAddMediaItems | Should -BeLessThan 14
    }

    It 'names every id that Google refuses' {
        'bad-1', $all[0], 'bad-2', $all[1], 'bad-3' | Add-GPhotoAlbumItem $album -ErrorAction SilentlyContinue -ErrorVariable problems

        $problems.TargetObject | Should -Be 'bad-1', 'bad-2', 'bad-3'
        Get-AlbumContent $album | Should -Be $all[0, 1]
    }

    It 'refuses what names no media item, without a call' {
        $pending = [pscustomobject]@{ Id = $null; FullName = 'not-sent.jpg' }
        $problems = @(Get-ErrorOf { $pending, $album | Add-GPhotoAlbumItem $album })

        $problems.Count | Should -Be 2
        $problems | ForEach-Object { $_.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*' }
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'makes no call with -WhatIf' {
        $all | Add-GPhotoAlbumItem $album.Title -WhatIf -PassThru | Should -BeNullOrEmpty
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'makes no call when nothing comes' {
        @() | Add-GPhotoAlbumItem $album.Title
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'ends with AlbumNotFound when no album has the title' {
        Assert-GPhotosError (Get-ErrorOf { $all | Add-GPhotoAlbumItem nowhere }) -Id AlbumNotFound -Category ObjectNotFound -Target nowhere
        Get-CallCount albums.batchAddMediaItems | Should -Be 0
    }

    It 'ends with NotCreatedByThisApp, once and after one call, when the album is another app''s' {
        Add-Fault @{
            path = "/v1/albums/$($album.Id):batchAddMediaItems"; status = 400; count = -1
            body = @{ error = @{ code = 400; message = 'No permission to add media items to this album.'; status = 'INVALID_ARGUMENT' } }
        }
        $record = Get-ErrorOf { $all | Add-GPhotoAlbumItem $album }

        Assert-GPhotosError $record -Id NotCreatedByThisApp -Category PermissionDenied -Target $album.Id
        Get-CallCount albums.batchAddMediaItems | Should -Be 1
    }

    It 'tells a full album once, in Google''s words, and halves nothing' {
        Add-Fault @{
            path = "/v1/albums/$($album.Id):batchAddMediaItems"; status = 400; count = -1
            body = @{ error = @{ code = 400; message = 'The album is full, says Google.'; status = 'INVALID_ARGUMENT' } }
        }
        $problems = @(Get-ErrorOf { $all[0..2] | Add-GPhotoAlbumItem $album })

        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'AlbumFull,*'
        "$($problems[0])" | Should -Match 'The album is full, says Google'
        Get-CallCount albums.batchAddMediaItems | Should -Be 1
    }

    It 'stops at a spent day, and what was added before came out' {
        Add-Fault @{ path = "/v1/albums/$($album.Id):batchAddMediaItems"; quota = 'daily'; after = 1 }
        $given = [System.Collections.Generic.List[string]]::new()
        $record = Get-ErrorOf { $all | Add-GPhotoAlbumItem $album -PassThru | ForEach-Object { $given.Add($_) } }

        Assert-GPhotosError $record -Id QuotaExceeded -Category LimitsExceeded -Target $null
        $given | Should -Be $all[0..49]
        Get-AlbumContent $album | Should -Be $all[0..49]
    }

    It 'adds once when the reply was lost' {
        Add-Fault @{ path = "/v1/albums/$($album.Id):batchAddMediaItems"; applyThenFail = $true }
        $all[0..4] | Add-GPhotoAlbumItem $album -ErrorAction Stop

        Get-AlbumContent $album | Should -Be $all[0..4]
        Get-CallCount albums.batchAddMediaItems | Should -Be 1
    }

    It 'says that it is not known when the reply was lost and the album cannot be looked at' {
        Add-Fault @{ path = "/v1/albums/$($album.Id):batchAddMediaItems"; applyThenFail = $true }
        Add-Fault @{ path = '/v1/mediaItems:search'; status = 403; count = 1 }
        $record = Get-ErrorOf { Add-GPhotoAlbumItem $album $all[0] }

        Assert-GPhotosError $record -Id OutcomeUnknown -Category InvalidResult -Target $all[0]
        $record.ErrorDetails.RecommendedAction | Should -Match 'photos.google.com'
    }

    It 'needs one of two scopes' {
        $null = Connect-TestSession -Scope photoslibrary.appendonly
        Add-GPhotoAlbumItem $album $all[0] -ErrorAction Stop
        $null = Connect-TestSession -Scope photoslibrary.readonly.appcreateddata
        $record = Get-ErrorOf { Add-GPhotoAlbumItem $album $all[1] }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id ScopeMissing -Category PermissionDenied -Target photoslibrary.appendonly
        Get-AlbumContent $album | Should -Be $all[0]
    }

    It 'completes titles' {
        $line = 'Add-GPhotoAlbumItem -Album Trip'
        (TabExpansion2 $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Contain "'$($album.Title)'"
    }

    It 'ends in under a second on Ctrl+C while the call hangs' {
        Add-Fault @{ path = "/v1/albums/$($album.Id):batchAddMediaItems"; hang = $true }
        $run = Use-Pipeline 'Add-GPhotoAlbumItem $album $ids' -Variable @{ album = $album; ids = $all }
        Wait-Until { Get-CallCount albums.batchAddMediaItems }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
    }

    It 'fails with NotConnected when nobody is signed in' {
        Disconnect-GPhotos
        $record = Get-ErrorOf { Add-GPhotoAlbumItem $album $all[0] }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id NotConnected -Category AuthenticationError -Target default
    }
}
