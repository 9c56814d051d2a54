#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    Import-Module (Join-Path $PSScriptRoot ../Benchmarks/SampleMedia.psm1)
    $null = Start-TestEmulator
    $null = Connect-TestSession

    $noon = [datetime]::new(2017, 10, 5, 12, 0, 0, [System.DateTimeKind]::Utc)

    function Add-Local([string] $Name, [double] $Minute) { [pscustomobject]@{ Path = Join-Path $folder $Name; Time = $noon.AddMinutes($Minute) } | New-DatedPicture -Length 3000 -Seed (Get-Random) }
    function Add-Online([string] $Name, [double] $Minute) { Add-TestItem @{ fileName = $Name; creationTime = $noon.AddMinutes($Minute).ToString('o'); width = 4032; height = 3024 } }
    function Format-Row([object[]] $Row) {
        foreach ($one in $Row) { ('{0} {1} {2} {3}' -f $one.SideIndicator, ($one.FullName ? (Split-Path $one.FullName -Leaf) : '-'), ($one.MediaItem ? $one.MediaItem.FileName : '-'), $one.MatchedBy).TrimEnd() }
    }
}

AfterAll { Stop-TestEmulator }

Describe 'Compare-GPhotoMediaItem' {
    BeforeEach {
        Remove-GPhotoJournal -All -Confirm:$false
        Invoke-Emulator items | ForEach-Object { $_ } | ForEach-Object { $null = Invoke-Emulator "items/$($_.id)" -Method Delete }
        $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))) -ItemType Directory).FullName
        Push-Location $folder
    }

    AfterEach {
        Clear-Fault
        Pop-Location
    }

    Context 'with a folder and a library' {
        BeforeEach {
            0..3 | ForEach-Object { Add-Local "IMG_$_.jpg" $_ }
            $ids = 1..4 | ForEach-Object { Add-Online "IMG_$_.jpg" $_ }
            Reset-CallCount
        }

        It 'gives what is only here and what is only there, and downloads nothing' {
            $rows = Compare-GPhotoMediaItem -Path $folder

            $rows | Should -BeOfType ([GPhotos.MediaItemComparison])
            Format-Row $rows | Should -Be '<= IMG_0.jpg -', '=> - IMG_4.jpg'
            Get-CallCount mediaItems.search | Should -Be 1
            (Invoke-Emulator stats).total | Should -Be 1
        }

        It 'gives the pairs with -IncludeEqual' {
            Format-Row (Compare-GPhotoMediaItem $folder -IncludeEqual) | Should -Be @(
                '<= IMG_0.jpg -', '== IMG_1.jpg IMG_1.jpg NameAndTime', '== IMG_2.jpg IMG_2.jpg NameAndTime', '== IMG_3.jpg IMG_3.jpg NameAndTime', '=> - IMG_4.jpg')
        }

        It 'gives the numbers with -Summary, and they add up' {
            $summary = Compare-GPhotoMediaItem $folder -Summary

            $summary | Should -BeOfType ([GPhotos.ComparisonSummary])
            @($summary).Count | Should -Be 1
            $summary.Local, $summary.OnlyLocal, $summary.Equal | Should -Be 4, 1, 3
            $summary.Online, $summary.OnlyOnline | Should -Be 4, 1
            $summary.MatchedBy['NameAndTime'] | Should -Be 3
            $summary.Errors, $summary.LibraryCalls | Should -Be 0, 1
        }

        It 'compares with an album by its <By>' -ForEach @(@{ By = 'title'; Calls = 2 }, @{ By = 'id'; Calls = 2 }, @{ By = 'object'; Calls = 1 }) {
            $album = New-GPhotoAlbum -Title "Trip $By"
            $ids[0..1] | Add-GPhotoAlbumItem -Album $album
            Reset-CallCount
            $name = switch ($By) { title { $album.Title } id { $album.Id } object { $album } }

            $rows = Compare-GPhotoMediaItem $folder -Album $name -IncludeEqual
            Format-Row $rows | Should -Be '<= IMG_0.jpg -', '== IMG_1.jpg IMG_1.jpg NameAndTime', '== IMG_2.jpg IMG_2.jpg NameAndTime', '<= IMG_3.jpg -'
            $rows[1].MediaItem.AlbumTitle | Should -Be $album.Title
            (Invoke-Emulator stats).total | Should -Be $Calls
        }

        It 'compares with a date' {
            $null = Add-Online 'other day.jpg' 3000
            Format-Row (Compare-GPhotoMediaItem $folder -Date 2017-10-05) | Should -Be '<= IMG_0.jpg -', '=> - IMG_4.jpg'
            Format-Row (Compare-GPhotoMediaItem $folder -StartDate 2017-10-06) | Should -Be @(0..3 | ForEach-Object { "<= IMG_$_.jpg -" }; '=> - other day.jpg')
            Format-Row (Compare-GPhotoMediaItem $folder -EndDate 2017-10-05) | Should -Be '<= IMG_0.jpg -', '=> - IMG_4.jpg'
        }

        It 'compares with items from the pipeline, and makes no call for them' {
            $items = Get-GPhotoMediaItem | Where-Object FileName -NE IMG_2.jpg
            Reset-CallCount
            Format-Row ($items | Compare-GPhotoMediaItem $folder) | Should -Be '<= IMG_0.jpg -', '<= IMG_2.jpg -', '=> - IMG_4.jpg'
            Format-Row (Compare-GPhotoMediaItem $folder -InputObject $items) | Should -Be '<= IMG_0.jpg -', '<= IMG_2.jpg -', '=> - IMG_4.jpg'
            $results = $items | ForEach-Object { [pscustomobject]@{ MediaItem = $_ } }
            Format-Row ($results | Compare-GPhotoMediaItem -LiteralPath $folder) | Should -Be '<= IMG_0.jpg -', '<= IMG_2.jpg -', '=> - IMG_4.jpg'
            (Invoke-Emulator stats).total | Should -Be 0
        }

        It 'takes an empty pipeline for no items, not for the whole library' {
            Format-Row (Get-GPhotoMediaItem -Date 2001 | Compare-GPhotoMediaItem $folder) | Should -Be @(0..3 | ForEach-Object { "<= IMG_$_.jpg -" })
            Get-CallCount mediaItems.search | Should -Be 1
        }

        It 'refuses a pipeline beside an album' {
            $problem = Get-ErrorOf { Get-GPhotoMediaItem | Compare-GPhotoMediaItem $folder -Album Trip }
            Assert-GPhotosError $problem -Id InvalidRequest -Category InvalidArgument -Target $null
        }

        It 'needs no sign-in for items from the pipeline' {
            $text = @'
(Compare-GPhotoMediaItem $Arguments[0] -InputObject @()).SideIndicator -join ' '
(@() | Compare-GPhotoMediaItem $Arguments[0]).SideIndicator -join ' '
try { Compare-GPhotoMediaItem $Arguments[0] -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
'@
            $data = $env:XDG_DATA_HOME
            try {
                $env:XDG_DATA_HOME = Join-Path $TestDrive nobody
                $lines = Invoke-ChildShell -Script $text -ArgumentList $folder
            }
            finally { $env:XDG_DATA_HOME = $data }
            $lines | Should -Be '<= <= <= <=', '<= <= <= <=', 'NotConnected,GPhotos.PowerShell.Cmdlets.CompareGPhotoMediaItemCommand'
        }

        It 'feeds what is only here to Send-GPhotoMediaItem, and finds nothing more then' {
            $sent = Compare-GPhotoMediaItem $folder | Where-Object SideIndicator -EQ '<=' | Send-GPhotoMediaItem
            $sent.Status | Should -Be Created
            Split-Path $sent.FullName -Leaf | Should -Be IMG_0.jpg

            Format-Row (Compare-GPhotoMediaItem $folder) | Should -Be '=> - IMG_4.jpg'
            (Compare-GPhotoMediaItem $folder -IncludeEqual)[0].MatchedBy | Should -Be JournalId
        }

        It 'feeds what is only there to Save-GPhotoMediaItem, and finds nothing more then' {
            $saved = Compare-GPhotoMediaItem $folder | Where-Object SideIndicator -EQ '=>' | Save-GPhotoMediaItem -Destination $folder
            $saved.Status | Should -Be Saved
            Split-Path $saved.FullName -Leaf | Should -Be IMG_4.jpg

            Format-Row (Compare-GPhotoMediaItem $folder) | Should -Be '<= IMG_0.jpg -'
            (Compare-GPhotoMediaItem $folder -IncludeEqual)[-1].MatchedBy | Should -Be CatalogId
        }

        It 'sends what has brackets in its name' {
            Add-Local 'IMG [1].jpg' 20
            $sent = Compare-GPhotoMediaItem $folder | Where-Object { $_.FullName -like '*`[1`]*' } | Send-GPhotoMediaItem
            Split-Path $sent.FullName -Leaf | Should -Be 'IMG [1].jpg'
        }

        It 'removes what has brackets in its name, and no other file that the name would match' {
            Add-Local 'IMG_[1].jpg' 20
            Compare-GPhotoMediaItem $folder | Where-Object { $_.FullName -like '*`[1`]*' } | Remove-Item
            (Get-ChildItem $folder -File).Name | Should -Be IMG_0.jpg, IMG_1.jpg, IMG_2.jpg, IMG_3.jpg
        }

        It 'says what cannot be told apart, with the candidates' {
            Add-Local 'a.jpg' 60
            Add-Local 'b.jpg' 60
            $id = Add-Online 'c.jpg' 60
            $rows = Compare-GPhotoMediaItem $folder | Where-Object SideIndicator -EQ '<>'
            Format-Row $rows | Should -Be '<> a.jpg -', '<> b.jpg -', '<> - c.jpg'
            $rows[0].Candidates[0] | Should -BeOfType ([GPhotos.MediaItem])
            $rows[0].Candidates.Id | Should -Be $id
            $rows[2].Candidates | Should -Be (Join-Path $folder a.jpg), (Join-Path $folder b.jpg)
            $rows.Reason | Should -Not -BeNullOrEmpty
            (Compare-GPhotoMediaItem $folder -Summary | Select-Object AmbiguousLocal, AmbiguousOnline).PSObject.Properties.Value | Should -Be 2, 1
        }

        It 'goes down with -Recurse, by -Include and without -Exclude' {
            $null = New-Item below -ItemType Directory
            Add-Local below/IMG_4.jpg 4
            Add-Local below/draft.jpg 40
            Format-Row (Compare-GPhotoMediaItem $folder) | Should -Contain '=> - IMG_4.jpg'
            Format-Row (Compare-GPhotoMediaItem $folder -Recurse) | Should -Be '<= IMG_0.jpg -', '<= draft.jpg -'
            Format-Row (Compare-GPhotoMediaItem $folder -Recurse -Exclude draft*) | Should -Be '<= IMG_0.jpg -'
            Format-Row (Compare-GPhotoMediaItem $folder -Include IMG_0*, IMG_1* | Where-Object FullName) | Should -Be '<= IMG_0.jpg -'
            Format-Row (Compare-GPhotoMediaItem "$folder/IMG_[0-1].jpg" | Where-Object FullName) | Should -Be '<= IMG_0.jpg -'
        }

        It 'passes over what Google does not take, and says so' {
            Set-Content notes.txt 'x'
            $null = New-Item empty.jpg
            $rows = Compare-GPhotoMediaItem $folder -WarningVariable warnings -ErrorVariable problems -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
            Format-Row $rows | Should -Be '<= IMG_0.jpg -', '=> - IMG_4.jpg'
            "$warnings" | Should -BeLike '*1 .txt*'
            Assert-GPhotosError $problems -Id MediaRejected -Category InvalidData -Target (Join-Path $folder empty.jpg)
            (Compare-GPhotoMediaItem $folder -Summary -WarningAction SilentlyContinue -ErrorAction SilentlyContinue).Errors | Should -Be 1
        }

        It 'compares nothing with a folder that is not there' {
            $problem = Get-ErrorOf { Compare-GPhotoMediaItem ./typo | Should -BeNullOrEmpty }
            Assert-GPhotosError $problem -Id FileReadFailed -Category ReadError -Target ./typo
            (Invoke-Emulator stats).total | Should -Be 0
        }

        It 'gives no row when the listing fails' {
            Add-Fault @{ kind = 'mediaItems.search'; quota = 'daily'; count = 0 }
            $problem = Get-ErrorOf { Compare-GPhotoMediaItem $folder | Should -BeNullOrEmpty }
            Assert-GPhotosError $problem -Id QuotaExceeded -Category LimitsExceeded -Target $null
        }

        It 'ends with AlbumNotFound for an album that is not there' {
            Assert-GPhotosError (Get-ErrorOf { Compare-GPhotoMediaItem $folder -Album nowhere }) -Id AlbumNotFound -Category ObjectNotFound -Target nowhere
        }

        It 'shows its rows as a table' {
            $lines = Compare-GPhotoMediaItem $folder -IncludeEqual | Out-String -Width 200
            $lines | Should -Match 'Side MatchedBy +CreationTime \(UTC\) +MediaItem +FullName'
            $lines | Should -Match '(?m)^== +NameAndTime 2017-10-05 12:01:00 IMG_1.jpg +\S+IMG_1.jpg'
            $lines | Should -Match '(?m)^=> +2017-10-05 12:04:00 IMG_4.jpg'
            Compare-GPhotoMediaItem $folder -Summary | Out-String | Should -Match 'Equal \(==\) +: 3'
        }
    }
}
