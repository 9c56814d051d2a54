#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force

    # What Google really holds, not what the cmdlet says.
    function Library { @(Invoke-Emulator items) | ForEach-Object { $_ } }
}

Describe 'Send-GPhotoMediaItem' {
    BeforeAll {
        $null = Start-TestEmulator
        $null = Connect-TestSession
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

    It 'sends a file and gives what Google made of it' {
        $file = New-TestPicture (Join-Path $folder one.jpg)
        $result = Send-GPhotoMediaItem $file.FullName

        $result | Should -BeOfType ([GPhotos.SendResult])
        $result.Status | Should -Be Created
        $result.FullName | Should -BeExactly $file.FullName
        $result.Length | Should -Be 2000
        $result.Sha256 | Should -BeExactly (Get-FileHash $file).Hash.ToLowerInvariant()
        $result.MediaItem.Id | Should -Be $result.Id
        $held = Library | Where-Object id -EQ $result.Id
        $held.fileName | Should -Be one.jpg
        $held.sha256 | Should -Be $result.Sha256
        Get-CallCount uploads | Should -Be 1
        Get-CallCount mediaItems.batchCreate | Should -Be 1
    }

    It 'takes <Name>' -ForEach @(
        @{ Name = 'wildcards'; Do = { Send-GPhotoMediaItem *.jpg }; Expected = 'a.jpg', 'b.jpg', 'brackets [1].jpg', 'Ünïcode – 夕焼け.jpg' }
        @{ Name = 'several paths'; Do = { Send-GPhotoMediaItem ./a.jpg, b.jpg }; Expected = 'a.jpg', 'b.jpg' }
        @{ Name = 'strings from the pipeline'; Do = { 'a.jpg', 'b.jpg' | Send-GPhotoMediaItem }; Expected = 'a.jpg', 'b.jpg' }
        @{ Name = 'files from Get-ChildItem, brackets and all'; Do = { Get-ChildItem | Send-GPhotoMediaItem }; Expected = 'a.jpg', 'b.jpg', 'brackets [1].jpg', 'Ünïcode – 夕焼け.jpg' }
        @{ Name = 'a FileInfo that .NET made'; Do = { [System.IO.FileInfo]::new((Join-Path $folder 'brackets [1].jpg')) | Send-GPhotoMediaItem }; Expected = , 'brackets [1].jpg' }
        @{ Name = 'names from Get-ChildItem -Name'; Do = { Get-ChildItem -Name [ab].jpg | Send-GPhotoMediaItem }; Expected = 'a.jpg', 'b.jpg' }
        @{ Name = 'a literal path with brackets'; Do = { Send-GPhotoMediaItem -LiteralPath 'brackets [1].jpg' }; Expected = , 'brackets [1].jpg' }
        @{ Name = 'an escaped path with brackets'; Do = { Send-GPhotoMediaItem ([WildcardPattern]::Escape('brackets [1].jpg')) }; Expected = , 'brackets [1].jpg' }
        @{ Name = 'a name that is not ASCII'; Do = { Send-GPhotoMediaItem 'Ünïcode – 夕焼け.jpg' }; Expected = , 'Ünïcode – 夕焼け.jpg' }
        @{ Name = 'objects with a Path'; Do = { [pscustomobject]@{ Path = 'a.jpg' } | Send-GPhotoMediaItem }; Expected = , 'a.jpg' }
        @{ Name = 'rows of a CSV file of Get-ChildItem'; Do = { Get-ChildItem b* | Select-Object FullName | ConvertTo-Csv | ConvertFrom-Csv | Send-GPhotoMediaItem }; Expected = 'b.jpg', 'brackets [1].jpg' }
        @{ Name = 'a drive of PowerShell'; Do = { $null = New-PSDrive Pictures FileSystem $folder; 'Pictures:/a.jpg', 'Pictures:/b*.jpg' | Send-GPhotoMediaItem }; Expected = 'a.jpg', 'b.jpg', 'brackets [1].jpg' }
    ) {
        $null = New-TestPicture ('a.jpg', 'b.jpg', 'brackets [1].jpg', 'Ünïcode – 夕焼け.jpg' | ForEach-Object { Join-Path $folder $_ })
        $results = & $Do

        ($results.FullName | Split-Path -Leaf | Sort-Object) | Should -Be ($Expected | Sort-Object)
        $results.Status | ForEach-Object { $_ | Should -Be Created }
        foreach ($result in $results) { (Library | Where-Object id -EQ $result.Id).fileName | Should -BeExactly (Split-Path $result.FullName -Leaf) }
    }

    It 'gives one error for <Name>, and sends the others' -ForEach @(
        @{ Name = 'a missing file'; Path = 'missing.jpg'; Id = 'FileReadFailed'; Category = 'ReadError'; Says = 'does not exist' }
        @{ Name = 'a missing literal file'; LiteralPath = 'missing.jpg'; Id = 'FileReadFailed'; Category = 'ReadError'; Says = 'does not exist' }
        @{ Name = 'a folder'; Path = 'dir.jpg'; Id = 'FileReadFailed'; Category = 'ReadError'; Says = 'folder' }
        @{ Name = 'an empty file'; Path = 'empty.jpg'; Id = 'MediaRejected'; Category = 'InvalidData'; Says = 'empty' }
        @{ Name = 'another type'; Path = 'notes.txt'; Id = 'MediaRejected'; Category = 'InvalidData'; Says = "'.txt'" }
        @{ Name = 'a file without an extension'; Path = 'noextension'; Id = 'MediaRejected'; Category = 'InvalidData'; Says = 'takes no' }
        @{ Name = 'another provider'; Path = 'Env:/PATH'; Id = 'FileReadFailed'; Category = 'ReadError'; Says = 'file system' }
        @{ Name = 'another provider, literally'; LiteralPath = 'Env:/PATH'; Id = 'FileReadFailed'; Category = 'ReadError'; Says = 'PATH' }
        @{ Name = 'a drive that there is not'; Path = 'nodrive:/a.jpg'; Id = 'FileReadFailed'; Category = 'ReadError'; Says = 'drive' }
        @{ Name = 'a drive that there is not, literally'; LiteralPath = 'nodrive:/a.jpg'; Id = 'FileReadFailed'; Category = 'ReadError'; Says = 'drive' }
    ) {
        $null = New-TestPicture (Join-Path $folder a.jpg), (Join-Path $folder z.jpg)
        $null = New-Item dir.jpg -ItemType Directory
        $null = New-Item empty.jpg, noextension -ItemType File
        Set-Content notes.txt x
        Set-Content noextension x
        $literal = Get-Variable LiteralPath -ValueOnly -ErrorAction Ignore
        $arguments = $literal ? @{ LiteralPath = @('a.jpg', $literal, 'z.jpg') } : @{ Path = @('a.jpg', $Path, 'z.jpg') }
        $results = @(Send-GPhotoMediaItem @arguments -ErrorAction SilentlyContinue -ErrorVariable problems)

        $results.Count | Should -Be 2 -Because "the problems were: $problems"
        # A wildcard that resolves to nothing leaves PowerShell's own record in the variable too.
        $problem = @($problems | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] -and $_.FullyQualifiedErrorId -match 'GPhotos' })
        Assert-GPhotosError $problem -Id $Id -Category $Category -Target $problem[0].TargetObject
        "$($problem[0].TargetObject)" | Should -Match ([regex]::Escape((Split-Path ($literal ?? $Path) -Leaf)))
        "$($problem[0])" | Should -Match ([regex]::Escape($Says))
    }

    It 'says nothing when a wildcard matches nothing, and sends nothing' {
        Send-GPhotoMediaItem *.jpg -ErrorAction Stop | Should -BeNullOrEmpty
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'gives four results and one error in Google''s words when one of five is refused' {
        $files = New-TestPicture (1..5 | ForEach-Object { Join-Path $folder "$_.jpg" })
        Set-Content 3.jpg 'this is no picture'
        $results = @($files | Send-GPhotoMediaItem -ErrorAction SilentlyContinue -ErrorVariable problems)

        ($results.FullName | Split-Path -Leaf) | Should -Be 1.jpg, 2.jpg, 4.jpg, 5.jpg
        Assert-GPhotosError $problems -Id MediaRejected -Category InvalidData -Target $files[2].FullName
        "$problems" | Should -Match 'There was an error while trying to create this media item'
        $problems[0].ErrorDetails.RecommendedAction | Should -Match 'JPG'
        Get-CallCount mediaItems.batchCreate | Should -Be 1
    }

    It 'gives each of two files with the same bytes its result' {
        $file = New-TestPicture (Join-Path $folder a.jpg)
        Copy-Item a.jpg b.jpg
        $results = Send-GPhotoMediaItem a.jpg, b.jpg

        $results.Status | Should -Be Created, AlreadyInLibrary
        $results[1].Id | Should -Be $results[0].Id
        $results[0].Length | Should -Be $file.Length
    }

    It 'finds the same item again when a file is sent again' {
        $null = New-TestPicture (Join-Path $folder a.jpg)
        $first = Send-GPhotoMediaItem a.jpg
        $second = Send-GPhotoMediaItem a.jpg

        $second.Id | Should -Be $first.Id
        @(Library | Where-Object sha256 -EQ $first.Sha256).Count | Should -Be 1
    }

    It 'sends a description only where one was given' {
        $null = New-TestPicture (Join-Path $folder a.jpg), (Join-Path $folder b.jpg)
        $plain = Send-GPhotoMediaItem a.jpg
        $told = Send-GPhotoMediaItem b.jpg -Description 'Lunch – 夕焼け'

        (Library | Where-Object id -EQ $plain.Id).description | Should -BeNullOrEmpty
        (Library | Where-Object id -EQ $told.Id).description | Should -BeExactly 'Lunch – 夕焼け'
    }

    It 'takes a description for each file by property name' {
        $null = New-TestPicture (Join-Path $folder a.jpg), (Join-Path $folder b.jpg), (Join-Path $folder c.jpg)
        $results = [pscustomobject]@{ Path = 'a.jpg'; Description = 'one' }, [pscustomobject]@{ Path = 'b.jpg' }, [pscustomobject]@{ Path = 'c.jpg'; Description = 'three' } | Send-GPhotoMediaItem

        $results.MediaItem.Description | Should -Be 'one', $null, 'three'
    }

    It 'refuses a description of 1,000 characters, and sends nothing' {
        $null = New-TestPicture (Join-Path $folder a.jpg)
        $record = Get-ErrorOf { Send-GPhotoMediaItem a.jpg -Description ('x' * 1000) }
        "$($record.FullyQualifiedErrorId)" | Should -BeLike 'InvalidRequest,*'
        Get-CallCount uploads | Should -Be 0
    }

    It 'takes an empty description for none, as CSV rows have it' {
        $null = New-TestPicture (Join-Path $folder a.jpg), (Join-Path $folder b.jpg)
        $results = [pscustomobject]@{ Path = 'a.jpg'; Description = '' }, [pscustomobject]@{ Path = 'b.jpg'; Description = $null } | Send-GPhotoMediaItem
        $results.Status | Should -Be Created, Created
        $results.MediaItem | Where-Object Description | Should -BeNullOrEmpty
    }

    It 'takes its own results literally, brackets and all' {
        $null = New-TestPicture (Join-Path $folder 'p [1].jpg'), (Join-Path $folder 'p 1.jpg')
        $first = Send-GPhotoMediaItem -LiteralPath 'p [1].jpg'
        ($first | Send-GPhotoMediaItem).FullName | Should -BeExactly (Join-Path $folder 'p [1].jpg')
        ('p [1].jpg' | Send-GPhotoMediaItem).FullName | Should -BeExactly (Join-Path $folder 'p [1].jpg') -Because 'a file of that very name stands there'
        ($first | Get-Item).Name | Should -BeExactly 'p [1].jpg'
    }

    It 'does not lose a name with brackets that no file has' {
        $record = Get-ErrorOf { 'q [1].jpg' | Send-GPhotoMediaItem }
        Assert-GPhotosError $record -Id FileReadFailed -Category ReadError -Target 'q [1].jpg'
    }

    It 'makes a missing album once, from many runspaces at once' {
        $files = New-TestPicture (1..4 | ForEach-Object { Join-Path $folder "$_.jpg" })
        $module = (Get-Module GPhotos).ModuleBase
        $results = $files | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:module
            $_ | Send-GPhotoMediaItem -Album 'Made once'
        }
        $results.AlbumId | Sort-Object -Unique | Should -HaveCount 1
        Get-GPhotoAlbum 'Made once' | Should -HaveCount 1
    }

    It 'tells of a wait once, to the cmdlet whose call it was' {
        $file = New-TestPicture (Join-Path $folder a.jpg)
        Add-Fault @{ path = '/v1/uploads'; status = 503; count = 1 }
        $said = & { $file | Send-GPhotoMediaItem -Verbose | Get-GPhotoMediaItem -Verbose } 4>&1 | Where-Object { "$_" -like '*trying again*' }
        $said | Should -HaveCount 1
    }

    It 'sends no mutating call with -WhatIf, and makes no album' {
        $null = New-TestPicture (Join-Path $folder a.jpg), (Join-Path $folder b.jpg)
        Get-ChildItem | Send-GPhotoMediaItem -Album 'none yet' -WhatIf | Should -BeNullOrEmpty

        (Invoke-Emulator stats).total | Should -Be 0
        @(Get-GPhotoAlbum 'none yet*').Count | Should -Be 0
    }

    It 'makes no album when there is nothing to send' {
        @() | Send-GPhotoMediaItem -Album 'none yet'
        $null = Get-ErrorOf { Send-GPhotoMediaItem missing.jpg -Album 'none yet' }

        @(Get-GPhotoAlbum 'none yet*').Count | Should -Be 0
    }

    It 'puts the files into an album, made once when it is missing' {
        $null = New-TestPicture (1..3 | ForEach-Object { Join-Path $folder "$_.jpg" })
        $results = Get-ChildItem | Send-GPhotoMediaItem -Album 20171005
        $null = New-TestPicture (Join-Path $folder 4.jpg)
        $later = Send-GPhotoMediaItem 4.jpg -Album 20171005

        $album = Get-GPhotoAlbum 20171005
        @($album).Count | Should -Be 1
        $results.AlbumId | ForEach-Object { $_ | Should -Be $album.Id }
        $later.AlbumId | Should -Be $album.Id
        (Get-GPhotoMediaItem -Album 20171005).FileName | Should -Be 1.jpg, 2.jpg, 3.jpg, 4.jpg
        Get-CallCount albums.create | Should -Be 1
    }

    It 'takes the album as <Name>' -ForEach @(
        @{ Name = 'an object'; Of = { $album } }
        @{ Name = 'an id'; Of = { $album.Id } }
        @{ Name = 'a deserialized object'; Of = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($album)) } }
        @{ Name = 'a row of a CSV file'; Of = { $album | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Name = 'a title in another case'; Of = { $album.Title.ToUpperInvariant() } }
    ) {
        $album = New-GPhotoAlbum "album $([guid]::NewGuid())"
        $null = New-TestPicture (Join-Path $folder a.jpg)
        Reset-CallCount
        (Send-GPhotoMediaItem a.jpg -Album (& $Of)).AlbumId | Should -Be $album.Id

        (Get-GPhotoAlbum -Id $album.Id).MediaItemsCount | Should -Be 1
        Get-CallCount albums.create | Should -Be 0
    }

    It 'makes no album of an id that is gone' {
        $gone = [GPhotos.Album]@{ Id = 'A' * 76; Title = 'gone' }
        $null = New-TestPicture (Join-Path $folder a.jpg)
        $record = Get-ErrorOf { Send-GPhotoMediaItem a.jpg -Album $gone }

        $record | Should -Not -BeNullOrEmpty
        $record[0].FullyQualifiedErrorId | Should -Match '^(AlbumNotFound|NotCreatedByThisApp),'
        Get-CallCount albums.create | Should -Be 0
    }

    It 'refuses an ambiguous album title before a byte is sent' {
        $twins = 'Twin', 'Twin' | New-GPhotoAlbum
        $null = New-TestPicture (Join-Path $folder a.jpg)
        $record = Get-ErrorOf { Send-GPhotoMediaItem a.jpg -Album Twin }

        Assert-GPhotosError $record -Id AlbumTitleAmbiguous -Category InvalidArgument -Target Twin
        foreach ($twin in $twins) { $record.ErrorDetails.RecommendedAction | Should -Match $twin.Id }
        Get-CallCount uploads | Should -Be 0
    }

    It 'keeps the order of the input in the album, whatever order the bytes arrive in' {
        $names = 1..60 | ForEach-Object { '{0:00}.jpg' -f $_ }
        $null = New-TestPicture ($names | ForEach-Object { Join-Path $folder $_ })
        Add-Fault @{ path = '/v1/uploads'; count = 3; latencyMs = 300 }
        $results = $names | Send-GPhotoMediaItem -Album Ordered

        ($results.FullName | Split-Path -Leaf) | Should -Be $names
        (Get-GPhotoMediaItem -Album Ordered).FileName | Should -Be $names
    }

    It 'keeps to -ThrottleLimit <_>, and uses it' -ForEach 1, 3 {
        $null = New-TestPicture (1..12 | ForEach-Object { Join-Path $folder "$_.jpg" })
        Add-Fault @{ path = '/v1/uploads'; count = -1; latencyMs = 40 }
        (Get-ChildItem | Send-GPhotoMediaItem -ThrottleLimit $_).Count | Should -Be 12

        Get-MaxInFlight uploads | Should -Be $_
        Get-MaxInFlight mediaItems.batchCreate | Should -Be 1
    }

    It 'fails with ScopeMissing before any byte when it may not append' {
        $null = New-TestPicture (1..3 | ForEach-Object { Join-Path $folder "$_.jpg" })
        $null = Connect-TestSession -Scope photoslibrary.readonly.appcreateddata
        Reset-CallCount
        try { $results = @(Get-ChildItem | Send-GPhotoMediaItem -ErrorAction SilentlyContinue -ErrorVariable problems) }
        finally { $null = Connect-TestSession }

        Assert-GPhotosError $problems -Id ScopeMissing -Category PermissionDenied -Target photoslibrary.appendonly
        $results.Count | Should -Be 3
        $results.Status | ForEach-Object { $_ | Should -Be Pending }
        Get-CallCount uploads | Should -Be 0
        Get-CallCount mediaItems.batchCreate | Should -Be 0
    }

    It 'ends with one QuotaExceeded in the middle of a run: what is done is Created, the rest Pending' {
        $files = New-TestPicture (1..120 | ForEach-Object { Join-Path $folder ('{0:000}.jpg' -f $_) })
        Add-Fault @{ path = '/v1/mediaItems:batchCreate'; after = 1; count = -1; quota = 'daily' }
        $results = @($files | Send-GPhotoMediaItem -ErrorAction SilentlyContinue -ErrorVariable problems)

        $results.Count | Should -Be 120
        ($results | Group-Object Status -AsHashTable -AsString).Created.Count | Should -Be 50
        ($results | Group-Object Status -AsHashTable -AsString).Pending.Count | Should -Be 70
        Assert-GPhotosError $problems -Id QuotaExceeded -Category LimitsExceeded -Target $null
        $results | Where-Object Status -EQ Pending | ForEach-Object { $_.Id | Should -BeNullOrEmpty }

        # The pending ones are what a second run has to send.
        Clear-Fault
        $again = @($results | Where-Object Status -EQ Pending | Send-GPhotoMediaItem)
        $again.Count | Should -Be 70
        $again.Status | ForEach-Object { $_ | Should -Be Created }
    }

    It 'ends with one StorageFull when the account is full' {
        $null = New-TestPicture (1..3 | ForEach-Object { Join-Path $folder "$_.jpg" })
        Add-Fault @{ path = '/v1/mediaItems:batchCreate'; status = 400; body = @{ error = @{ code = 400; status = 'INVALID_ARGUMENT'; message = "The remaining storage in the user's account is not enough to perform this operation." } } }
        $results = @(Get-ChildItem | Send-GPhotoMediaItem -ErrorAction SilentlyContinue -ErrorVariable problems)

        Assert-GPhotosError $problems -Id StorageFull -Category LimitsExceeded -Target $null
        $results.Status | Should -Be Pending, Pending, Pending
    }

    It 'creates each once when the answer of batchCreate was lost' {
        $null = New-TestPicture (1..5 | ForEach-Object { Join-Path $folder "lost$_.jpg" })
        Add-Fault @{ path = '/v1/mediaItems:batchCreate'; applyThenFail = $true }
        $results = Get-ChildItem | Send-GPhotoMediaItem -Album 'lost answers' -ErrorAction Stop

        $results.Count | Should -Be 5
        @(Library | Where-Object fileName -Like lost*).Count | Should -Be 5
        (Get-GPhotoAlbum 'lost answers').MediaItemsCount | Should -Be 5
    }

    It 'repeats an upload that the server dropped' {
        $null = New-TestPicture (Join-Path $folder a.jpg)
        Add-Fault @{ path = '/v1/uploads'; status = 503; headers = @{ 'Retry-After' = '0' } }
        (Send-GPhotoMediaItem a.jpg).Status | Should -Be Created
        Get-CallCount uploads | Should -Be 2
    }

    It 'fails with NotConnected when nobody is signed in' {
        Disconnect-GPhotos
        $record = Get-ErrorOf { Send-GPhotoMediaItem missing.jpg }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id NotConnected -Category AuthenticationError -Target default
    }

    It 'ends in under a second on Ctrl+C while <Name>, and creates nothing' -ForEach @(
        @{ Name = 'bytes are on their way'; Path = '/v1/uploads'; Kind = 'uploads'; Album = @{} }
        @{ Name = 'the items are being created'; Path = '/v1/mediaItems:batchCreate'; Kind = 'mediaItems.batchCreate'; Album = @{} }
        @{ Name = 'the album is being looked for'; Path = '/v1/albums'; Kind = 'albums.list'; Album = @{ Album = 'x' } }
    ) {
        $files = (New-TestPicture (1..20 | ForEach-Object { Join-Path $folder "stop$_.jpg" })).FullName
        $before = @(Library).Count
        Add-Fault @{ path = $Path; count = -1; hang = $true }
        $run = Use-Pipeline '$files | Send-GPhotoMediaItem @album' -Variable @{ files = $files; album = $Album }
        Wait-Until { Get-CallCount $Kind }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
        Wait-Quiet
        @(Library).Count | Should -Be $before
        # No file may stay open.
        foreach ($file in $files) { [System.IO.File]::Open($file, 'Open', 'ReadWrite', 'None').Dispose() }
    }

    It 'leaves nothing running behind Select-Object -First 1' {
        $null = New-TestPicture (1..120 | ForEach-Object { Join-Path $folder "$_.jpg" })
        @(Get-ChildItem | Send-GPhotoMediaItem | Select-Object -First 1).Count | Should -Be 1
        Wait-Quiet
    }

    It 'shows its results within 80 columns, also after a round trip' {
        $null = New-TestPicture (Join-Path $folder a.jpg)
        $result = Send-GPhotoMediaItem a.jpg
        $result | Export-Clixml result.xml
        foreach ($view in $result, (Import-Clixml result.xml)) {
            $table = ($view | Out-String -Width 80).Trim() -split '\r?\n'
            # The folder of the files, broken where the window ends.
            (($table | Select-Object -First 2) -join '').Replace(' ', '') | Should -BeLike "Directory:$folder*"
            $table | Where-Object { $_ -match '^Status\s+Length\s+Name$' } | Should -HaveCount 1
            $table | Where-Object { $_ -match '^Created\s+\d+ a\.jpg$' } | Should -HaveCount 1
            ($table | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
            $view | Format-List | Out-String -Width 80 | Should -Match '(?m)^Id\s+: '
        }
    }
}

Describe 'Send-GPhotoMediaItem with 1,000 files of 100 KB' {
    BeforeAll {
        $null = Start-TestEmulator
        $null = Connect-TestSession
        $folder = (New-Item (Join-Path $TestDrive thousand) -ItemType Directory).FullName
        $files = New-TestPicture (1..1000 | ForEach-Object { Join-Path $folder ('{0:0000}.jpg' -f $_) }) -Length 100000
    }

    AfterAll {
        Remove-Item $folder -Recurse
        Stop-TestEmulator
    }

    It 'costs 1,020 calls, never two creations at a time, and every file is accounted for' {
        $results = $files | Send-GPhotoMediaItem
        $stats = Invoke-Emulator stats

        $results.Count | Should -Be 1000
        ($results | Where-Object Status -NE Created) | Should -BeNullOrEmpty
        $results.FullName | Should -Be $files.FullName
        $stats.libraryCalls | Should -Be 1020
        $stats.calls.uploads | Should -Be 1000
        $stats.calls.'mediaItems.batchCreate' | Should -Be 20
        $stats.maxInFlight.'mediaItems.batchCreate' | Should -Be 1
        $stats.maxInFlight.uploads | Should -BeGreaterThan 1
        $stats.maxInFlight.uploads | Should -BeLessOrEqual 8
        @(Library).Count | Should -Be 1000
    }
}
