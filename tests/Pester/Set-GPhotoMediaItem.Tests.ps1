#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession
    function Get-Description([string[]] $of) { @((Get-GPhotoMediaItem -Id $of).Description) }
}

AfterAll {
    Stop-TestEmulator
}

Describe 'Set-GPhotoMediaItem' {
    BeforeEach {
        $ids = @(Add-TestItem @{ count = 3 })
        Reset-CallCount
    }

    AfterEach { Clear-Fault }

    It 'sets a description, and gives nothing' {
        Set-GPhotoMediaItem $ids[0] 'By the sea – 夕焼け' | Should -BeNullOrEmpty

        Get-Description $ids[0] | Should -BeExactly 'By the sea – 夕焼け'
        Get-CallCount mediaItems.patch | Should -Be 1
    }

    It 'clears it with an empty string' {
        Set-GPhotoMediaItem $ids[0] x
        Set-GPhotoMediaItem -Id $ids[0] -Description ''

        Get-Description $ids[0] | Should -BeNullOrEmpty
        Get-CallCount mediaItems.patch | Should -Be 2
    }

    It 'gives the media item with -PassThru' {
        $item = Set-GPhotoMediaItem $ids[0] x -PassThru

        $item | Should -BeOfType ([GPhotos.MediaItem])
        $item.Id | Should -Be $ids[0]
        $item.Description | Should -Be x
    }

    It 'takes ids and media items from the pipeline' {
        $ids[0, 1] | Set-GPhotoMediaItem -Description one
        Get-GPhotoMediaItem -Id $ids[2] | Set-GPhotoMediaItem -Description two

        Get-Description $ids | Should -Be one, one, two
    }

    It 'takes both from a file, where an empty field clears and a missing one is an error' {
        Set-GPhotoMediaItem $ids[1] 'old'
        $file = Join-Path $TestDrive descriptions.csv
        "Id,Description", "$($ids[0]),by the sea", "$($ids[1])," | Set-Content $file
        Import-Csv $file | Set-GPhotoMediaItem -ErrorAction Stop
        Get-Description $ids[0, 1] | Should -Be 'by the sea', $null

        Reset-CallCount
        $rows = [pscustomobject]@{ Id = $ids[0]; Description = 'again' }, [pscustomobject]@{ Id = $ids[1] }, [pscustomobject]@{ Id = $ids[2]; Description = 'last' }
        $rows | Set-GPhotoMediaItem -ErrorAction SilentlyContinue -ErrorVariable problems

        Assert-GPhotosError $problems -Id InvalidRequest -Category InvalidArgument -Target $ids[1]
        Get-CallCount mediaItems.patch | Should -Be 2
        Get-Description $ids | Should -Be 'again', $null, 'last'
    }

    It 'refuses to do nothing, without a call' {
        $record = Get-ErrorOf { Set-GPhotoMediaItem $ids[0] }

        Assert-GPhotosError $record -Id InvalidRequest -Category InvalidArgument -Target $ids[0]
        "$record" | Should -Match '-Description'
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'takes 999 characters, and refuses 1000 without a call' {
        Set-GPhotoMediaItem $ids[0] ('x' * 999) -ErrorAction Stop
        $record = Get-ErrorOf { Set-GPhotoMediaItem $ids[1] ('x' * 1000) }

        Assert-GPhotosError $record -Id InvalidRequest -Category InvalidArgument -Target $ids[1]
        Get-CallCount mediaItems.patch | Should -Be 1
    }

    It 'makes no call with -WhatIf' {
        $ids | Set-GPhotoMediaItem -Description x -PassThru -WhatIf | Should -BeNullOrEmpty
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'says which item is not there, and describes the others' {
        $done = $ids[0], 'no-such-item', $ids[1] | Set-GPhotoMediaItem -Description x -PassThru -ErrorAction SilentlyContinue -ErrorVariable problems

        Assert-GPhotosError $problems -Id MediaItemNotFound -Category ObjectNotFound -Target no-such-item
        $done.Id | Should -Be $ids[0, 1]
    }

    It 'refuses what names no media item, without a call' {
        $pending = [pscustomobject]@{ Id = $null; Description = 'x' }
        (Get-ErrorOf { $pending | Set-GPhotoMediaItem }).FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'repeats a call whose reply was lost' {
        Add-Fault @{ path = "/v1/mediaItems/$($ids[0])"; method = 'PATCH'; applyThenFail = $true }
        (Set-GPhotoMediaItem $ids[0] again -PassThru).Description | Should -Be again
    }

    It 'ends the run at a spent day' {
        Add-Fault @{ path = "/v1/mediaItems/$($ids[0])"; method = 'PATCH'; quota = 'daily' }
        Assert-GPhotosError (Get-ErrorOf { $ids | Set-GPhotoMediaItem -Description x }) -Id QuotaExceeded -Category LimitsExceeded -Target $null
        Get-CallCount mediaItems.patch | Should -Be 1
    }

    It 'fails with ScopeMissing before any call when the sign-in may not edit' {
        $null = Connect-TestSession -Scope photoslibrary.readonly.appcreateddata, photoslibrary.appendonly
        $record = Get-ErrorOf { Set-GPhotoMediaItem $ids[0] x }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id ScopeMissing -Category PermissionDenied -Target photoslibrary.edit.appcreateddata
        Get-CallCount mediaItems.patch | Should -Be 0
    }

    It 'ends in under a second on Ctrl+C while the call hangs' {
        Add-Fault @{ path = "/v1/mediaItems/$($ids[0])"; method = 'PATCH'; hang = $true }
        $run = Use-Pipeline 'Set-GPhotoMediaItem $id x' -Variable @{ id = $ids[0] }
        Wait-Until { Get-CallCount mediaItems.patch }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
    }

    It 'fails with NotConnected when nobody is signed in' {
        Disconnect-GPhotos
        $record = Get-ErrorOf { Set-GPhotoMediaItem $ids[0] x }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id NotConnected -Category AuthenticationError -Target default
    }
}
