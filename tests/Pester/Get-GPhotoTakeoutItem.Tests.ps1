#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $exports = Join-Path $TestDrive exports
    $zips = New-TestExport (Join-Path $exports zips) -ArgumentList '--items', '420', '--parts', '3', '--hostile'
    $truth = Get-Content (Join-Path $zips takeout-truth.json) -Raw | ConvertFrom-Json
    $pictures = @($truth.entries | Where-Object { $_.role -eq 'picture' -and -not $_.PSObject.Properties['repeatOf'] })
    $plain = New-TestExport (Join-Path $exports plain) -ArgumentList '--items', '30', '--parts', '2', '--plain'

    # What the numbers of a summary must come to.
    function Get-Sum($Summary) {
        $Summary.Photos + $Summary.Videos + $Summary.AlbumCopies + $Summary.Repeats + $Summary.JoinedMetadata + $Summary.UnjoinedMetadata.Count +
        $Summary.AlbumMetadata + $Summary.OtherFiles + $Summary.Folders + $Summary.Refused.Count
    }
}

AfterAll { Stop-TestEmulator }

Describe 'Get-GPhotoTakeoutItem' {
    It 'reads the parts of an export as one, without a sign-in' {
        $items = @(Get-GPhotoTakeoutItem "$zips/takeout-*.zip" -WarningAction Ignore)

        $items | Should -BeOfType ([GPhotos.MediaItem])
        @($items.Id | Sort-Object -Unique).Count | Should -Be $items.Count
        @($items.Source | Sort-Object -Unique) | Should -Be Takeout
        # Each media item lies in one folder at least; items of albums alone are few.
        @($pictures.item | Sort-Object -Unique).Count | Should -BeLessOrEqual $items.Count
        $items.Count | Should -BeLessThan $pictures.Count
    }

    It 'tells what the JSON says' {
        $item = Get-GPhotoTakeoutItem "$zips/takeout-*.zip" -WarningAction Ignore | Where-Object FileName -EQ 'in many.jpg'
        $known = $pictures | Where-Object { $_.PSObject.Properties['title']?.Value -eq 'in many.jpg' } | Select-Object -First 1

        @($item).Count | Should -Be 1
        $item.CreationTime.UtcDateTime | Should -Be $known.taken.ToUniversalTime()
        $item.AlbumTitles | Should -Be @($known.albums.title | Sort-Object -Unique)
        $item.AlbumTitle | Should -Be $item.AlbumTitles[0]
        $item.Length | Should -Be $known.size
        $item.MimeType | Should -Be image/jpeg
        $item.ArchivePath | Should -Exist
        $item.EntryName | Should -BeLike 'Takeout/Google Photos/*'
    }

    It 'gives the same ids however the export was split, packed or named' {
        $others = foreach ($format in 'tgz', 'folder') {
            New-TestExport (Join-Path $exports "as $format") -ArgumentList '--items', '30', '--parts', '1', '--plain', '--format', $format
        }
        $ids = (Get-GPhotoTakeoutItem "$plain/takeout-*.zip").Id | Sort-Object

        $ids.Count | Should -BeGreaterThan 29
        (Get-GPhotoTakeoutItem "$($others[0])/*.tgz").Id | Sort-Object | Should -Be $ids
        (Get-ChildItem $others[1] -Directory | Get-GPhotoTakeoutItem).Id | Sort-Object | Should -Be $ids
        (Get-ChildItem $others[1] -Recurse -Directory -Filter 'Google Photos' | Get-GPhotoTakeoutItem).Id | Sort-Object | Should -Be $ids
    }

    It 'takes <Name>' -ForEach @(
        @{ Name = 'files of Get-ChildItem'; Do = { Get-ChildItem $plain -Filter *.zip | Get-GPhotoTakeoutItem } }
        @{ Name = 'literal paths'; Do = { Get-GPhotoTakeoutItem -LiteralPath (Get-ChildItem $plain -Filter *.zip).FullName } }
        @{ Name = 'paths by value'; Do = { (Get-ChildItem $plain -Filter *.zip).FullName | Get-GPhotoTakeoutItem } }
        @{ Name = 'a part twice'; Do = { Get-GPhotoTakeoutItem "$plain/*.zip", "$plain/*.zip" } }
    ) {
        @(& $Do).Count | Should -Be @(Get-GPhotoTakeoutItem "$plain/*.zip").Count
    }

    It 'narrows by album' {
        $all = @(Get-GPhotoTakeoutItem "$zips/takeout-*.zip" -WarningAction Ignore)
        $walk = @(Get-GPhotoTakeoutItem "$zips/takeout-*.zip" -Album 'a WALK*' -WarningAction Ignore)

        $walk.Count | Should -BeGreaterThan 0
        $walk.Id | Should -Be @($all | Where-Object { $_.AlbumTitles -like 'A walk*' }).Id
    }

    It 'accounts for every entry with -Summary' {
        $summary = Get-GPhotoTakeoutItem "$zips/takeout-*.zip" -Summary -WarningVariable warnings

        $warnings | Should -BeNullOrEmpty
        $summary | Should -BeOfType ([GPhotos.TakeoutSummary])
        $summary.Entries | Should -Be $truth.entries.Count
        Get-Sum $summary | Should -Be $summary.Entries
        $summary.Albums | Should -Contain 'A walk'
        $summary.UnjoinedItems.Count | Should -BeGreaterThan 0
        $summary.UnjoinedItems | Should -BeOfType ([GPhotos.MediaItem])
        $summary.UnjoinedMetadata.EntryName | Should -Contain 'Takeout/Google Photos/Photos from 2021/gone Old.jpg.json'
        @($summary.UnjoinedMetadata | Where-Object { -not $_.Reason }) | Should -BeNullOrEmpty
    }

    It 'warns once of what could not be joined, and tells the numbers with -Verbose' {
        $told = @(Get-GPhotoTakeoutItem "$zips/takeout-*.zip" -Verbose -WarningVariable warnings -WarningAction SilentlyContinue 4>&1 |
                Where-Object { $_ -is [System.Management.Automation.VerboseRecord] })

        $warnings.Count | Should -Be 1
        $warnings[0] | Should -BeLike '*-Summary*'
        "$told" | Should -BeLike '*entries: *photos*'
        Get-GPhotoTakeoutItem "$plain/*.zip" -WarningVariable none | Out-Null
        $none | Should -BeNullOrEmpty
    }

    It 'tells of a damaged part once, and reads the others' {
        $items = @(Get-GPhotoTakeoutItem "$zips/hostile/truncated.zip", "$plain/*.zip" -ErrorVariable errors -ErrorAction SilentlyContinue)

        $items.Count | Should -Be @(Get-GPhotoTakeoutItem "$plain/*.zip").Count
        @($errors).Count | Should -Be 1
        Assert-GPhotosError $errors[0] TakeoutDamaged InvalidData (Convert-Path "$zips/hostile/truncated.zip")
    }

    It 'uses what stands before the cut of a tgz' {
        $items = @(Get-GPhotoTakeoutItem "$zips/hostile/truncated.tgz" -ErrorVariable errors -ErrorAction SilentlyContinue -WarningAction Ignore)

        $items.FileName | Should -Contain sound.jpg
        Assert-GPhotosError $errors[0] TakeoutDamaged InvalidData (Convert-Path "$zips/hostile/truncated.tgz")
    }

    It 'says what is wrong with a path that is not there' {
        $none = Join-Path $TestDrive none.zip

        Get-GPhotoTakeoutItem $none -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Assert-GPhotosError $errors[0] FileReadFailed ReadError $none
    }

    It 'ends with Select-Object -First, and can be stopped' {
        @(Get-GPhotoTakeoutItem "$zips/takeout-*.zip" | Select-Object -First 2).Count | Should -Be 2
        # No handle is left on the archives.
        Move-Item "$plain" "$plain.moved"
        Move-Item "$plain.moved" "$plain"
    }
}

Describe 'Items of Takeout archives' {
    It 'are saved from <Format> with their bytes and times, and not again' -ForEach @(@{ Format = 'zip' }, @{ Format = 'tgz' }, @{ Format = 'folder' }) {
        $export = New-TestExport (Join-Path $exports "saved $Format") -ArgumentList '--items', '420', '--parts', '2', '--format', $Format
        $known = @{}
        foreach ($entry in (Get-Content (Join-Path $export takeout-truth.json) -Raw | ConvertFrom-Json).entries) { $known[$entry.path] = $entry }
        $parts = (Get-ChildItem $export -Exclude *.json).FullName
        $destination = Join-Path $TestDrive "from $Format"
        $items = @(Get-GPhotoTakeoutItem -LiteralPath $parts -WarningAction Ignore)

        $first = @($items | Save-GPhotoMediaItem $destination -ErrorVariable errors -WarningAction Ignore)
        $second = @(Get-GPhotoTakeoutItem -LiteralPath $parts -WarningAction Ignore | Save-GPhotoMediaItem $destination -WarningAction Ignore)

        $errors | Should -BeNullOrEmpty
        $first.Count | Should -Be $items.Count
        @($first.Status | Sort-Object -Unique) | Should -Be Saved
        @($second.Status | Sort-Object -Unique) | Should -Be AlreadySaved
        $wrong = @(foreach ($result in $first) {
                $item = $result.MediaItem
                $file = [System.IO.FileInfo]::new($result.FullName)
                $hash = $result.Sha256
                if ($hash -ne $known[$item.EntryName].sha256) { "bytes of $($item.EntryName)" }
                $time = $item.CreationTime.UtcDateTime
                if ($item.CreationTime -ne [datetimeoffset]::MinValue -and $time.Year -gt 1902 -and [math]::Abs(($file.LastWriteTimeUtc - $time).TotalSeconds) -gt 2) { "time of $($item.EntryName)" }
            })
        $wrong | Should -BeNullOrEmpty
    }

    It 'are sent with their descriptions and into their albums, and not again' {
        $null = Connect-TestSession
        $items = @(Get-GPhotoTakeoutItem "$zips/takeout-*.zip" -WarningAction Ignore | Where-Object FileName -In 'in many.jpg', 'description.jpg', 'people.jpg')
        $sent = @($items | Send-GPhotoMediaItem)
        Reset-CallCount
        $again = @($items | Send-GPhotoMediaItem)

        # One result for each album: the bytes travel for the first.
        @($sent | Where-Object Status -EQ Created).Count | Should -Be $items.Count
        @($sent.Status | Sort-Object -Unique) | Should -Be Created, AlreadyInLibrary
        $again.Count | Should -Be $sent.Count
        @($again.Status | Sort-Object -Unique) | Should -Be AlreadyInLibrary
        # The albums are looked up by their titles, and nothing else.
        @((Get-CallCount).PSObject.Properties.Name) | Should -Be albums.list
        $there = @(Get-GPhotoMediaItem)
        ($there | Where-Object FileName -EQ 'description.jpg').Description | Should -Be @($items | Where-Object FileName -EQ 'description.jpg')[0].Description
        foreach ($title in ($items | Where-Object FileName -EQ 'in many.jpg').AlbumTitles) {
            (Get-GPhotoMediaItem -Album $title).FileName | Should -Contain 'in many.jpg'
        }
    }
}
