#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession
}

AfterAll {
    Stop-TestEmulator
}

Describe 'New-GPhotoAlbum' {
    BeforeEach { Reset-CallCount }
    AfterEach { Clear-Fault }

    It 'makes an album and gives it' {
        $album = New-GPhotoAlbum 'Trip – 夕焼け'

        $album | Should -BeOfType ([GPhotos.Album])
        $album.Title | Should -BeExactly 'Trip – 夕焼け'
        $album.MediaItemsCount | Should -Be 0
        $album.IsWriteable | Should -BeTrue
        (Get-GPhotoAlbum -Id $album.Id).Title | Should -BeExactly 'Trip – 夕焼け'
    }

    It 'makes nothing with -WhatIf' {
        New-GPhotoAlbum none -WhatIf | Should -BeNullOrEmpty
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'makes one for each title from the pipeline, in order' {
        $albums = 'one', 'two', 'three' | New-GPhotoAlbum
        $albums.Title | Should -Be 'one', 'two', 'three'
        ([pscustomobject]@{ Title = 'by property' } | New-GPhotoAlbum).Title | Should -Be 'by property'
        Get-CallCount albums.create | Should -Be 4
    }

    It 'takes 500 characters, and refuses 501 without a call while the others are made' {
        $long = 'x' * 501
        $problems = $null
        $albums = New-GPhotoAlbum ('y' * 500), $long, 'after' -ErrorAction SilentlyContinue -ErrorVariable problems

        $albums.Title | Should -Be ('y' * 500), 'after'
        Assert-GPhotosError $problems -Id InvalidRequest -Category InvalidArgument -Target $long
        "$problems" | Should -Match '501'
        Get-CallCount albums.create | Should -Be 2
    }

    It 'refuses an empty title' {
        { New-GPhotoAlbum '' } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'makes one album and no twin when the answer was lost' {
        Add-Fault @{ path = '/v1/albums'; method = 'POST'; applyThenFail = $true }
        $album = New-GPhotoAlbum 'lost answer'

        $album.Title | Should -Be 'lost answer'
        @(Get-GPhotoAlbum 'lost answer').Count | Should -Be 1
    }

    It 'fails with ScopeMissing before any call when the sign-in may not append' {
        $null = Connect-TestSession -Scope photoslibrary.readonly.appcreateddata
        Reset-CallCount
        $record = Get-ErrorOf { New-GPhotoAlbum x }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id ScopeMissing -Category PermissionDenied -Target photoslibrary.appendonly
        $record.ErrorDetails.RecommendedAction | Should -Match 'photoslibrary.appendonly'
        Get-CallCount albums.create | Should -Be 0
    }

    It 'fails with QuotaExceeded and says when to go on' {
        Add-Fault @{ path = '/v1/albums'; quota = 'daily' }
        $record = Get-ErrorOf { New-GPhotoAlbum x }

        Assert-GPhotosError $record -Id QuotaExceeded -Category LimitsExceeded -Target $null
        $record.ErrorDetails.RecommendedAction | Should -Match 'midnight Pacific'
        Get-CallCount albums.create | Should -Be 1 -Because 'the quota of the day is not waited for'
    }

    It 'ends in under a second on Ctrl+C while the call hangs' {
        Add-Fault @{ path = '/v1/albums'; hang = $true }
        $run = Use-Pipeline 'New-GPhotoAlbum Hanging'
        Wait-Until { Get-CallCount albums.create }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
        Clear-Fault
    }

    It 'fails with NotConnected when nobody is signed in' {
        Disconnect-GPhotos
        $record = Get-ErrorOf { New-GPhotoAlbum x }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id NotConnected -Category AuthenticationError -Target default
    }
}
