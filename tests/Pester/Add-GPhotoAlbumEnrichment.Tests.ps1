#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession
}

AfterAll {
    Stop-TestEmulator
}

Describe 'Add-GPhotoAlbumEnrichment' {
    BeforeEach {
        $album = New-GPhotoAlbum "Trip $([guid]::NewGuid().ToString('N').Substring(0, 8))"
        $ids = @(Add-TestItem @{ albumId = $album.Id; count = 2 })
        Reset-CallCount
    }

    AfterEach { Clear-Fault }

    It 'adds a text, and gives what Google will never list' {
        $text = Add-GPhotoAlbumEnrichment $album 'Day 1 – été'

        $text | Should -BeOfType ([GPhotos.AlbumEnrichment])
        $text.Id | Should -Not -BeNullOrEmpty
        $text.AlbumId | Should -Be $album.Id
        "$($text.Kind)" | Should -Be Text
        $text.Text | Should -BeExactly 'Day 1 – été'
        $text.Location | Should -BeNullOrEmpty
        Get-CallCount albums.addEnrichment | Should -Be 1
    }

    It 'adds a place' {
        $place = Add-GPhotoAlbumEnrichment -Album $album.Title -Location Nice -Latitude 43.7 -Longitude 7.25

        "$($place.Kind)" | Should -Be Location
        $place.Location.Name | Should -Be Nice
        $place.Location.Latitude | Should -Be 43.7
        $place.Location.Longitude | Should -Be 7.25
    }

    It 'adds a map with a way' {
        $way = @{
            Origin = 'Nice'; OriginLatitude = 43.7; OriginLongitude = 7.25
            Destination = 'Null Island'; DestinationLatitude = 0; DestinationLongitude = 0
        }
        $route = $album | Add-GPhotoAlbumEnrichment @way

        "$($route.Kind)" | Should -Be Route
        $route.Origin.Name | Should -Be Nice
        $route.Destination.Latitude | Should -Be 0
        "$($route.Destination)" | Should -Be 'Null Island (0, 0)'
    }

    It 'puts it first, after a media item, and after another one' {
        $first = Add-GPhotoAlbumEnrichment $album first -First
        $second = Add-GPhotoAlbumEnrichment $album second -AfterEnrichment $first
        $third = Add-GPhotoAlbumEnrichment $album third -AfterEnrichment $second.Id
        $item = Get-GPhotoMediaItem -Id $ids[0]

        ($third, (Add-GPhotoAlbumEnrichment $album x -AfterMediaItem $item), (Add-GPhotoAlbumEnrichment $album x -AfterMediaItem $ids[1])).Id |
            Sort-Object -Unique | Should -HaveCount 3
    }

    It 'refuses two places at once, without a call' {
        Assert-GPhotosError (Get-ErrorOf { Add-GPhotoAlbumEnrichment $album x -First -AfterMediaItem $ids[0] }) -Id InvalidRequest -Category InvalidArgument -Target $null
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'refuses a place that is not on the globe: <Latitude>, <Longitude>' -ForEach @(
        @{ Latitude = 90.1; Longitude = 0 }, @{ Latitude = -90.1; Longitude = 0 }, @{ Latitude = 0; Longitude = 180.1 }
        @{ Latitude = 0; Longitude = -180.1 }, @{ Latitude = [double]::NaN; Longitude = 0 }, @{ Latitude = 0; Longitude = [double]::NaN }
    ) {
        { Add-GPhotoAlbumEnrichment $album -Location x -Latitude $Latitude -Longitude $Longitude } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'reads degrees the same in every culture' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $place = Add-GPhotoAlbumEnrichment $album -Location Nice -Latitude '43.7' -Longitude 7.25
        }
        finally { [cultureinfo]::CurrentCulture = $before }

        "$($place.Location)" | Should -Be 'Nice (43.7, 7.25)'
    }

    It 'does not try again when the reply was lost, and says that it is not known' {
        Add-Fault @{ path = "/v1/albums/$($album.Id):addEnrichment"; applyThenFail = $true }
        $record = Get-ErrorOf { Add-GPhotoAlbumEnrichment $album x }

        Assert-GPhotosError $record -Id OutcomeUnknown -Category InvalidResult -Target $album.Id
        "$record" | Should -Match 'not known whether the text was added'
        $record.ErrorDetails.RecommendedAction | Should -Match 'photos.google.com'
        Get-CallCount albums.addEnrichment | Should -Be 1
    }

    It 'adds one to each album of the pipeline, and says which is not there' {
        $given = 'nowhere', $album.Title | Add-GPhotoAlbumEnrichment -Text x -ErrorAction SilentlyContinue -ErrorVariable problems

        Assert-GPhotosError $problems -Id AlbumNotFound -Category ObjectNotFound -Target nowhere
        $given.AlbumId | Should -Be $album.Id
    }

    It 'makes no call with -WhatIf' {
        Add-GPhotoAlbumEnrichment $album.Title x -WhatIf | Should -BeNullOrEmpty
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'shows itself in a table and a list, and again after a file' {
        $text = Add-GPhotoAlbumEnrichment $album "bell`a red`e[31m"
        $file = Join-Path $TestDrive enrichment.xml
        $text | Export-Clixml $file
        foreach ($one in $text, (Import-Clixml $file)) {
            $one | Out-String | Should -Match '(?s)Kind.*Content.*Text.*bell'
            $one | Format-List | Out-String | Should -Match '(?s)Kind.*AlbumId.*Id'
            foreach ($view in { $one | Format-Table }, { $one | Format-List }) { & $view | Out-String | Should -Not -Match "`a|`e\[31m" }
        }
        (Import-Clixml $file | Add-GPhotoAlbumEnrichment -Text again).AlbumId | Should -Be $album.Id
        (Add-GPhotoAlbumEnrichment $album after -AfterEnrichment (Import-Clixml $file)).AlbumId | Should -Be $album.Id
    }

    It 'needs one of two scopes' {
        $null = Connect-TestSession -Scope photoslibrary.readonly.appcreateddata
        $record = Get-ErrorOf { Add-GPhotoAlbumEnrichment $album x }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id ScopeMissing -Category PermissionDenied -Target photoslibrary.appendonly
        Get-CallCount albums.addEnrichment | Should -Be 0
    }

    It 'ends in under a second on Ctrl+C while the call hangs' {
        Add-Fault @{ path = "/v1/albums/$($album.Id):addEnrichment"; hang = $true }
        $run = Use-Pipeline 'Add-GPhotoAlbumEnrichment $album x' -Variable @{ album = $album }
        Wait-Until { Get-CallCount albums.addEnrichment }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
    }

    It 'fails with NotConnected when nobody is signed in' {
        Disconnect-GPhotos
        $record = Get-ErrorOf { Add-GPhotoAlbumEnrichment $album x }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id NotConnected -Category AuthenticationError -Target default
    }
}
