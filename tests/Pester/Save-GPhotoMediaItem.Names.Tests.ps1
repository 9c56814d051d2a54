#Requires -Version 7.6

# Names and folders: whatever a server calls its items and albums, files lie inside the destination, each has its own, and the same each time.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession

    # Paths below the destination, by id.
    function PathsOf($results, $folder) {
        $paths = [ordered]@{}
        foreach ($result in $results | Sort-Object Id) { $paths[$result.Id] = [System.IO.Path]::GetRelativePath($folder, $result.FullName).Replace('\', '/') }
        $paths
    }

    function AssertSamePaths($actual, $expected) {
        $actual.Count | Should -Be $expected.Count
        foreach ($id in $expected.Keys) { $actual[$id] | Should -BeExactly $expected[$id] }
    }

    # As the strictest of file systems compares names.
    function AssertInsideAndDistinct($results, $folder) {
        $results.FullName | ForEach-Object { [System.IO.Path]::GetFullPath($_) | Should -BeLike "$([wildcardpattern]::Escape($folder))$([System.IO.Path]::DirectorySeparatorChar)*" }
        $results.FullName | ForEach-Object { $_.Normalize('FormC').ToUpperInvariant() } | Sort-Object -Unique | Should -HaveCount $results.Count
        @(Get-SavedFile $folder).Count | Should -Be $results.Count
        $results | ForEach-Object { Split-Path $_.FullName -Leaf } | ForEach-Object {
            $_ | Should -Not -Match '[<>:"|?*\x00-\x1F]|[. ]$|\.partial$|^(CON|PRN|AUX|NUL|COM\d|LPT\d)(\.|$)'
            [System.Text.Encoding]::UTF8.GetByteCount($_) | Should -BeLessOrEqual 255
        }
    }
}

AfterAll { Stop-TestEmulator }

Describe 'Save-GPhotoMediaItem and hostile names' {
    BeforeAll {
        $names = '../../etc/x', 'a/b.jpg', 'b.jpg', 'CON', 'con', 'x.', 'x', "$('n' * 296).jpg", "$('n' * 300).jpg", "$([char]0xE9).jpg", "e$([char]0x301).jpg",
        "$([char]::ConvertFromUtf32(0x1F3D6)) $([char]::ConvertFromUtf32(0x1F468))$([char]0x200D)$([char]::ConvertFromUtf32(0x1F469)).jpg", 'IMG.JPG', 'img.jpg', '', '.gphotos', '.gphotos/lock', 'catalog.db', 'lock', 'x.partial',
        'x.jpg.partial', '..\..\y.jpg', '...', ' ', '~', '$HOME.jpg', '`whoami`.jpg', '*.jpg', '[1].jpg', '%2e%2e%2fz.jpg', "$([char]0xD83D).jpg"
        $ids = Add-TestItem @($names | ForEach-Object { @{ fileName = $_; creationTime = '2021-06-07T08:09:10Z' } })
        $items = Get-GPhotoMediaItem -Id $ids
        $served = Get-ServedHash $ids
        $outer = New-TestFolder $TestDrive
        $first = Join-Path $outer one two three
        $results = $items | Save-GPhotoMediaItem $first -WarningVariable warnings -WarningAction SilentlyContinue -ErrorVariable problems -ErrorAction SilentlyContinue
        $expected = PathsOf $results $first
    }

    BeforeEach { $folder = New-TestFolder $TestDrive }

    AfterEach { Clear-Fault }

    It 'saves each of them inside the destination, under a name of its own' {
        $problems | Should -BeNullOrEmpty
        $results.Count | Should -Be $names.Count
        AssertInsideAndDistinct $results $first
        Assert-SavedFile $results $served
        Get-ChildItem $outer -Recurse -Force -File | Where-Object FullName -NotLike "$first*" | Should -BeNullOrEmpty
        "$warnings" | Should -Not -Match '[\x00-\x1F\x7F]'
    }

    It 'gives them the same names <Name>' -ForEach @(
        @{ Name = 'on the next run'; Run = { $items | Save-GPhotoMediaItem $first }; Status = 'AlreadySaved'; Where = { $first } }
        @{ Name = 'in another folder'; Run = { $items | Save-GPhotoMediaItem $folder }; Status = 'Saved'; Where = { $folder } }
        @{ Name = 'one at a time'; Run = { $items | Save-GPhotoMediaItem $folder -ThrottleLimit 1 }; Status = 'Saved'; Where = { $folder } }
        @{ Name = 'by ids'; Run = { Save-GPhotoMediaItem -Id $items.Id -Destination $folder }; Status = 'Saved'; Where = { $folder } }
        @{ Name = 'without a catalog'; Run = { $items | Save-GPhotoMediaItem $folder -NoCatalog }; Status = 'Saved'; Where = { $folder } }
        @{ Name = 'when all files were deleted'; Run = { Get-SavedFile $first | Remove-Item; $items | Save-GPhotoMediaItem $first }; Status = 'Saved'; Where = { $first } }
        @{ Name = 'in another order, where they were saved'; Run = { $items | Sort-Object FileName, Id | Save-GPhotoMediaItem $first }; Status = 'AlreadySaved'; Where = { $first } }
        @{ Name = 'with -Force'; Run = { $items | Save-GPhotoMediaItem $first -Force }; Status = 'Saved'; Where = { $first } }
    ) {
        $again = & $Run 3>$null

        $again.Status | Sort-Object -Unique | Should -Be $Status
        AssertSamePaths (PathsOf $again (& $Where)) $expected
        AssertInsideAndDistinct $again (& $Where)
        Assert-SavedFile $again $served
    }

    It 'gives them the same names after a kill in the middle' {
        Add-Fault @{ kind = 'media.get'; after = 9; count = 0; hang = $true }
        $child = Start-ChildShell "Get-GPhotoMediaItem -Id '$($items.Id -join "', '")' | Save-GPhotoMediaItem '$folder'" -Output (Join-Path $TestDrive kill.txt)
        try {
            Wait-Until { @(Get-SavedFile $folder | Where-Object Name -NotLike *.partial).Count -ge 9 } -TimeoutSeconds 60
        }
        finally {
            Stop-ChildShell $child
        }

        Clear-Fault
        Reset-CallCount
        $again = $items | Save-GPhotoMediaItem $folder 3>$null

        Get-CallCount media.get | Should -Be ($names.Count - 9)
        AssertSamePaths (PathsOf $again $folder) $expected
        AssertInsideAndDistinct $again $folder
        Assert-SavedFile $again $served
    }

    It 'writes through no link that lies in its way' -Skip:$IsWindows {
        $precious = Join-Path $outer "precious $([guid]::NewGuid())"
        Set-Content $precious precious
        foreach ($name in 'link.jpg.partial', 'link.jpg.json.partial') { $null = New-Item (Join-Path $folder $name) -ItemType SymbolicLink -Target $precious }
        $null = Get-GPhotoMediaItem -Id (Add-TestItem @{ fileName = 'link.jpg' }) | Save-GPhotoMediaItem $folder -Sidecar -ErrorAction Ignore

        Get-Content $precious | Should -BeExactly precious
    }

    It 'never lets an item called <_> be in the way of the catalog' -ForEach '.gphotos', '.GPhotos' {
        # Bytes of no kind that is known: the name stays as it is.
        $id = Add-TestItem @{ fileName = $_; contentBase64 = [convert]::ToBase64String([byte[]](1..200)) }
        foreach ($parameter in @{ NoCatalog = $true }, @{}, @{ Force = $true }) {
            $result = Get-GPhotoMediaItem -Id $id | Save-GPhotoMediaItem $folder @parameter 3>$null

            $result | Should -HaveCount 1
            Split-Path $result.FullName -Leaf | Should -Not -Be .gphotos
            (Get-FileHash $result.FullName).Hash | Should -Be $result.Sha256
        }

        Join-Path $folder .gphotos catalog.db | Should -Exist
    }
}

Describe 'Save-GPhotoMediaItem and endings' {
    BeforeEach {
        $folder = New-TestFolder $TestDrive
        Reset-CallCount
    }

    AfterEach { Clear-Fault }

    It 'calls what comes as <Type> what it is: <FileName> becomes <Leaf>' -ForEach @(
        @{ FileName = 'IMG.HEIC'; MimeType = 'image/heic'; Type = 'image/jpeg'; Leaf = 'IMG.jpg' }
        @{ FileName = 'IMG.HEIC'; MimeType = 'image/heic'; Type = 'image/heic'; Leaf = 'IMG.HEIC' }
        @{ FileName = 'shot.jpg'; MimeType = 'image/jpeg'; Type = 'image/png'; Leaf = 'shot.png' }
        @{ FileName = 'shot.JPEG'; MimeType = 'image/jpeg'; Type = 'image/jpeg'; Leaf = 'shot.JPEG' }
        @{ FileName = 'no ending'; MimeType = 'image/jpeg'; Type = 'image/jpeg'; Leaf = 'no ending.jpg' }
        @{ FileName = 'v1.2'; MimeType = 'image/webp'; Type = 'image/webp'; Leaf = 'v1.2.webp' }
        @{ FileName = 'clip.avi'; MimeType = 'video/mp4'; Type = 'video/mp4'; Leaf = 'clip.mp4' }
    ) {
        $id = Add-TestItem @{ fileName = $FileName; mimeType = $MimeType; downloadsAs = $Type }
        $result = Get-GPhotoMediaItem -Id $id | Save-GPhotoMediaItem $folder -WarningVariable warnings

        Split-Path $result.FullName -Leaf | Should -BeExactly $Leaf
        $warnings | Should -BeNullOrEmpty -Because 'an ending that fits the bytes is nothing to worry about'
        if ($Leaf -ceq $FileName) { $result.RenamedFrom | Should -BeNullOrEmpty } else { $result.RenamedFrom | Should -BeExactly $FileName }
        $again = Get-GPhotoMediaItem -Id $id | Save-GPhotoMediaItem $folder
        $again.Status | Should -Be AlreadySaved
        $again.FullName | Should -Be $result.FullName
        $again.RenamedFrom | Should -Be $result.RenamedFrom
        Get-CallCount media.get | Should -Be 1
    }

    It 'keeps IMG.HEIC and IMG.jpg apart, the same way whoever is through first' {
        $ids = Add-TestItem @{ fileName = 'IMG.HEIC'; mimeType = 'image/heic'; downloadsAs = 'image/jpeg' }, @{ fileName = 'IMG.jpg' }, @{ fileName = 'IMG.mp4'; mimeType = 'video/mp4' }
        $items = Get-GPhotoMediaItem -Id $ids
        $served = Get-ServedHash $ids
        $first = $items | Save-GPhotoMediaItem $folder
        AssertInsideAndDistinct $first $folder
        Assert-SavedFile $first $served
        $expected = PathsOf $first $folder
        $expected[$ids[0]] | Should -BeExactly IMG.jpg
        $expected[$ids[1]] | Should -Match '^IMG~[0-9a-f]{6}\.jpg$'
        $expected[$ids[2]] | Should -BeExactly IMG.mp4

        # The first download is the slowest now.
        $other = New-TestFolder $TestDrive
        Add-Fault @{ path = '/lr/'; count = 1; latencyMs = 400 }
        $second = $items | Save-GPhotoMediaItem $other
        AssertSamePaths (PathsOf $second $other) $expected
        AssertSamePaths (PathsOf ($items | Save-GPhotoMediaItem $folder -NoCatalog) $folder) $expected
        @(Get-SavedFile $folder).Count | Should -Be 3
    }
}

Describe 'Save-GPhotoMediaItem -Layout' {
    BeforeAll {
        $ids = Add-TestItem @{ fileName = 'a.jpg'; creationTime = '2019-12-31T23:30:00Z' }, @{ fileName = 'a.jpg'; creationTime = '2020-01-01T00:30:00Z' }, @{ fileName = 'a.jpg'; creationTime = '0099-03-04T05:06:07Z' }
        $items = Get-GPhotoMediaItem -Id $ids
    }

    BeforeEach { $folder = New-TestFolder $TestDrive }

    It '<Layout>, by the time in UTC' -ForEach @(
        @{ Layout = 'Year'; Paths = '0099/a.jpg', '2019/a.jpg', '2020/a.jpg' }
        @{ Layout = 'YearMonth'; Paths = '0099/03/a.jpg', '2019/12/a.jpg', '2020/01/a.jpg' }
        @{ Layout = 'YearMonthDay'; Paths = '0099/03/04/a.jpg', '2019/12/31/a.jpg', '2020/01/01/a.jpg' }
    ) {
        $results = $items | Save-GPhotoMediaItem $folder -Layout $Layout
        (PathsOf $results $folder).Values | Sort-Object | Should -Be $Paths
        Get-ChildItem $folder -Directory -Force -Filter .gphotos -Recurse | Should -HaveCount 1
        ($items | Save-GPhotoMediaItem $folder -Layout $Layout).Status | Sort-Object -Unique | Should -Be AlreadySaved
    }

    It 'Flat, each under a name of its own' {
        AssertInsideAndDistinct ($items | Save-GPhotoMediaItem $folder -Layout Flat) $folder
        Get-ChildItem $folder -Directory | Should -BeNullOrEmpty
    }

    It 'leaves an item where it is that is saved under another layout' {
        $first = $items | Save-GPhotoMediaItem $folder -Layout Year
        Reset-CallCount
        $again = $items | Save-GPhotoMediaItem $folder -Layout YearMonth

        $again.Status | Sort-Object -Unique | Should -Be AlreadySaved
        AssertSamePaths (PathsOf $again $folder) (PathsOf $first $folder)
        Get-CallCount media.get | Should -Be 0
    }

    It 'Album, with a folder of the album''s title: <Title> becomes <Expected>' -ForEach @(
        @{ Title = 'Summer 2017'; Expected = 'Summer 2017' }
        @{ Title = '../../etc'; Expected = '.._.._etc' }
        @{ Title = 'a/b\c'; Expected = 'a_b_c' }
        @{ Title = '..'; Expected = 'album' }
        @{ Title = 'CON'; Expected = '_CON' }
        @{ Title = 'Trip.'; Expected = 'Trip' }
        @{ Title = 'x.partial'; Expected = '_x.partial_' }
        @{ Title = '.gphotos'; Expected = '*' }
    ) {
        $album = Invoke-Emulator albums -Method Post -Body @{ title = $Title }
        $id = Add-TestItem @{ fileName = 'catalog.db'; albumId = $album.id; contentBase64 = [convert]::ToBase64String([byte[]](1..200)) }, @{ fileName = 'a.jpg'; albumId = $album.id }, @{ fileName = '../a.jpg'; albumId = $album.id }
        $results = Get-GPhotoMediaItem -Album $album.id | Save-GPhotoMediaItem $folder -Layout Album 3>$null

        $results.Count | Should -Be 3
        AssertInsideAndDistinct $results $folder
        $parents = $results | ForEach-Object { Split-Path $_.FullName } | Sort-Object -Unique
        Split-Path $parents | Should -Be $folder
        Split-Path $parents -Leaf | Should -BeLike $Expected
        Split-Path $parents -Leaf | Should -Not -Be .gphotos -Because 'that is the folder of the catalog'
        $again = Get-GPhotoMediaItem -Album $album.id | Save-GPhotoMediaItem $folder -Layout Album 3>$null
        AssertSamePaths (PathsOf $again $folder) (PathsOf $results $folder)
        $again.Id | Should -Contain $id[0]
    }

    It 'Album, without a folder for what was not listed from an album' {
        (PathsOf ($items[0] | Save-GPhotoMediaItem $folder -Layout Album) $folder).Values | Should -Be a.jpg
    }
}

Describe 'Save-GPhotoMediaItem -Destination with a script block' {
    BeforeAll {
        $ids = Add-TestItem @(0..39 | ForEach-Object { @{ fileName = 'same.jpg'; creationTime = "$(1980 + $_)-05-05T12:00:00Z" } })
        $items = Get-GPhotoMediaItem -Id $ids
        $served = Get-ServedHash $ids
    }

    BeforeEach {
        $folder = New-TestFolder $TestDrive
        Reset-CallCount
    }

    It 'serves 40 destinations in one run, each with a catalog of its own' {
        foreach ($status in 'Saved', 'AlreadySaved') {
            $results = $items | Save-GPhotoMediaItem -Destination { '{0}/{1:yyyy}' -f $folder, $_.CreationTime.UtcDateTime }

            $results.Count | Should -Be 40
            $results.Status | Sort-Object -Unique | Should -Be $status
            Assert-SavedFile $results $served
            $results | ForEach-Object { $_.FullName | Should -Be (Join-Path $folder $_.MediaItem.CreationTime.UtcDateTime.Year same.jpg) }
        }

        Get-ChildItem $folder -Recurse -Force -Filter catalog.db | Should -HaveCount 40
        Get-CallCount media.get | Should -Be 40
    }

    It 'takes a folder for each row of a CSV file' {
        $csv = Join-Path $folder rows.csv
        $items[0..3] | Select-Object Id, @{ Name = 'Destination'; Expression = { Join-Path $folder "of $($_.CreationTime.UtcDateTime.Year % 2)" } } | Export-Csv $csv
        $results = Import-Csv $csv | Save-GPhotoMediaItem

        $results.Count | Should -Be 4
        $results | ForEach-Object { Split-Path $_.FullName | Should -Be (Join-Path $folder "of $($_.MediaItem.CreationTime.UtcDateTime.Year % 2)") }
        Assert-SavedFile $results $served
        Get-CallCount mediaItems.batchGet | Should -Be 1
    }

    It 'fails for the items alone whose script block throws or names no folder' {
        Set-Content (Join-Path $folder file) precious
        $results = $items[0..9] | Save-GPhotoMediaItem -ErrorVariable problems -ErrorAction SilentlyContinue -Destination {
            switch ($_.Id) {
                $items[2].Id { throw 'no idea where to' }
                $items[4].Id { Join-Path $folder file }
                $items[6].Id { 'Env:/x' }
                default { Join-Path $folder good }
            }
        }

        $results.Count | Should -Be 7
        Assert-SavedFile $results $served
        @($problems).Count | Should -Be 3
        "$problems" | Should -Match 'no idea where to'
        @($problems | Where-Object FullyQualifiedErrorId -Like 'FileWriteFailed,*').Count | Should -Be 2
        Get-Content (Join-Path $folder file) | Should -Be precious
    }
}
