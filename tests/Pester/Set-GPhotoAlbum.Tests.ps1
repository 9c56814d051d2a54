#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession
}

AfterAll {
    Stop-TestEmulator
}

Describe 'Set-GPhotoAlbum' {
    BeforeEach {
        $album = New-GPhotoAlbum "Trip $([guid]::NewGuid().ToString('N').Substring(0, 8))"
        $ids = @(Add-TestItem @{ albumId = $album.Id; count = 3 })
        Reset-CallCount
    }

    AfterEach { Clear-Fault }

    It 'changes the title, and gives nothing' {
        Set-GPhotoAlbum $album -Title 'Nice – été' | Should -BeNullOrEmpty

        (Get-GPhotoAlbum -AlbumId $album.Id).Title | Should -BeExactly 'Nice – été'
        Get-CallCount albums.patch | Should -Be 1
        Get-CallCount albums.list | Should -Be 0 -Because 'the object names the album'
    }

    It 'changes the cover, by id and by object, and leaves the title' {
        (Set-GPhotoAlbum $album -CoverMediaItem $ids[1] -PassThru).CoverPhotoMediaItemId | Should -Be $ids[1]
        $item = Get-GPhotoMediaItem -Id $ids[2]
        $changed = Set-GPhotoAlbum $album -CoverMediaItem $item -PassThru

        $changed | Should -BeOfType ([GPhotos.Album])
        $changed.CoverPhotoMediaItemId | Should -Be $ids[2]
        $changed.Title | Should -BeExactly $album.Title
    }

    It 'changes both in one call' {
        $changed = Set-GPhotoAlbum $album -Title both -CoverMediaItem $ids[1] -PassThru

        $changed.Title | Should -Be both
        $changed.CoverPhotoMediaItemId | Should -Be $ids[1]
        Get-CallCount albums.patch | Should -Be 1
    }

    It 'finds the album by its title and by its id' {
        Set-GPhotoAlbum $album.Title -Title "$($album.Title) 2"
        Set-GPhotoAlbum -Album $album.Id -Title "$($album.Title) 3"

        (Get-GPhotoAlbum -AlbumId $album.Id).Title | Should -BeExactly "$($album.Title) 3"
    }

    It 'takes albums from the pipeline: <_>' -ForEach 'objects', 'titles', 'a file', 'AlbumId' {
        $other = New-GPhotoAlbum "Other $([guid]::NewGuid())"
        $both = $album, $other
        $changed = switch ($_) {
            'objects' { $both | Set-GPhotoAlbum -Title new -PassThru }
            'titles' { $both.Title | Set-GPhotoAlbum -Title new -PassThru }
            'a file' { $both | Select-Object Title, Id | ConvertTo-Csv | ConvertFrom-Csv | Set-GPhotoAlbum -Title new -PassThru }
            'AlbumId' { $both | ForEach-Object { [pscustomobject]@{ Id = 'a media item'; AlbumId = $_.Id } } | Set-GPhotoAlbum -Title new -PassThru }
        }

        $changed.Id | Should -Be $both.Id
        $changed.Title | Should -Be 'new', 'new'
    }

    It 'does not take the title of the album that is piped for the new one' {
        ($album | Set-GPhotoAlbum -CoverMediaItem $ids[1] -PassThru).CoverPhotoMediaItemId | Should -Be $ids[1]
        $record = Get-ErrorOf { $album | Set-GPhotoAlbum }

        Assert-GPhotosError $record -Id InvalidRequest -Category InvalidArgument -Target $null
        "$record" | Should -Match '-Title.*-CoverMediaItem'
        Get-CallCount albums.patch | Should -Be 1
    }

    It 'makes no call with -WhatIf' {
        Set-GPhotoAlbum $album.Title -Title new -CoverMediaItem $ids[0] -WhatIf | Should -BeNullOrEmpty
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'refuses 501 characters without a patch' {
        Assert-GPhotosError (Get-ErrorOf { Set-GPhotoAlbum $album -Title ('x' * 501) }) -Id InvalidRequest -Category InvalidArgument -Target $album.Id
        Get-CallCount albums.patch | Should -Be 0
    }

    It 'says which album is not there, and changes the others' {
        $changed = 'nowhere', $album.Title | Set-GPhotoAlbum -Title after -PassThru -ErrorAction SilentlyContinue -ErrorVariable problems

        Assert-GPhotosError $problems -Id AlbumNotFound -Category ObjectNotFound -Target nowhere
        $changed.Id | Should -Be $album.Id
    }

    It 'says so when the cover is no media item' {
        Get-ErrorOf { Set-GPhotoAlbum $album -CoverMediaItem 'no-such-item' } | Should -HaveCount 1
        Assert-GPhotosError (Get-ErrorOf { Set-GPhotoAlbum $album -CoverMediaItem $album }) -Id InvalidRequest -Category InvalidArgument -Target $album.Id
    }

    It 'repeats a call whose reply was lost' {
        Add-Fault @{ path = "/v1/albums/$($album.Id)"; method = 'PATCH'; applyThenFail = $true }
        (Set-GPhotoAlbum $album -Title again -PassThru).Title | Should -Be again
    }

    It 'fails with ScopeMissing before any call when the sign-in may not edit' {
        $null = Connect-TestSession -Scope photoslibrary.readonly.appcreateddata, photoslibrary.appendonly
        $record = Get-ErrorOf { Set-GPhotoAlbum $album -Title x }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id ScopeMissing -Category PermissionDenied -Target photoslibrary.edit.appcreateddata
        Get-CallCount albums.patch | Should -Be 0
    }

    It 'completes titles' {
        $line = "Set-GPhotoAlbum $($album.Title.Substring(0, 3))"
        (TabExpansion2 $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Contain "'$($album.Title)'"
    }

    It 'ends in under a second on Ctrl+C while the call hangs' {
        Add-Fault @{ path = "/v1/albums/$($album.Id)"; method = 'PATCH'; hang = $true }
        $run = Use-Pipeline 'Set-GPhotoAlbum $album -Title x' -Variable @{ album = $album }
        Wait-Until { Get-CallCount albums.patch }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
    }

    It 'fails with NotConnected when nobody is signed in' {
        Disconnect-GPhotos
        $record = Get-ErrorOf { Set-GPhotoAlbum $album -Title x }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id NotConnected -Category AuthenticationError -Target default
    }
}
