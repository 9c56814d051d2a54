#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession
    function Get-AlbumContent([GPhotos.Album] $of) { @((Get-GPhotoMediaItem -Album $of).Id) }
}

AfterAll {
    Stop-TestEmulator
}

Describe 'Remove-GPhotoAlbumItem' {
    BeforeEach {
        $album = New-GPhotoAlbum "Trip $([guid]::NewGuid().ToString('N').Substring(0, 8))"
        $null = Add-TestItem @{ albumId = $album.Id; count = 70 }
        $all = Get-AlbumContent $album
        Reset-CallCount
    }

    AfterEach { Clear-Fault }

    It 'takes items out of the album and leaves them in the library' {
        $all[0..59] | Remove-GPhotoAlbumItem $album | Should -BeNullOrEmpty

        Get-CallCount albums.batchRemoveMediaItems | Should -Be 2
        Get-AlbumContent $album | Should -Be $all[60..69]
        @(Get-GPhotoMediaItem -Id $all[0..49] -ErrorAction Stop).Count | Should -Be 50
    }

    It 'empties an album' {
        Get-GPhotoMediaItem -Album $album | Remove-GPhotoAlbumItem $album -ErrorAction Stop
        Get-GPhotoMediaItem -Album $album | Should -BeNullOrEmpty
    }

    It 'gives with -PassThru each input that was taken out' {
        $items = Get-GPhotoMediaItem -Id $all[1, 0]
        ($items | Remove-GPhotoAlbumItem $album -PassThru) | Should -Be $items
    }

    It 'sends an id that stands twice once, without an error' {
        $all[0], $all[1], $all[0] | Remove-GPhotoAlbumItem $album -ErrorAction Stop
        Get-CallCount albums.batchRemoveMediaItems | Should -Be 1
    }

    It 'names the one that is not in the album, and takes the others out' {
        $elsewhere = Add-TestItem @{}
        @($all[0..20]) + $elsewhere + @($all[21..40]) | Remove-GPhotoAlbumItem $album -ErrorAction SilentlyContinue -ErrorVariable problems

        Assert-GPhotosError $problems -Id MediaItemNotFound -Category ObjectNotFound -Target $elsewhere
        "$problems" | Should -Match 'not in the album'
        Get-AlbumContent $album | Should -Be $all[41..69]
    }

    It 'is no error when the reply was lost' {
        Add-Fault @{ path = "/v1/albums/$($album.Id):batchRemoveMediaItems"; applyThenFail = $true }
        $all[0..4] | Remove-GPhotoAlbumItem $album -ErrorAction Stop

        Get-AlbumContent $album | Should -Be $all[5..69]
        Get-CallCount albums.batchRemoveMediaItems | Should -Be 1
    }

    It 'makes no call with -WhatIf, and is asked about with a lower ConfirmPreference only' {
        $all | Remove-GPhotoAlbumItem $album.Title -WhatIf | Should -BeNullOrEmpty
        (Invoke-Emulator stats).total | Should -Be 0
        $impact = (Get-Command Remove-GPhotoAlbumItem).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $true).ConfirmImpact
        "$impact" | Should -Be Medium
    }

    It 'ends with AlbumNotFound when the album is gone, after one call' {
        Add-Fault @{
            path = "/v1/albums/$($album.Id):batchRemoveMediaItems"; status = 404; count = -1
            body = @{ error = @{ code = 404; message = 'The provided ID does not match any albums'; status = 'NOT_FOUND' } }
        }
        Assert-GPhotosError (Get-ErrorOf { $all | Remove-GPhotoAlbumItem $album }) -Id AlbumNotFound -Category ObjectNotFound -Target $album.Id
        Get-CallCount albums.batchRemoveMediaItems | Should -Be 1
    }

    It 'needs the scope to edit, and spends no call to find out' {
        $null = Connect-TestSession -Scope photoslibrary.readonly.appcreateddata, photoslibrary.appendonly
        $record = Get-ErrorOf { Remove-GPhotoAlbumItem $album $all[0] }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id ScopeMissing -Category PermissionDenied -Target photoslibrary.edit.appcreateddata
        Get-CallCount albums.batchRemoveMediaItems | Should -Be 0
    }

    It 'ends in under a second on Ctrl+C while the call hangs' {
        Add-Fault @{ path = "/v1/albums/$($album.Id):batchRemoveMediaItems"; hang = $true }
        $run = Use-Pipeline 'Remove-GPhotoAlbumItem $album $ids' -Variable @{ album = $album; ids = $all }
        Wait-Until { Get-CallCount albums.batchRemoveMediaItems }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
    }

    It 'fails with NotConnected when nobody is signed in' {
        Disconnect-GPhotos
        $record = Get-ErrorOf { Remove-GPhotoAlbumItem $album $all[0] }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id NotConnected -Category AuthenticationError -Target default
    }
}
