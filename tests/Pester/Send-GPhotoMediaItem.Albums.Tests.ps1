#Requires -Version 7.6

# Albums as they come out at Google: made once, in order, full, foreign.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    function Named([string] $Status) { process { if ($_.Status -eq $Status) { $_ } } }
    function New-Picture([int] $Count) { New-TestPicture (1..$Count | ForEach-Object { Join-Path $folder ('{0:000}.jpg' -f $_) }) }
}

Describe 'Send-GPhotoMediaItem -Album' {
    BeforeAll {
        $null = Start-TestEmulator
        $null = Connect-ThroughPage (Save-ClientSecret (Join-Path $TestDrive client.json))
    }

    AfterAll { Stop-TestEmulator }

    BeforeEach {
        $folder = New-TestFolder $TestDrive
        Push-Location $folder
        Reset-CallCount
    }

    AfterEach {
        Clear-Fault
        Pop-Location
    }

    It 'makes an album once for four shells that want it at once' {
        $files = New-Picture 4
        # Slow enough that all four would find none.
        Add-Fault @{ kind = 'albums.*'; count = -1; latencyMs = 200 }
        $results = Invoke-ShellRace -Argument $files.FullName { param($one) Send-GPhotoMediaItem $one -Album Raced }

        $results.Count | Should -Be 4
        @(Get-HeldAlbum Raced).Count | Should -Be 1
        $results.AlbumId | Sort-Object -Unique | Should -Be (Get-HeldAlbum Raced).id
        Get-HeldName Raced | Sort-Object | Should -Be $files.Name
        Get-CallCount albums.create | Should -Be 1
        Get-ThrottledCount | Should -Be 0
    }

    It 'keeps the order of the input over several batches, whatever order the bytes arrive in' {
        $files = New-Picture 130
        # Neither the order of the names nor that of their making.
        $shuffled = $files | Sort-Object { ($_.BaseName -as [int]) * 37 % 131 }
        Add-Fault @{ kind = 'uploads'; count = 3; latencyMs = 300 }
        $results = $shuffled | Send-GPhotoMediaItem -Album 'In order' -ThrottleLimit 16

        $results.FullName | Should -Be $shuffled.FullName
        Get-HeldName 'In order' | Should -Be $shuffled.Name
        Get-CallCount mediaItems.batchCreate | Should -Be 3
        Get-MaxInFlight uploads | Should -BeGreaterThan 1
    }

    It 'keeps the order where known files and new ones alternate' {
        $files = New-Picture 24
        $null = $files | Where-Object { $_.BaseName -in '003', '004', '005', '011', '017', '018', '024' } | Send-GPhotoMediaItem
        Reset-CallCount
        $results = $files | Send-GPhotoMediaItem -Album Mixed

        $results.FullName | Should -Be $files.FullName
        Get-HeldName Mixed | Should -Be $files.Name
        @($results | Named AlreadyInLibrary).Count | Should -Be 7
        (Invoke-Emulator stats).uploadBytes | Should -Be (17 * 2000)
    }

    It 'keeps the order of each album where the input jumps between albums' {
        $files = New-Picture 30
        $results = $files | Send-GPhotoMediaItem -Album { "Jump $([int]$_.BaseName % 3)" }

        $results.Count | Should -Be 30
        foreach ($rest in 0..2) { Get-HeldName "Jump $rest" | Should -Be ($files | Where-Object { [int]$_.BaseName % 3 -eq $rest }).Name }
        Get-CallCount mediaItems.batchCreate | Should -Be 3
    }

    It 'puts the same bytes into two albums, sent once' {
        $null = New-TestPicture "$folder/a.jpg"
        Copy-Item a.jpg b.jpg
        $results = Get-ChildItem | Send-GPhotoMediaItem -Album { "Twin $($_.BaseName)" }

        $results.Id | Sort-Object -Unique | Should -HaveCount 1
        @(Get-HeldAlbum 'Twin a').mediaItemIds | Should -Be $results[0].Id
        @(Get-HeldAlbum 'Twin b').mediaItemIds | Should -Be $results[0].Id
        (Invoke-Emulator stats).uploadBytes | Should -Be 2000
    }

    It 'ends with one NotCreatedByThisApp for an album of another app, known <Name>' -ForEach @(
        @{ Name = 'as an object' ; Of = { [GPhotos.Album]@{ Id = $foreign.id; Title = $foreign.title } } }
        @{ Name = 'as an object of another shell' ; Of = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize([GPhotos.Album]@{ Id = $foreign.id; Title = $foreign.title })) } }
    ) {
        $foreign = Invoke-Emulator albums -Method Post -Body @{ title = 'Of the phone'; foreign = $true }
        $files = New-Picture 3
        $results = @($files | Send-GPhotoMediaItem -Album (& $Of) -ErrorAction SilentlyContinue -ErrorVariable problems)

        $results.FullName | Should -Be $files.FullName
        $results.Status | Should -Be Pending, Pending, Pending
        Assert-GPhotosError $problems -Id NotCreatedByThisApp -Category PermissionDenied -Target $foreign.id
        Get-CallCount albums.create | Should -Be 0
        @(Invoke-Emulator "albums/$($foreign.id)/items" | ForEach-Object { $_ }).Count | Should -Be 0
        # The bytes are not lost: into an album of its own they go without being sent again.
        Reset-CallCount
        $null = $files | Send-GPhotoMediaItem -Album "Own $Name" -ErrorAction Stop
        Get-HeldName "Own $Name" | Should -Be $files.Name
        (Invoke-Emulator stats).uploadBytes | Should -Be 0
    }

    It 'goes on with the albums that take files when one of them is gone' {
        $gone = New-GPhotoAlbum 'Soon gone'
        $files = New-Picture 4
        $gone.Id = $null
        $rows = $files | ForEach-Object { [pscustomobject]@{ FullName = $_.FullName; Album = [int]$_.BaseName % 2 ? 'A' * 76 : 'Still there' } }
        $results = @($rows | Send-GPhotoMediaItem -ErrorAction SilentlyContinue -ErrorVariable problems)

        @($results | Named Created).FullName | Should -Be $files[1].FullName, $files[3].FullName
        Get-HeldName 'Still there' | Should -Be 002.jpg, 004.jpg
        $problems.Count + @($results | Named Created).Count | Should -Be 4 -Because 'each input is one result or one error'
        $problems | ForEach-Object { $_.FullyQualifiedErrorId | Should -BeLike 'AlbumNotFound,*' }
    }
}

Describe 'Send-GPhotoMediaItem into an album that gets full' {
    BeforeAll {
        # Google's own number, as the client knows it: 20,000.
        $null = Start-TestEmulator
        $null = Connect-TestSession
        $folder = New-TestFolder $TestDrive
        $files = New-Picture 130
        function New-AlmostFull([string] $Title) {
            $album = New-GPhotoAlbum $Title
            $null = Add-TestItem @{ count = 19940; albumId = $album.Id; fileName = 'old.jpg' }
            $album
        }
        function Get-HeldId([string] $Title) { (Get-HeldAlbum $Title).mediaItemIds | Select-Object -Skip 19940 }
    }

    AfterAll { Stop-TestEmulator }

    It 'loses no file when the album takes no more, and another album takes what is left without the bytes' {
        $album = New-AlmostFull 'Full so far'
        $results = @($files | Send-GPhotoMediaItem -Album $album -ErrorAction SilentlyContinue -ErrorVariable problems)

        $results.FullName | Sort-Object | Should -Be $files.FullName
        $problems.Count | Should -Be 1
        $made = @($results | Named Created)
        (Get-HeldId 'Full so far') -join ' ' | Should -Be ($made.Id -join ' ')
        @($results | Named Pending).Count | Should -Be (130 - $made.Count)

        $null = $files | Send-GPhotoMediaItem -Album 'With room' -ErrorAction Stop
        Get-HeldName 'With room' | Should -Be $files.Name
        (Invoke-Emulator stats).uploadBytes | Should -Be (130 * 2000)
    }

    It 'ends with one AlbumFull: what fits is there, the rest Pending' {
        $files = New-Picture 130
        $album = New-AlmostFull Full
        $results = @($files | Send-GPhotoMediaItem -Album $album -ErrorAction SilentlyContinue -ErrorVariable problems)

        Assert-GPhotosError $problems -Id AlbumFull -Category LimitsExceeded -Target $album.Id
        $results.FullName | Sort-Object | Should -Be $files.FullName
        @($results | Named Created).FullName | Should -Be ($files.FullName | Select-Object -First 60)
        @($results | Named Pending).Count | Should -Be 70
        Get-HeldId Full | Should -Be @($results | Named Created).Id
    }

    It 'ends with one AlbumFull when known files do not fit' {
        $null = $files | Send-GPhotoMediaItem
        $album = New-AlmostFull 'Full of known'
        Reset-CallCount
        $results = @($files | Send-GPhotoMediaItem -Album $album -ErrorAction SilentlyContinue -ErrorVariable problems)

        Assert-GPhotosError $problems -Id AlbumFull -Category LimitsExceeded -Target $album.Id
        $results.Count | Should -Be 130
        @($results | Named AlreadyInLibrary).Count | Should -Be 60
        @($results | Named Pending).Count | Should -Be 70
        @(Get-HeldId 'Full of known').Count | Should -Be 60
        (Invoke-Emulator stats).uploadBytes | Should -Be 0
    }
}
