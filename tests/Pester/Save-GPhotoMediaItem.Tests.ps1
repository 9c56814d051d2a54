#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force

    function FilesOf($folder) { @(Get-SavedFile $folder) }
}

Describe 'Save-GPhotoMediaItem' {
    BeforeAll {
        $null = Start-TestEmulator
        $null = Connect-TestSession
        $ids = Add-TestItem @{ fileName = 'plain.jpg'; creationTime = '2017-10-05T12:34:56Z' }, @{ fileName = 'Ünïcode – 夕焼け.jpg'; creationTime = '2018-01-01T00:00:00Z' }, @{ fileName = 'clip.mp4'; creationTime = '2019-01-01T12:00:00Z'; mimeType = 'video/mp4' }
        $items = Get-GPhotoMediaItem -Id $ids
    }

    AfterAll { Stop-TestEmulator }

    BeforeEach {
        $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))) -ItemType Directory).FullName
        Push-Location $folder
        Reset-CallCount
    }

    AfterEach {
        Clear-Fault
        Pop-Location
    }

    It 'saves into the current location, with the right bytes, times and names' {
        $results = $items | Save-GPhotoMediaItem

        $results.Count | Should -Be 3
        $results | Should -BeOfType ([GPhotos.SaveResult])
        $results.Status | ForEach-Object { $_ | Should -Be Saved }
        $results.Id | Sort-Object | Should -Be ($ids | Sort-Object)
        (FilesOf $folder).Name | Sort-Object | Should -Be ('clip.mp4', 'plain.jpg', 'Ünïcode – 夕焼け.jpg' | Sort-Object)
        $results | Where-Object FullName -NotLike *.mp4 | ForEach-Object { Assert-SavedPicture $_ }
        Get-CallCount media.get | Should -Be 3
        Get-CallCount mediaItems.batchGet | Should -Be 0 -Because 'the base URLs of the listing are young'
    }

    It 'brings the very bytes that Google serves, EXIF included' {
        $sample = Join-Path $PSScriptRoot ../../samples/photos/beach.jpg
        $id = Add-TestItem @{ fileName = 'beach.jpg'; contentBase64 = [Convert]::ToBase64String([System.IO.File]::ReadAllBytes($sample)) }
        $result = Get-GPhotoMediaItem -Id $id | Save-GPhotoMediaItem

        Assert-SavedPicture $result
        $text = [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($result.FullName))
        $text | Should -Match 'Exif\x00\x00'
        $text.Substring($text.Length - 2) | Should -Be "$([char]0xFF)$([char]0xD9)" -Because 'a JPEG that is whole ends so'
    }

    It 'saves to <Name>' -ForEach @(
        @{ Name = 'a relative folder that is missing'; Destination = 'a/b/c'; Expected = { Join-Path $folder a b c } }
        @{ Name = 'an absolute folder'; Destination = { Join-Path $folder abs }; Expected = { Join-Path $folder abs } }
        @{ Name = 'a folder with brackets and blanks'; Destination = 'a [1] b'; Expected = { Join-Path $folder 'a [1] b' } }
        @{ Name = 'the parent folder'; Destination = '../sibling'; Expected = { Join-Path (Split-Path $folder) sibling } }
        @{ Name = 'a drive of PowerShell'; Destination = 'Pictures:/here'; Expected = { Join-Path $folder here } }
    ) {
        $null = New-PSDrive Pictures FileSystem $folder
        try {
            $result = $items[0] | Save-GPhotoMediaItem -Destination ($Destination -is [scriptblock] ? (& $Destination) : $Destination)
            $result.FullName | Should -BeExactly (Join-Path (& $Expected) plain.jpg)
            Test-Path -LiteralPath $result.FullName | Should -BeTrue
        }
        finally {
            Remove-PSDrive Pictures
            Remove-Item (Join-Path (Split-Path $folder) sibling) -Recurse -ErrorAction Ignore
        }
    }

    It 'knows ~' {
        $name = ".gphotos-test-$([guid]::NewGuid().ToString('N'))"
        try {
            ($items[0] | Save-GPhotoMediaItem "~/$name").FullName | Should -BeExactly (Join-Path $HOME $name plain.jpg)
        }
        finally {
            Remove-Item (Join-Path $HOME $name) -Recurse -ErrorAction Ignore
        }
    }

    It 'writes nothing and makes no folder with -WhatIf' {
        $items | Save-GPhotoMediaItem -Destination new -WhatIf | Should -BeNullOrEmpty
        $items | Save-GPhotoMediaItem -Destination new -WhatIf -Force | Should -BeNullOrEmpty

        Join-Path $folder new | Should -Not -Exist
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'makes no folder when there is nothing to save' {
        @() | Save-GPhotoMediaItem -Destination new | Should -BeNullOrEmpty
        Join-Path $folder new | Should -Not -Exist
    }

    It 'finds on a rerun what is already there, without a download' {
        $null = $items | Save-GPhotoMediaItem
        $before = FilesOf $folder | ForEach-Object { "$($_.Name) $($_.LastWriteTimeUtc.Ticks)" }
        Reset-CallCount
        $results = $items | Save-GPhotoMediaItem

        $results.Count | Should -Be 3
        $results.Status | ForEach-Object { $_ | Should -Be AlreadySaved }
        $results.FullName | Sort-Object | Should -Be ((FilesOf $folder).FullName | Sort-Object)
        (Invoke-Emulator stats).total | Should -Be 0 -Because 'the catalog knows it all'
        FilesOf $folder | ForEach-Object { "$($_.Name) $($_.LastWriteTimeUtc.Ticks)" } | Should -Be $before
    }

    It 'downloads again with -Force, over the old file' {
        $null = $items[0] | Save-GPhotoMediaItem
        Set-Content plain.jpg spoilt
        $result = $items[0] | Save-GPhotoMediaItem -Force

        $result.Status | Should -Be Saved
        Assert-SavedPicture $result
        @(FilesOf $folder).Count | Should -Be 1
    }

    It 'leaves a file of the user alone, and saves beside it' {
        Set-Content plain.jpg 'precious'
        $result = $items[0] | Save-GPhotoMediaItem

        Get-Content plain.jpg | Should -Be 'precious'
        Split-Path $result.FullName -Leaf | Should -Match '^plain~[0-9a-f]{6}\.jpg$'
        Assert-SavedPicture $result
        ($items[0] | Save-GPhotoMediaItem).Status | Should -Be AlreadySaved -Because 'the name is the same on every run'
    }

    It 'gives FileExists when files of the user have every name it could have, <Name>' -ForEach @(
        @{ Name = 'with a catalog'; Parameter = @{} }
        @{ Name = 'without'; Parameter = @{ NoCatalog = $true } }
    ) {
        # Its names come to light one by one: each time the file of the last one is somebody else's.
        foreach ($number in 1..3) {
            $result = $items[0] | Save-GPhotoMediaItem -NoCatalog
            $result.Status | Should -Be Saved
            Set-Content $result.FullName 'precious'
        }

        $record = Get-ErrorOf { $items[0] | Save-GPhotoMediaItem @Parameter }

        Assert-GPhotosError $record -Id FileExists -Category ResourceExists -Target $items[0]
        FilesOf $folder | Should -HaveCount 3
        FilesOf $folder | ForEach-Object { Get-Content $_ | Should -Be 'precious' }
    }

    It 'gives items of one name a file each, the same files on every run' {
        $same = Get-GPhotoMediaItem -Id (Add-TestItem @{ fileName = 'same.jpg' }, @{ fileName = 'same.jpg' }, @{ fileName = 'SAME.JPG' })
        $first = $same | Save-GPhotoMediaItem
        $again = $same | Save-GPhotoMediaItem

        $first.FullName.ToLowerInvariant() | Sort-Object -Unique | Should -HaveCount 3
        $first | ForEach-Object { Assert-SavedPicture $_ }
        $again.Count | Should -Be 3
        @(FilesOf $folder).Count | Should -Be 3
        ($again | Where-Object Status -ne AlreadySaved) | Should -BeNullOrEmpty
        ($again | Sort-Object Id).FullName | Should -Be ($first | Sort-Object Id).FullName -Because 'which item has which file must not change'
    }

    It 'gives one result for each, when an item comes twice' {
        $results = @($items[0], $items[0], $items[0] | Save-GPhotoMediaItem -ErrorAction SilentlyContinue -ErrorVariable problems)

        $problems | Should -BeNullOrEmpty
        $results.Count | Should -Be 3
        @(FilesOf $folder).Count | Should -Be 1
        Assert-SavedPicture $results[0]
    }

    It 'downloads each item once when a long input names it twice, with -ThrottleLimit <_>' -ForEach 1, 8 {
        $many = Get-GPhotoMediaItem -Id (Add-TestItem @(1..30 | ForEach-Object { @{ fileName = "twice_$_.jpg" } }))
        $twice = foreach ($item in $many) { $item, $item }
        Reset-CallCount
        $results = @($twice) + $many | Save-GPhotoMediaItem -ThrottleLimit $_

        $results.Count | Should -Be 90
        @(FilesOf $folder).Count | Should -Be 30
        @($results | Where-Object Status -EQ Saved).Count | Should -Be 30
        Get-CallCount media.get | Should -Be 30
    }

    It 'takes ids, deserialized items, CSV rows, and what Send-GPhotoMediaItem gave' {
        (Save-GPhotoMediaItem -Id $ids[0] -Destination one).Status | Should -Be Saved
        $items | Export-Csv items.csv
        (Import-Csv items.csv | Save-GPhotoMediaItem two).Status | Should -Be Saved, Saved, Saved
        $items | Export-Clixml items.xml
        (Import-Clixml items.xml | Save-GPhotoMediaItem three).Status | Should -Be Saved, Saved, Saved
        $sent = New-TestPicture (Join-Path $folder up.jpg) | Send-GPhotoMediaItem
        ($sent | Save-GPhotoMediaItem four).Status | Should -Be Saved
        ($items | Save-GPhotoMediaItem five | Save-GPhotoMediaItem six).Status | Should -Be Saved, Saved, Saved
        Get-CallCount mediaItems.batchGet | Should -BeLessOrEqual 7 -Because 'the results of one come to the next as they are saved'
    }

    It 'gives one error for an unknown id among good ones' {
        $results = @($ids[0], 'unknown', $ids[1] | ForEach-Object { [pscustomobject]@{ Id = $_ } } |
                Save-GPhotoMediaItem -ErrorAction SilentlyContinue -ErrorVariable problems)

        $results.Count | Should -Be 2
        Assert-GPhotosError $problems -Id MediaItemNotFound -Category ObjectNotFound -Target unknown
    }

    It 'ends with one FileWriteFailed when the destination is <Name>' -ForEach @(
        @{ Name = 'a file'; Path = { Join-Path $folder file }; Unix = $false }
        @{ Name = 'below a file'; Path = { Join-Path $folder file below }; Unix = $false }
        @{ Name = 'where nobody may write'; Path = { '/proc/gphotos' }; Unix = $true }
    ) {
        if ($Unix -and -not $IsLinux) { Set-ItResult -Skipped -Because 'only Linux has /proc'; return }
        Set-Content (Join-Path $folder file) 'precious'
        $destination = & $Path
        foreach ($parameter in @{}, @{ NoCatalog = $true }) {
            $results = [System.Collections.Generic.List[object]]::new()
            $record = Get-ErrorOf { $items | Save-GPhotoMediaItem -Destination $destination @parameter | ForEach-Object { $results.Add($_) } }

            $results | Should -BeNullOrEmpty
            Assert-GPhotosError $record -Id FileWriteFailed -Category WriteError -Target $record.TargetObject
            $record.TargetObject | Should -BeLike "$destination*"
        }

        Get-Content (Join-Path $folder file) | Should -Be 'precious'
        Get-CallCount media.get | Should -Be 0
    }

    It 'refuses a destination outside the file system' {
        $record = Get-ErrorOf { $items | Save-GPhotoMediaItem -Destination Env:/x }
        Assert-GPhotosError $record -Id FileWriteFailed -Category WriteError -Target Env:/x

        Push-Location Env:
        try { $record = Get-ErrorOf { $items | Save-GPhotoMediaItem } } finally { Pop-Location }
        $record.FullyQualifiedErrorId | Should -BeLike 'FileWriteFailed,*'
        "$record" | Should -Match '-Destination'
    }

    It 'refuses a destination on a drive that there is not, with advice' {
        $record = Get-ErrorOf { $items | Save-GPhotoMediaItem -Destination nodrive:/x }
        Assert-GPhotosError $record -Id FileWriteFailed -Category WriteError -Target nodrive:/x
    }

    It 'saves under a safe name and says so, when Google calls the item <Name>' -ForEach @(
        @{ Name = '../../x.jpg'; Safe = 'x.jpg' }
        @{ Name = '/etc/passwd'; Safe = 'passwd.jpg' }
        @{ Name = '..\..\y.jpg'; Safe = 'y.jpg' }
        @{ Name = 'C:\Windows\z.jpg'; Safe = 'z.jpg' }
        @{ Name = 'CON.jpg'; Safe = '_CON.jpg' }
        @{ Name = "bell`a`e[31m`n.jpg"; Safe = 'bell__[31m_.jpg' }
        @{ Name = "exe$([char]0x202E)gpj.exe"; Safe = 'exe_gpj.exe.jpg' }
        @{ Name = '..'; Safe = 'item-????????????.jpg' }
        @{ Name = 'trap.jpg.partial'; Safe = '_trap.jpg.partial_.jpg' }
        @{ Name = 'stream.jpg:hidden'; Safe = 'stream.jpg_hidden.jpg' }
    ) {
        $id = Add-TestItem @{ fileName = 'a.jpg' }
        $null = Invoke-Emulator "items/$id" -Method Patch -Body @{ fileName = $Name }
        $null = New-Item deep/deeper -ItemType Directory
        $result = Get-GPhotoMediaItem -Id $id, $ids[0] | Save-GPhotoMediaItem deep/deeper -WarningVariable warnings -WarningAction SilentlyContinue

        $result.Count | Should -Be 2
        $renamed = $result | Where-Object Id -eq $id
        Split-Path $renamed.FullName -Leaf | Should -BeLike $Safe.Replace('[', '`[')
        $renamed.RenamedFrom | Should -BeExactly $Name
        $warnings.Count | Should -Be 1
        "$($warnings[0])" | Should -Match ([regex]::Escape((Split-Path $renamed.FullName -Leaf)))
        "$($warnings[0])" | Should -Not -Match '[\x00-\x1F\x7F\u202E]' -Because 'a name from the server must not drive the terminal'
        FilesOf (Split-Path $folder) | Where-Object { $_.FullName -notlike "$(Join-Path $folder deep deeper)*" -and $_.Name -notin 'items.csv', 'items.xml' -and $_.FullName -like "$folder*" } |
            Should -BeNullOrEmpty
    }

    It 'renews base URLs that have expired, many in one call' {
        $many = Get-GPhotoMediaItem -First 3
        $null = Invoke-Emulator base-urls/expire -Method Post
        $results = $many | Save-GPhotoMediaItem -WarningAction Ignore

        $results.Count | Should -Be 3
        $results.Status | ForEach-Object { $_ | Should -Be Saved }
    }

    It 'gives DownloadFailed for an item that Google does not serve, and saves the others' {
        Add-Fault @{ path = '/lr/'; status = 404; count = 2 }
        $results = @($items | Save-GPhotoMediaItem -ThrottleLimit 1 -ErrorAction SilentlyContinue -ErrorVariable problems)

        $results.Count | Should -Be 1
        $problems.Count | Should -Be 2
        foreach ($problem in $problems) { Assert-GPhotosError $problem -Id DownloadFailed -Category ReadError -Target $problem.TargetObject }
        @(FilesOf $folder).Count | Should -Be 1
    }

    It 'repeats a download that was cut, and the file is whole' {
        Add-Fault @{ path = '/lr/'; cutAfterBytes = 100; count = 1 }
        $result = Get-GPhotoMediaItem -Id $ids[0] | Save-GPhotoMediaItem

        Assert-SavedPicture $result
        @(FilesOf $folder).Count | Should -Be 1
        Get-CallCount media.get | Should -Be 2
    }

    It 'leaves a video for later that Google still works on' {
        $item = [GPhotos.MediaItem]@{ Id = $ids[2]; FileName = 'clip.mp4'; MediaType = 'Video'; VideoStatus = 'Processing' }
        Add-Fault @{ path = '/v1/mediaItems:batchGet'; body = @{ mediaItemResults = @(@{ mediaItem = @{ id = $ids[2]; filename = 'clip.mp4'; mimeType = 'video/mp4'; baseUrl = 'http://127.0.0.1/lr/x'; mediaMetadata = @{ creationTime = '2019-01-01T12:00:00Z'; video = @{ status = 'PROCESSING' } } } }) } }
        $result = $item | Save-GPhotoMediaItem

        $result.Status | Should -Be Pending
        Get-CallCount media.get | Should -Be 0
        FilesOf $folder | Should -BeNullOrEmpty
    }

    It 'never fetches from a host that is not Google''s: <_>' -ForEach 'https://example.com/lr/x', 'http://lh3.googleusercontent.com/x', 'file:///etc/passwd', '' {
        Add-Fault @{ path = '/v1/mediaItems:batchGet'; body = @{ mediaItemResults = @(@{ mediaItem = @{ id = $ids[0]; filename = 'plain.jpg'; mimeType = 'image/jpeg'; baseUrl = $_ } }) } }
        $record = Get-ErrorOf { Save-GPhotoMediaItem -Id $ids[0] }

        Assert-GPhotosError $record -Id UnexpectedResponse -Category InvalidResult -Target $record.TargetObject
        FilesOf $folder | Should -BeNullOrEmpty
    }

    It 'ends with one QuotaExceeded, and what is left is Pending' {
        Add-Fault @{ path = '/lr/'; after = 1; count = -1; quota = 'daily' }
        $results = @(Get-GPhotoMediaItem -Id $ids | Save-GPhotoMediaItem -ThrottleLimit 1 -ErrorAction SilentlyContinue -ErrorVariable problems)

        $results.Status | Sort-Object | Should -Be Saved, Pending, Pending
        Assert-GPhotosError $problems -Id QuotaExceeded -Category LimitsExceeded -Target $null
        @(FilesOf $folder).Count | Should -Be 1
    }

    It 'fails with NotConnected when nobody is signed in, and makes no folder' {
        Disconnect-GPhotos
        $record = Get-ErrorOf { $items | Save-GPhotoMediaItem new }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id NotConnected -Category AuthenticationError -Target default
        Join-Path $folder new | Should -Not -Exist
    }

    It 'shows its results within 80 columns, also after a round trip' {
        $results = $items | Save-GPhotoMediaItem
        $results | Export-Clixml results.xml
        foreach ($view in $results, (Import-Clixml results.xml)) {
            $table = ($view | Out-String -Width 80).Trim() -split '\r?\n'
            # The folder of the results, broken where the window ends.
            (($table | Select-Object -First 2) -join '').Replace(' ', '') | Should -BeLike "Directory:$folder*"
            $table | Where-Object { $_ -match '^Status\s+Length\s+Name$' } | Should -HaveCount 1
            $table | Where-Object { $_ -match '^Saved\s+\d+ \S' } | Should -HaveCount 3
            ($table | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
            $view | Format-List | Out-String -Width 80 | Should -Match '(?m)^Sha256\s+: [0-9a-f]{20}'
        }
    }
}
