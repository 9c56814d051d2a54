#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
}

Describe 'Get-GPhotoMediaItem: what it finds' {
    BeforeAll {
        $endpoint = (Start-TestEmulator).Endpoint
        $null = Connect-TestSession
        $trip = New-GPhotoAlbum Trip
        $twin = New-GPhotoAlbum Twin
        $null = New-GPhotoAlbum Twin
        $ids = @{}
        foreach ($item in @(
                @{ fileName = 'day1.jpg'; creationTime = '2017-10-05T12:00:00Z'; albumId = $trip.Id; categories = @('PETS') }
                @{ fileName = 'day2.jpg'; creationTime = '2017-10-06T12:00:00Z'; albumId = $trip.Id; favorite = $true; categories = @('PETS', 'FOOD'); description = 'Lunch' }
                @{ fileName = 'month.jpg'; creationTime = '2017-11-20T12:00:00Z'; width = 4000; height = 3000 }
                @{ fileName = 'year.jpg'; creationTime = '2018-10-05T12:00:00Z'; albumId = $twin.Id }
                @{ fileName = 'clip.mp4'; creationTime = '2019-01-01T12:00:00Z'; mimeType = 'video/mp4' }
                @{ fileName = 'hidden.jpg'; creationTime = '2020-02-29T12:00:00Z'; archived = $true }
            )) {
            $ids[$item.fileName] = Add-TestItem $item
        }

        function Names { $input | ForEach-Object FileName | Sort-Object }
    }

    AfterAll { Stop-TestEmulator }
    BeforeEach { Reset-CallCount }
    AfterEach { Clear-Fault }

    It 'lists all but what is archived' {
        $items = Get-GPhotoMediaItem

        $items | Should -BeOfType ([GPhotos.MediaItem])
        $items | Names | Should -Be 'clip.mp4', 'day1.jpg', 'day2.jpg', 'month.jpg', 'year.jpg'
        Get-CallCount mediaItems.list | Should -Be 1
    }

    It 'fills the properties' {
        $item = Get-GPhotoMediaItem -Id $ids['day2.jpg']
        $item.FileName | Should -Be day2.jpg
        $item.Description | Should -Be Lunch
        $item.MimeType | Should -Be image/jpeg
        $item.MediaType | Should -Be Photo
        $item.CreationTime | Should -Be ([DateTimeOffset]'2017-10-06T12:00:00Z')
        $item.ProductUrl | Should -Not -BeNullOrEmpty
        "$item" | Should -Be day2.jpg

        $photo = Get-GPhotoMediaItem -Id $ids['month.jpg']
        $photo.Width, $photo.Height | Should -Be 4000, 3000
        (Get-GPhotoMediaItem -Id $ids['clip.mp4']).MediaType | Should -Be Video
        (Get-GPhotoMediaItem -Id $ids['clip.mp4']).VideoStatus | Should -Be Ready
    }

    It 'searches <Parameters.Keys> <Parameters.Values>' -ForEach @(
        @{ Parameters = @{ Date = '2017-10-05' }; Expected = @('day1.jpg') }
        @{ Parameters = @{ Date = '2017-10' }; Expected = @('day1.jpg', 'day2.jpg') }
        @{ Parameters = @{ Date = '2017' }; Expected = @('day1.jpg', 'day2.jpg', 'month.jpg') }
        @{ Parameters = @{ Date = 2017 }; Expected = @('day1.jpg', 'day2.jpg', 'month.jpg') }
        @{ Parameters = @{ Date = '*-10-05' }; Expected = @('day1.jpg', 'year.jpg') }
        @{ Parameters = @{ Date = [datetime]'2017-10-05T23:59' }; Expected = @('day1.jpg') }
        @{ Parameters = @{ Date = [DateOnly]::new(2018, 10, 5) }; Expected = @('year.jpg') }
        @{ Parameters = @{ Date = [DateTimeOffset]'2018-10-05T01:00+09:00' }; Expected = @('year.jpg') }
        @{ Parameters = @{ Date = '2017-10-06', [datetime]'2018-10-05' }; Expected = @('day2.jpg', 'year.jpg') }
        @{ Parameters = @{ StartDate = '2017-10-06'; EndDate = '2017-11-20' }; Expected = @('day2.jpg', 'month.jpg') }
        @{ Parameters = @{ StartDate = '2018-10-05' }; Expected = @('clip.mp4', 'year.jpg') }
        @{ Parameters = @{ EndDate = '2017-10-05' }; Expected = @('day1.jpg') }
        @{ Parameters = @{ StartDate = '2018' }; Expected = @('clip.mp4', 'year.jpg') }
        @{ Parameters = @{ StartDate = '2017-11' }; Expected = @('clip.mp4', 'month.jpg', 'year.jpg') }
        @{ Parameters = @{ EndDate = '2017-10' }; Expected = @('day1.jpg', 'day2.jpg') }
        @{ Parameters = @{ StartDate = '2017'; EndDate = '2018' }; Expected = @('day1.jpg', 'day2.jpg', 'month.jpg', 'year.jpg') }
        @{ Parameters = @{ Date = '2019-01-01'; StartDate = '2017-11-01'; EndDate = '2017-11-30' }; Expected = @('clip.mp4', 'month.jpg') }
        @{ Parameters = @{ Category = 'Pets' }; Expected = @('day1.jpg', 'day2.jpg') }
        @{ Parameters = @{ Category = 'Pets'; ExcludeCategory = 'Food' }; Expected = @('day1.jpg') }
        @{ Parameters = @{ MediaType = 'Video' }; Expected = @('clip.mp4') }
        @{ Parameters = @{ MediaType = 'Photo'; Date = '2017', '2019' }; Expected = @('day1.jpg', 'day2.jpg', 'month.jpg') }
        @{ Parameters = @{ Favorite = $true }; Expected = @('day2.jpg') }
        @{ Parameters = @{ IncludeArchived = $true; Date = '2020-02-29' }; Expected = @('hidden.jpg') }
        @{ Parameters = @{ Date = '*-02-29' }; Expected = @() }
        @{ Parameters = @{ IncludeArchived = $true }; Expected = @('clip.mp4', 'day1.jpg', 'day2.jpg', 'hidden.jpg', 'month.jpg', 'year.jpg') }
    ) {
        @(Get-GPhotoMediaItem @Parameters -WarningAction Ignore | Names) | Should -Be $Expected
        (Get-CallCount mediaItems.search) + (Get-CallCount mediaItems.list) | Should -Be 1
    }

    It 'orders a listing by date oldest first, and newest first with -Descending' {
        (Get-GPhotoMediaItem -Date 2017).FileName | Should -Be day1.jpg, day2.jpg, month.jpg
        (Get-GPhotoMediaItem -Date 2017 -Descending).FileName | Should -Be month.jpg, day2.jpg, day1.jpg
    }

    It 'takes the date unquoted, as the first argument' {
        (Get-GPhotoMediaItem 2017-10-05).FileName | Should -Be day1.jpg
        (Get-GPhotoMediaItem *-10-06).FileName | Should -Be day2.jpg
    }

    It 'refuses -Date <Date> with a word on why' -ForEach @(
        @{ Date = '2017-13-40'; Says = 'no month 13' }
        @{ Date = '2017-02-29'; Says = 'no day 29' }
        @{ Date = '2017-*-05'; Says = 'Google knows' }
        @{ Date = 'yesterday'; Says = "'yesterday' is not a" }
        @{ Date = '10/05/2017'; Says = '2017-10-05' }
        @{ Date = '*'; Says = 'Google knows' }
        @{ Date = ''; Says = 'not a date' }
        @{ Date = '20171005'; Says = 'not a year' }
        @{ Date = 20171005; Says = 'no year 20171005' }
        @{ Date = '0'; Says = 'not a year' }
        @{ Date = '2017-10-05-01'; Says = 'three parts' }
    ) {
        $record = Get-ErrorOf { Get-GPhotoMediaItem -Date $Date }

        $record.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,GPhotos.PowerShell.Cmdlets.*'
        $record.CategoryInfo.Category | Should -Be InvalidData
        "$record" | Should -Match $Says
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'reads and shows dates the same under <_>' -ForEach 'en-US', 'de-DE', 'ar-SA', 'th-TH' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            (Get-GPhotoMediaItem -Date 2017-10-05).FileName | Should -Be day1.jpg
            (Get-GPhotoMediaItem -Date ([datetime]::new(2017, 10, 5, [System.Globalization.GregorianCalendar]::new()))).FileName | Should -Be day1.jpg
            "$([GPhotos.PhotoDate]::Parse('2017-10-05'))" | Should -BeExactly '2017-10-05'
            Get-GPhotoMediaItem -Date 2017-10-05 | Out-String -Width 80 | Should -Match '2017-10-05 12:00:00'
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'refuses what Google would refuse, before a call: <Says>' -ForEach @(
        @{ Parameters = @{ StartDate = '2017-10-05'; EndDate = '2018' }; Says = 'differ' }
        @{ Parameters = @{ Category = 'Pets'; ExcludeCategory = 'Pets' }; Says = 'Pets is both' }
    ) {
        $record = Get-ErrorOf { Get-GPhotoMediaItem @Parameters }

        Assert-GPhotosError $record -Id InvalidRequest -Category InvalidArgument -Target $null
        "$record" | Should -Match $Says
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'refuses six dates, eleven categories, and an unknown category' {
        { Get-GPhotoMediaItem -Date (2010..2015) } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Get-GPhotoMediaItem -Category ([enum]::GetValues([GPhotos.ContentCategory])[0..10]) } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Get-GPhotoMediaItem -Category Dragons } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
    }

    Context 'by album' {
        It 'takes <Name>' -ForEach @(
            @{ Name = 'a title'; Of = { 'Trip' } }
            @{ Name = 'a title in another case'; Of = { 'TRIP' } }
            @{ Name = 'an id'; Of = { $trip.Id } }
            @{ Name = 'an album'; Of = { $trip } }
            @{ Name = 'a deserialized album'; Of = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($trip)) } }
        ) {
            (Get-GPhotoMediaItem -Album (& $Of)).FileName | Should -Be day1.jpg, day2.jpg
        }

        It 'takes albums from the pipeline, also deserialized ones' {
            (Get-GPhotoAlbum Trip | Get-GPhotoMediaItem).FileName | Should -Be day1.jpg, day2.jpg
            ($trip, $twin | Get-GPhotoMediaItem).FileName | Should -Be day1.jpg, day2.jpg, year.jpg

            $file = Join-Path $TestDrive album.xml
            $trip | Export-Clixml $file
            (Import-Clixml $file | Get-GPhotoMediaItem).FileName | Should -Be day1.jpg, day2.jpg
        }

        It 'counts -First and -Skip over all albums of the pipeline' {
            ($trip, $twin | Get-GPhotoMediaItem -First 1).FileName | Should -Be day1.jpg
            ($trip, $twin, $trip | Get-GPhotoMediaItem -First 3).FileName | Should -Be day1.jpg, day2.jpg, year.jpg
            ($trip, $trip | Get-GPhotoMediaItem -First 3).FileName | Should -Be day1.jpg, day2.jpg, day1.jpg
            ($trip, $twin | Get-GPhotoMediaItem -Skip 1).FileName | Should -Be day2.jpg, year.jpg
            ($trip, $twin | Get-GPhotoMediaItem -Skip 2 -First 5).FileName | Should -Be year.jpg
        }

        It 'says that several albums have the title, and which' {
            $record = Get-ErrorOf { Get-GPhotoMediaItem -Album twin }

            Assert-GPhotosError $record -Id AlbumTitleAmbiguous -Category InvalidArgument -Target twin
            foreach ($album in Get-GPhotoAlbum Twin) { $record.ErrorDetails.RecommendedAction | Should -Match $album.Id }
        }

        It 'says that no album has the title' {
            $record = Get-ErrorOf { Get-GPhotoMediaItem -Album nowhere }
            Assert-GPhotosError $record -Id AlbumNotFound -Category ObjectNotFound -Target nowhere
        }

        It 'goes on with the other albums of the pipeline when one is gone' {
            $gone = [GPhotos.Album]@{ Id = 'gone'; Title = 'Gone' }
            $items = $trip, $gone, $twin | Get-GPhotoMediaItem -ErrorAction SilentlyContinue -ErrorVariable problems

            Assert-GPhotosError $problems -Id AlbumNotFound -Category ObjectNotFound -Target gone
            $items.FileName | Should -Be day1.jpg, day2.jpg, year.jpg
        }

        It 'reads unquoted titles that look like numbers as they are written' {
            $null = New-GPhotoAlbum 007
            $null = Get-GPhotoMediaItem -Album 007 -ErrorAction Stop
            Assert-GPhotosError (Get-ErrorOf { Get-GPhotoMediaItem -Album 1e3 }) -Id AlbumNotFound -Category ObjectNotFound -Target '1e3'
        }
    }

    Context 'by id' {
        It 'takes ids from <Name>' -ForEach @(
            @{ Name = 'arguments'; Do = { Get-GPhotoMediaItem -Id $ids['day1.jpg'], $ids['year.jpg'] } }
            @{ Name = 'strings'; Do = { $ids['day1.jpg'], $ids['year.jpg'] | Get-GPhotoMediaItem } }
            @{ Name = 'properties'; Do = { [pscustomobject]@{ Id = $ids['day1.jpg'] }, [pscustomobject]@{ Id = $ids['year.jpg'] } | Get-GPhotoMediaItem } }
            @{ Name = 'Select-Object'; Do = { Get-GPhotoMediaItem | Where-Object FileName -In day1.jpg, year.jpg | Sort-Object CreationTime | Select-Object Id, FileName | Get-GPhotoMediaItem } }
        ) {
            (& $Do).FileName | Should -Be day1.jpg, year.jpg
            Get-CallCount mediaItems.batchGet | Should -Be 1
        }

        It 'goes through a CSV file and a CLIXML file' {
            $csv, $xml = (Join-Path $TestDrive items.csv), (Join-Path $TestDrive items.xml)
            $items = Get-GPhotoMediaItem -Date 2017
            $items | Export-Csv $csv
            $items | Export-Clixml $xml

            (Import-Csv $csv | Get-GPhotoMediaItem).FileName | Should -Be $items.FileName
            (Import-Clixml $xml | Get-GPhotoMediaItem).FileName | Should -Be $items.FileName
            ($items | Get-GPhotoMediaItem).FileName | Should -Be $items.FileName
        }

        It 'says which id is unknown, and gives the others in their order' {
            $items = $ids['day1.jpg'], 'unknown', $ids['year.jpg'] | Get-GPhotoMediaItem -ErrorAction SilentlyContinue -ErrorVariable problems

            $items.FileName | Should -Be day1.jpg, year.jpg
            Assert-GPhotosError $problems -Id MediaItemNotFound -Category ObjectNotFound -Target unknown
        }

        It 'gives an id twice that is asked for twice' {
            (Get-GPhotoMediaItem -Id $ids['day1.jpg'], $ids['day1.jpg']).FileName | Should -Be day1.jpg, day1.jpg
        }

        It 'honours -First and -Skip' {
            (Get-GPhotoMediaItem -Id $ids['day1.jpg'], $ids['day2.jpg'], $ids['year.jpg'] -First 2).FileName | Should -Be day1.jpg, day2.jpg
            ($ids['day1.jpg'], $ids['day2.jpg'], $ids['year.jpg'] | Get-GPhotoMediaItem -Skip 1 -First 1).FileName | Should -Be day2.jpg
            ($ids['day1.jpg'], $ids['day2.jpg'], $ids['year.jpg'] | Get-GPhotoMediaItem -Skip 1).FileName | Should -Be day2.jpg, year.jpg
        }
    }

    Context 'views' {
        It 'shows a table, a list and a wide view within 80 columns: <Name>' -ForEach @(
            @{ Name = 'live'; Of = { $args[0] } }
            @{ Name = 'deserialized'; Of = { $args[0] | Export-Clixml "$TestDrive/view.xml"; Import-Clixml "$TestDrive/view.xml" } }
        ) {
            $items = & $Of (Get-GPhotoMediaItem)
            $table = ($items | Out-String -Width 80).Trim() -split '\r?\n'
            $table[0] | Should -Match '^Created \(UTC\)\s+Type\s+Size\s+FileName$'
            $table | Where-Object { $_ -match '^2017-11-20 12:00:00\s+Photo\s+4000x3000\s+month\.jpg$' } | Should -HaveCount 1
            ($table | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80

            $list = $items | Format-List | Out-String -Width 80
            $list | Should -Match '(?m)^Description\s+: Lunch'
            $list | Should -Match '(?m)^Id\s+: '
            ($list -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80

            $wide = $items | Format-Wide | Out-String -Width 80
            $wide | Should -Match '(?m)^clip\.mp4 +year\.jpg\s*$'
        }

        It 'shows no base URL, whatever way one looks' {
            $item = Get-GPhotoMediaItem -Id $ids['day1.jpg']
            $everything = @(
                $item | Format-List * -Force | Out-String -Width 2000
                $item | ConvertTo-Json -Depth 4
                $item | ConvertTo-Csv
                [System.Management.Automation.PSSerializer]::Serialize($item, 5)
                $item | Get-Member -Force | Out-String -Width 500
            ) -join "`n"
            $everything | Should -Not -Match "${endpoint}lr/|baseUrl"
        }
    }

    Context 'errors' {
        It 'fails with ScopeMissing and spends no call when it may not read' {
            $null = Connect-TestSession -Scope photoslibrary.appendonly
            Reset-CallCount
            $record = Get-ErrorOf { Get-GPhotoMediaItem }
            $null = Connect-TestSession

            Assert-GPhotosError $record -Id ScopeMissing -Category PermissionDenied -Target photoslibrary.readonly.appcreateddata
            $record.ErrorDetails.RecommendedAction | Should -Match 'photoslibrary\.readonly\.appcreateddata'
            Get-CallCount mediaItems.list | Should -Be 0
        }

        It 'fails with NotConnected when nobody is signed in' {
            Disconnect-GPhotos
            $record = Get-ErrorOf { Get-GPhotoMediaItem }
            $null = Connect-TestSession

            Assert-GPhotosError $record -Id NotConnected -Category AuthenticationError -Target default
        }

        It 'maps <Name> to <Id>' -ForEach @(
            @{ Name = 'the daily quota'; Fault = @{ quota = 'daily' }; Id = 'QuotaExceeded'; Category = 'LimitsExceeded' }
            @{ Name = 'a disabled API'; Fault = @{ status = 403; body = @{ error = @{ code = 403; status = 'PERMISSION_DENIED'; message = 'Photos Library API has not been used in project 1 before or it is disabled. Enable it by visiting https://console.example/enable then retry.' } } }; Id = 'ApiDisabled'; Category = 'PermissionDenied' }
            @{ Name = 'a switched-off account'; Fault = @{ status = 403; body = @{ error = @{ code = 403; status = 'PERMISSION_DENIED'; message = 'Google Photos is disabled for the user' } } }; Id = 'PermissionDenied'; Category = 'PermissionDenied' }
            @{ Name = 'garbage'; Fault = @{ status = 200; body = '<html>' }; Id = 'UnexpectedResponse'; Category = 'InvalidResult' }
            @{ Name = 'a teapot'; Fault = @{ status = 418 }; Id = 'UnexpectedResponse'; Category = 'InvalidResult' }
            @{ Name = 'a redirect'; Fault = @{ status = 302; headers = @{ Location = 'http://example.com/' } }; Id = 'UnexpectedResponse'; Category = 'InvalidResult' }
        ) {
            Add-Fault (@{ path = '/v1/mediaItems'; count = 9 } + $Fault)
            $record = Get-ErrorOf { Get-GPhotoMediaItem }

            Assert-GPhotosError $record -Id $Id -Category $Category -Target $null
            Get-CallCount mediaItems.list | Should -Be 1 -Because 'repeating cannot better it'
            if ($Id -eq 'ApiDisabled') { $record.ErrorDetails.RecommendedAction | Should -Match 'https://console\.example/enable' }
        }

        It 'maps a rate limit that does not pass to RateLimited' {
            Add-Fault @{ path = '/v1/mediaItems'; count = 99; quota = 'perMinute'; headers = @{ 'Retry-After' = '0' } }
            Assert-GPhotosError (Get-ErrorOf { Get-GPhotoMediaItem }) -Id RateLimited -Category LimitsExceeded -Target $null
        }

        It 'maps a server error that does not pass to ServiceUnavailable' {
            Add-Fault @{ path = '/v1/mediaItems'; count = 99; status = 503; headers = @{ 'Retry-After' = '0' } }
            Assert-GPhotosError (Get-ErrorOf { Get-GPhotoMediaItem }) -Id ServiceUnavailable -Category ResourceUnavailable -Target $null
        }

        It 'keeps what it found when a later page fails' {
            $null = Add-TestItem @{ count = 150; creationTime = '2001-01-01T00:00:00Z' }
            Add-Fault @{ path = '/v1/mediaItems:search'; after = 1; quota = 'daily' }
            $found = [System.Collections.Generic.List[object]]::new()
            $record = Get-ErrorOf { Get-GPhotoMediaItem -Date 2001 | ForEach-Object { $found.Add($_) } }

            $found.Count | Should -Be 100
            Assert-GPhotosError $record -Id QuotaExceeded -Category LimitsExceeded -Target $null
        }
    }

    Context 'retries' {
        It 'tells of a repeat in the verbose stream, and goes on' {
            Add-Fault @{ path = '/v1/mediaItems'; status = 503; headers = @{ 'Retry-After' = '0' } }
            $output = @(Get-GPhotoMediaItem -First 1 -Verbose 4>&1)

            $output.Count | Should -Be 2
            $output[0] | Should -BeOfType ([System.Management.Automation.VerboseRecord])
            "$($output[0])" | Should -Match 'mediaItems\.list.*503.*trying again in 0 s \(try 2\)'
        }

        It 'warns of a long wait, and ends in under a second on Ctrl+C in the middle of it' {
            Add-Fault @{ path = '/v1/mediaItems'; quota = 'perMinute' }
            $run = Use-Pipeline 'Get-GPhotoMediaItem'
            Wait-Until { $run.Shell.Streams.Warning.Count -gt 0 }

            "$($run.Shell.Streams.Warning[0])" | Should -Match '429.*trying again in [3-4]\d s'
            (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
            Wait-Quiet
        }
    }
}

Describe 'Get-GPhotoMediaItem in a library of 10,000' {
    BeforeAll {
        $null = Start-TestEmulator -ArgumentList '--items', '10000'
        $null = Connect-TestSession
    }

    AfterAll { Stop-TestEmulator }
    BeforeEach { Reset-CallCount }
    AfterEach { Clear-Fault }

    It 'lists them all in 100 calls, each once' {
        $ids = (Get-GPhotoMediaItem).Id

        $ids.Count | Should -Be 10000
        [System.Collections.Generic.HashSet[string]]::new([string[]]$ids).Count | Should -Be 10000
        Get-CallCount mediaItems.list | Should -Be 100
    }

    It 'gives the first object before the second page is there' {
        Add-Fault @{ path = '/v1/mediaItems'; after = 1; count = -1; hang = $true }
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        @(Get-GPhotoMediaItem | Select-Object -First 1).Count | Should -Be 1

        $clock.Elapsed.TotalSeconds | Should -BeLessThan 2
        Get-CallCount mediaItems.list | Should -BeLessOrEqual 2
        Wait-Quiet
    }

    It 'gives the whole first page while the second one hangs' {
        Add-Fault @{ path = '/v1/mediaItems'; after = 1; count = -1; hang = $true }
        $run = Use-Pipeline 'Get-GPhotoMediaItem'
        Wait-Until { $run.Output.Count -eq 100 }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
        Wait-Quiet
    }

    It 'leaves nothing running behind Select-Object -First 1, and has cost two calls at most' {
        @(Get-GPhotoMediaItem | Select-Object -First 1).Count | Should -Be 1

        Get-CallCount mediaItems.list | Should -BeLessOrEqual 2
        Wait-Quiet
        $calls = Get-CallCount mediaItems.list
        [System.Threading.Thread]::Sleep(200)
        Get-CallCount mediaItems.list | Should -Be $calls
    }

    It 'leaves nothing running behind a throw downstream' {
        { Get-GPhotoMediaItem | ForEach-Object { throw 'downstream' } } | Should -Throw 'downstream'

        Get-CallCount mediaItems.list | Should -BeLessOrEqual 2
        Wait-Quiet
    }

    It 'leaves nothing running behind a break downstream' {
        foreach ($once in 1) { Get-GPhotoMediaItem | ForEach-Object { break } }

        Get-CallCount mediaItems.list | Should -BeLessOrEqual 2
        Wait-Quiet
    }

    It 'pages with -First and -Skip' {
        $all = (Get-GPhotoMediaItem -First 260).Id
        $all.Count | Should -Be 260
        (Get-GPhotoMediaItem -Skip 150 -First 100).Id | Should -Be $all[150..249]
        @(Get-GPhotoMediaItem -Skip 9999).Count | Should -Be 1
        @(Get-GPhotoMediaItem -Skip 10000 -WarningAction Stop).Count | Should -Be 0 -Because 'a library that was skipped is not empty'
    }

    It 'asks for no more pages than -First needs, and none for -First 0' {
        @(Get-GPhotoMediaItem -First 100).Count | Should -Be 100
        Get-CallCount mediaItems.list | Should -Be 1
        @(Get-GPhotoMediaItem -First 0).Count | Should -Be 0
        Get-CallCount mediaItems.list | Should -Be 1
    }

    It 'says with -IncludeTotalCount that the total is not known, before the items' {
        $output = @(Get-GPhotoMediaItem -First 1 -IncludeTotalCount)

        $output.Count | Should -Be 2
        $output[0].ToString() | Should -Match 'Unknown'
        $output[0].Accuracy | Should -Be 0
        $output[1] | Should -BeOfType ([GPhotos.MediaItem])
    }

    It 'gets 120 items by id in three calls, whether they come by argument or by pipeline' {
        $ids = (Get-GPhotoMediaItem -First 120).Id
        Reset-CallCount
        ($ids | Get-GPhotoMediaItem).Id | Should -Be $ids
        Get-CallCount mediaItems.batchGet | Should -Be 3
        (Get-GPhotoMediaItem -Id $ids).Id | Should -Be $ids
        Get-CallCount mediaItems.batchGet | Should -Be 6
    }

    It 'gives the first of 120 ids before all are read' {
        $ids = (Get-GPhotoMediaItem -First 120).Id
        Reset-CallCount
        @($ids | Get-GPhotoMediaItem | Select-Object -First 1).Count | Should -Be 1
        Get-CallCount mediaItems.batchGet | Should -Be 1
    }

    It 'ends in under a second on Ctrl+C while a page hangs' {
        Add-Fault @{ path = '/v1/mediaItems'; hang = $true }
        $run = Use-Pipeline 'Get-GPhotoMediaItem'
        Wait-Until { Get-CallCount mediaItems.list }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
        Wait-Quiet
    }

    It 'ends in under a second on Ctrl+C while the pipeline downstream is busy' {
        $run = Use-Pipeline 'Get-GPhotoMediaItem | ForEach-Object { $_; Start-Sleep -Milliseconds 50 }'
        Wait-Until { $run.Output.Count -gt 2 }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
        Wait-Quiet
    }

    It 'carries the second call through a broken connection and a cut body' {
        Add-Fault @{ path = '/v1/mediaItems'; after = 1; cutAfterBytes = 500 }
        (Get-GPhotoMediaItem -First 150).Id | Sort-Object -Unique | Should -HaveCount 150
        Get-CallCount mediaItems.list | Should -Be 3
    }
}

Describe 'Get-GPhotoMediaItem where Google is odd' {
    BeforeAll {
        $null = Start-TestEmulator -ArgumentList '--items', '250', '--empty-pages', '--trailing-page-token', '--repeat-at-page-seams'
        $null = Connect-TestSession
    }

    AfterAll { Stop-TestEmulator }

    It 'gives each item once across empty pages, a token after the end, and repeats at the seams' {
        $ids = (Get-GPhotoMediaItem).Id
        $ids.Count | Should -Be 250
        @($ids | Sort-Object -Unique).Count | Should -Be 250
    }
}

Describe 'Get-GPhotoMediaItem in an empty library' {
    BeforeAll { $null = Start-TestEmulator }
    AfterAll { Stop-TestEmulator }

    It 'says once why there is nothing, and what to do' {
        # In a process of its own: the word is said once a process.
        $token = (Invoke-Emulator tokens -Method Post -Body @{}).access_token
        $lines = @(Invoke-ChildShell -ArgumentList $token -Script @'
$null = Connect-GPhotos -AccessToken (ConvertTo-SecureString $Arguments[0] -AsPlainText -Force)
$searched = @(Get-GPhotoMediaItem -Date 2017 3>&1)
$none = @(Get-GPhotoMediaItem -First 0 3>&1)
$first = @(Get-GPhotoMediaItem 3>&1)
$second = @(Get-GPhotoMediaItem 3>&1)
"$($searched.Count) $($none.Count) $($first.Count) $($second.Count)"
"$first"
'@)
        $lines[0] | Should -Be '0 0 1 0'
        $lines[1] | Should -Match 'Send-GPhotoMediaItem'
    }
}
