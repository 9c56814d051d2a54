#Requires -Version 7.6

# The catalog in the destination: a second run brings what is missing, and touches nothing else.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession

    # Bytes were asked for: how often, and of nothing else.
    function AssertDownload([int] $Count) {
        Get-CallCount media.get | Should -Be $Count
        Get-CallCount media.head | Should -Be 0
    }
}

AfterAll { Stop-TestEmulator }

Describe 'Save-GPhotoMediaItem, run again' {
    BeforeAll {
        $ids = Add-TestItem @(1..12 | ForEach-Object { @{ fileName = "IMG_$_.jpg"; creationTime = "2020-05-$("$_".PadLeft(2, '0'))T12:00:00Z" } })
        $served = Get-ServedHash $ids
    }

    BeforeEach {
        $folder = New-TestFolder $TestDrive
        $first = Get-GPhotoMediaItem -Id $ids | Save-GPhotoMediaItem $folder
        Reset-CallCount
    }

    AfterEach { Clear-Fault }

    It 'keeps its catalog in .gphotos and nothing else, and the results are those of the first run' {
        $again = Get-GPhotoMediaItem -Id $ids | Save-GPhotoMediaItem $folder

        Get-ChildItem (Join-Path $folder .gphotos) -Force | ForEach-Object Name | Sort-Object | Should -Be catalog.db, lock
        AssertDownload 0
        $again.Status | Sort-Object -Unique | Should -Be AlreadySaved
        Assert-SavedFile $again $served
        ($again | Sort-Object Id).FullName | Should -Be ($first | Sort-Object Id).FullName
        @(Get-SavedFile $folder).Count | Should -Be 12
    }

    It 'asks Google nothing for ids that are saved already' {
        $again = $ids | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Save-GPhotoMediaItem $folder

        $again.Status | Sort-Object -Unique | Should -Be AlreadySaved
        Assert-SavedFile $again $served
        (Invoke-Emulator stats).total | Should -Be 0
        $one = $again | Where-Object Id -EQ $ids[4]
        $one.MediaItem.FileName | Should -BeExactly IMG_5.jpg
        $one.MediaItem.MediaType | Should -Be Photo
    }

    It 'asks for the ids that are missing, all in one call' {
        Get-SavedFile $folder | Where-Object Name -In IMG_3.jpg, IMG_7.jpg | Remove-Item
        $again = $ids | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Save-GPhotoMediaItem $folder

        $again | Group-Object Status -AsHashTable -AsString | ForEach-Object { $_.Saved.Count, $_.AlreadySaved.Count } | Should -Be 2, 10
        Get-CallCount mediaItems.batchGet | Should -Be 1
        AssertDownload 2
    }

    It 'does not miss an item with an old date that was uploaded late' {
        $late = Add-TestItem @{ fileName = 'late.jpg'; creationTime = '1999-12-31T23:00:00Z' }
        try {
            $again = Get-GPhotoMediaItem | Save-GPhotoMediaItem $folder

            $new = @($again | Where-Object Status -EQ Saved)
            $new.Id | Should -Be $late
            Assert-SavedFile $new (Get-ServedHash $late)
            @($again | Where-Object Status -EQ AlreadySaved).Count | Should -Be 12
        }
        finally {
            $null = Invoke-Emulator "items/$late" -Method Delete
        }
    }

    It 'repairs a file <Name>' -ForEach @(
        @{ Name = 'that was cut to 10 bytes'; Spoil = { $stream = [System.IO.File]::OpenWrite($path); $stream.SetLength(10); $stream.Dispose() } }
        @{ Name = 'that was cut to nothing'; Spoil = { [System.IO.File]::WriteAllBytes($path, @()) } }
        @{ Name = 'that was deleted'; Spoil = { Remove-Item $path } }
    ) {
        $path = Join-Path $folder IMG_5.jpg
        & $Spoil
        $again = Get-GPhotoMediaItem -Id $ids | Save-GPhotoMediaItem $folder -WarningVariable warnings -WarningAction SilentlyContinue

        $repaired = @($again | Where-Object Status -EQ Saved)
        $repaired.FullName | Should -Be $path
        $repaired.SetAsideAs | Should -BeNullOrEmpty -Because 'nothing is lost with the head of the file'
        $warnings | Should -BeNullOrEmpty
        AssertDownload 1
        Assert-SavedFile $again $served
        @(Get-SavedFile $folder).Count | Should -Be 12
    }

    It 'leaves a file alone that was made longer' {
        $path = Join-Path $folder IMG_5.jpg
        Add-Content $path 'a caption of mine' -NoNewline
        $bytes = (Get-FileHash $path).Hash
        foreach ($parameter in @{}, @{ Verify = $true }) {
            $again = Get-GPhotoMediaItem -Id $ids[4] | Save-GPhotoMediaItem $folder @parameter

            $again.Status | Should -Be AlreadySaved
            $again.FullName | Should -Be $path
            $again.Length | Should -Be (Get-Item $path).Length
            $again.Sha256 | Should -BeNullOrEmpty -Because 'these are not the bytes that were saved'
        }

        (Get-FileHash $path).Hash | Should -Be $bytes
        AssertDownload 0
    }

    It 'sets a file aside that was edited and is shorter, and loses none of them' {
        $path = Join-Path $folder IMG_5.jpg
        foreach ($edit in 'my first edit', 'my second edit') {
            Set-Content $path $edit -NoNewline
            $again = Get-GPhotoMediaItem -Id $ids[4] | Save-GPhotoMediaItem $folder -WarningVariable warnings -WarningAction SilentlyContinue

            $again.Status | Should -Be Saved
            Assert-SavedFile $again $served
            $again.FullName | Should -Be $path
            Get-Content $again.SetAsideAs | Should -Be $edit
            Split-Path $again.SetAsideAs -Leaf | Should -BeLike IMG_5~changed*.jpg
            $warnings.Count | Should -Be 1
            "$warnings" | Should -Match ([regex]::Escape($again.SetAsideAs))
        }

        Get-SavedFile $folder | Where-Object Name -Like IMG_5* | ForEach-Object Name | Sort-Object | Should -Be IMG_5.jpg, IMG_5~changed-2.jpg, IMG_5~changed.jpg
    }

    It 'finds with -Verify the one byte that flipped, and keeps what stood there' {
        $path = Join-Path $folder IMG_5.jpg
        $bytes = [System.IO.File]::ReadAllBytes($path)
        $bytes[$bytes.Length - 20] = $bytes[$bytes.Length - 20] -bxor 1
        $time = (Get-Item $path).LastWriteTimeUtc
        [System.IO.File]::WriteAllBytes($path, $bytes)
        (Get-Item $path).LastWriteTimeUtc = $time

        $blind = Get-GPhotoMediaItem -Id $ids | Save-GPhotoMediaItem $folder
        $blind.Status | Sort-Object -Unique | Should -Be AlreadySaved -Because 'nobody reads 12 files without being asked to'
        $again = Get-GPhotoMediaItem -Id $ids | Save-GPhotoMediaItem $folder -Verify -WarningAction SilentlyContinue

        @($again | Where-Object Status -EQ Saved).FullName | Should -Be $path
        [System.IO.File]::ReadAllBytes(($again | Where-Object Status -EQ Saved).SetAsideAs) | Should -Be $bytes
        Assert-SavedFile $again $served
        AssertDownload 1
    }

    It 'takes over a folder without catalog without a download, and has a catalog from then on' {
        Remove-Item (Join-Path $folder .gphotos) -Recurse -Force
        $again = Get-GPhotoMediaItem -Id $ids | Save-GPhotoMediaItem $folder
        $again.Status | Sort-Object -Unique | Should -Be AlreadySaved
        Assert-SavedFile $again $served
        Get-CallCount media.get | Should -Be 0

        Reset-CallCount
        $third = $ids | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Save-GPhotoMediaItem $folder
        $third.Status | Sort-Object -Unique | Should -Be AlreadySaved
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'leaves no .gphotos with -NoCatalog, and downloads nothing twice all the same' {
        $other = New-TestFolder $TestDrive
        $items = Get-GPhotoMediaItem -Id $ids
        Assert-SavedFile ($items | Save-GPhotoMediaItem $other -NoCatalog) $served
        Reset-CallCount
        $again = $items | Save-GPhotoMediaItem $other -NoCatalog

        $again.Status | Sort-Object -Unique | Should -Be AlreadySaved
        Get-CallCount media.get | Should -Be 0
        Get-ChildItem $other -Force | Should -HaveCount 12
        Join-Path $other .gphotos | Should -Not -Exist
    }

    It 'says clearly that the catalog is damaged, touches nothing, and goes on once it is moved away' {
        $catalog = Join-Path $folder .gphotos catalog.db
        Set-Content $catalog ('this is no database ' * 500)
        $before = (Get-SavedFile $folder | Get-FileHash).Hash
        foreach ($script in { Get-GPhotoMediaItem -Id $ids | Save-GPhotoMediaItem $folder }, { Get-GPhotoMediaItem -New -Destination $folder }) {
            $record = Get-ErrorOf $script
            $record | Should -HaveCount 1
            $record.FullyQualifiedErrorId | Should -BeLike 'FileWriteFailed,*'
            "$record" | Should -Match ([regex]::Escape($catalog))
            "$record" | Should -Match 'damaged'
        }

        (Get-SavedFile $folder | Get-FileHash).Hash | Should -Be $before
        Move-Item $catalog (Join-Path $TestDrive ([guid]::NewGuid()))
        Reset-CallCount
        (Get-GPhotoMediaItem -Id $ids | Save-GPhotoMediaItem $folder).Status | Sort-Object -Unique | Should -Be AlreadySaved
        Get-CallCount media.get | Should -Be 0
    }

    It 'knows everything again when the folder was moved' {
        $moved = Join-Path $TestDrive "moved $([guid]::NewGuid())"
        Move-Item $folder $moved
        $again = $ids | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Save-GPhotoMediaItem $moved

        $again.Status | Sort-Object -Unique | Should -Be AlreadySaved
        $again.FullName | ForEach-Object { Split-Path $_ | Should -Be $moved }
        Assert-SavedFile $again $served
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'keeps a size apart from the original' {
        $item = Get-GPhotoMediaItem -Id $ids[0]
        $small = $item | Save-GPhotoMediaItem $folder -Size 200x
        $small.Status | Should -Be Saved
        $small.FullName | Should -Not -Be (Join-Path $folder IMG_1.jpg)
        ($item | Save-GPhotoMediaItem $folder -Size 200x).Status | Should -Be AlreadySaved
        ($item | Save-GPhotoMediaItem $folder -Size 400x).Status | Should -Be Saved
        ($item | Save-GPhotoMediaItem $folder).FullName | Should -Be (Join-Path $folder IMG_1.jpg)
        Get-CallCount media.get | Should -Be 2
    }
}

Describe 'Results of Save-GPhotoMediaItem as CSV' {
    BeforeAll {
        $ids = Add-TestItem @(1..4 | ForEach-Object { @{ fileName = "csv_$_.jpg" } })
        $folder = New-TestFolder $TestDrive
        $csv = Join-Path $TestDrive results.csv
        $results = Get-GPhotoMediaItem -Id $ids | Save-GPhotoMediaItem $folder
        $results | Export-Csv $csv
    }

    BeforeEach { Reset-CallCount }

    It 'tell path, length, hash and id' {
        $rows = Import-Csv $csv
        $rows.Id | Should -Be $results.Id
        $rows.FullName | Should -Be $results.FullName
        $rows.Sha256 | Should -Be $results.Sha256
        $rows.Length | Should -Be @($results.Length | ForEach-Object { "$_" })
    }

    It 'go back into <Name>' -ForEach @(
        @{ Name = 'Save-GPhotoMediaItem, which asks nothing'; Script = { Import-Csv $csv | Save-GPhotoMediaItem $folder }; Calls = 0 }
        @{ Name = 'Save-GPhotoMediaItem for another folder'; Script = { Import-Csv $csv | Save-GPhotoMediaItem (New-TestFolder $TestDrive) }; Calls = 1 }
        @{ Name = 'Get-GPhotoMediaItem'; Script = { Import-Csv $csv | Get-GPhotoMediaItem }; Calls = 1 }
    ) {
        $all = & $Script
        $all.Id | Sort-Object | Should -Be ($ids | Sort-Object)
        Get-CallCount mediaItems.batchGet | Should -Be $Calls
    }
}

Describe 'Get-GPhotoMediaItem -New' {
    BeforeAll {
        $ids = Add-TestItem @(1..10 | ForEach-Object { @{ fileName = "new_$_.jpg"; creationTime = "2010-01-$("$_".PadLeft(2, '0'))T12:00:00Z" } })
    }

    BeforeEach {
        $folder = New-TestFolder $TestDrive
        $null = Get-GPhotoMediaItem -Id $ids[0..5] | Save-GPhotoMediaItem $folder
        Reset-CallCount
    }

    It 'lists what is not saved, and saves nothing' {
        $new = Get-GPhotoMediaItem -Date 2010 -New -Destination $folder

        $new.Id | Sort-Object | Should -Be ($ids[6..9] | Sort-Object)
        (Get-GPhotoMediaItem -Id $ids -New -Destination $folder).Id | Sort-Object | Should -Be ($ids[6..9] | Sort-Object)
        Get-CallCount media.get | Should -Be 0
        @(Get-SavedFile $folder).Count | Should -Be 6
    }

    It 'counts -Skip and -First behind it' {
        $all = (Get-GPhotoMediaItem -Date 2010 -New -Destination $folder).Id
        (Get-GPhotoMediaItem -Date 2010 -New -Destination $folder -First 2).Id | Should -Be $all[0..1]
        (Get-GPhotoMediaItem -Date 2010 -New -Destination $folder -Skip 1 -First 2).Id | Should -Be $all[1..2]
    }

    It 'looks into the current location without -Destination' {
        Push-Location $folder
        try { @(Get-GPhotoMediaItem -Date 2010 -New).Count | Should -Be 4 } finally { Pop-Location }
    }

    It 'feeds Save-GPhotoMediaItem for the same folder' {
        $saved = Get-GPhotoMediaItem -Date 2010 -New -Destination $folder | Save-GPhotoMediaItem $folder

        $saved.Status | Should -Be Saved, Saved, Saved, Saved
        Get-GPhotoMediaItem -Date 2010 -New -Destination $folder | Should -BeNullOrEmpty
    }

    It 'counts a file as new that is gone or was cut' {
        Remove-Item (Join-Path $folder new_1.jpg)
        Set-Content (Join-Path $folder new_2.jpg) cut
        (Get-GPhotoMediaItem -Date 2010 -New -Destination $folder).FileName | Sort-Object |
            Should -Be new_1.jpg, new_10.jpg, new_2.jpg, new_7.jpg, new_8.jpg, new_9.jpg
    }

    It 'lists everything and makes nothing where nothing was saved yet: <Name>' -ForEach @(
        @{ Name = 'a folder without catalog'; Missing = $false }
        @{ Name = 'no folder'; Missing = $true }
    ) {
        $other = $Missing ? (Join-Path $TestDrive "missing-$([guid]::NewGuid())") : (New-TestFolder $TestDrive)
        @(Get-GPhotoMediaItem -Date 2010 -New -Destination $other).Count | Should -Be 10

        Test-Path $other | Should -Be (-not $Missing)
        if (-not $Missing) { Get-ChildItem $other -Force | Should -BeNullOrEmpty }
    }

    It 'refuses -Destination without -New' {
        (Get-ErrorOf { Get-GPhotoMediaItem -Destination $folder }).FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }
}
