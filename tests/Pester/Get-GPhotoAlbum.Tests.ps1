#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession
    # 60 albums are two pages.
    $made = @('Alpha', 'Alps', 'Beta', 'beta', 'Trip [1]') + (1..55 | ForEach-Object { "Number $_" }) | New-GPhotoAlbum
    $null = Add-TestItem @{ albumId = $made[0].Id; count = 3 }
}

AfterAll {
    Stop-TestEmulator
}

Describe 'Get-GPhotoAlbum' {
    BeforeEach { Reset-CallCount }
    AfterEach { Clear-Fault }

    It 'lists all, page by page' {
        $albums = Get-GPhotoAlbum

        $albums.Count | Should -Be 60
        ($albums.Id | Sort-Object -Unique).Count | Should -Be 60
        $albums | Should -BeOfType ([GPhotos.Album])
        Get-CallCount albums.list | Should -Be 2
    }

    It 'knows how many items an album holds' {
        (Get-GPhotoAlbum Alpha).MediaItemsCount | Should -Be 3
        (Get-GPhotoAlbum Alps).MediaItemsCount | Should -Be 0
    }

    It 'finds titles by wildcards, without regard to case' {
        @(Get-GPhotoAlbum Al*).Title | Sort-Object | Should -Be 'Alpha', 'Alps'
        @(Get-GPhotoAlbum BETA).Count | Should -Be 2
        @(Get-GPhotoAlbum 'Number ?').Count | Should -Be 9
        @(Get-GPhotoAlbum Alps, Al*, Beta).Count | Should -Be 4 -Because 'an album that two patterns match comes once'
        (Get-GPhotoAlbum ([WildcardPattern]::Escape('Trip [1]'))).Title | Should -Be 'Trip [1]'
    }

    It 'reads titles from the pipeline' {
        ('Alpha', 'Alps' | Get-GPhotoAlbum).Title | Should -Be 'Alpha', 'Alps'
    }

    It 'says which title is missing, and gives the others' {
        $albums = Get-GPhotoAlbum Alpha, nowhere, Alps -ErrorAction SilentlyContinue -ErrorVariable problems

        $albums.Count | Should -Be 2
        Assert-GPhotosError $problems -Id AlbumNotFound -Category ObjectNotFound -Target nowhere
        $problems[0].ErrorDetails.RecommendedAction | Should -Match 'New-GPhotoAlbum'
    }

    It 'says nothing when a wildcard matches nothing' {
        Get-GPhotoAlbum nowhere* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'gets by id, from an argument and by property name, where AlbumId goes before Id' {
        (Get-GPhotoAlbum -Id $made[1].Id, $made[0].Id).Title | Should -Be 'Alps', 'Alpha'
        (Get-GPhotoAlbum -AlbumId $made[1].Id).Title | Should -Be 'Alps'
        ([pscustomobject]@{ Id = $made[2].Id } | Get-GPhotoAlbum).Title | Should -Be 'Beta'
        ([pscustomobject]@{ Id = 'a media item'; AlbumId = $made[2].Id } | Get-GPhotoAlbum).Title | Should -Be 'Beta'
        ($made[0, 1] | Get-GPhotoAlbum).Title | Should -Be 'Alpha', 'Alps' -Because 'an album from the pipeline is asked for anew, by its id'
        Get-CallCount albums.list | Should -Be 0
    }

    It 'shows no character of a title that makes a terminal do things' {
        $album = New-GPhotoAlbum "bell`a red`e[31m reversed`u{202E}"
        foreach ($view in { $album | Format-Table }, { $album | Format-Wide }, { $album | Format-List }) {
            & $view | Out-String | Should -Not -Match "[`a`u{202E}]|`e\[31m"
        }
        $album | Out-String | Should -Match "bell`u{FFFD} red`u{FFFD}\[31m reversed`u{FFFD}"
    }

    It 'goes through a CSV file' {
        $file = Join-Path $TestDrive albums.csv
        $made[0, 1] | Export-Csv $file
        (Import-Csv $file | Get-GPhotoAlbum).Title | Should -Be 'Alpha', 'Alps'
    }

    It 'says which id is unknown, and gives the others' {
        $albums = Get-GPhotoAlbum -Id $made[0].Id, unknown, $made[1].Id -ErrorAction SilentlyContinue -ErrorVariable problems

        $albums.Title | Should -Be 'Alpha', 'Alps'
        Assert-GPhotosError $problems -Id AlbumNotFound -Category ObjectNotFound -Target unknown
    }

    It 'gives the first before the second page is asked for' {
        Add-Fault @{ path = '/v1/albums'; after = 1; hang = $true }
        (Get-GPhotoAlbum | Select-Object -First 1).Title | Should -Not -BeNullOrEmpty
        Get-CallCount albums.list | Should -BeLessOrEqual 2
        Wait-Quiet
    }

    It 'ends in under a second on Ctrl+C while Google does not answer' {
        Add-Fault @{ path = '/v1/albums'; hang = $true }
        $run = Use-Pipeline 'Get-GPhotoAlbum'
        Wait-Until { Get-CallCount albums.list }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
        Wait-Quiet
    }

    It 'fails with NotConnected when nobody is signed in, and with ScopeMissing when it may not read' {
        Disconnect-GPhotos
        Assert-GPhotosError (Get-ErrorOf { Get-GPhotoAlbum }) -Id NotConnected -Category AuthenticationError -Target default

        $null = Connect-TestSession -Scope photoslibrary.appendonly
        Reset-CallCount
        $record = Get-ErrorOf { Get-GPhotoAlbum }
        $null = Connect-TestSession
        Assert-GPhotosError $record -Id ScopeMissing -Category PermissionDenied -Target photoslibrary.readonly.appcreateddata
        Get-CallCount albums.list | Should -Be 0
    }

    It 'is a table, a list and a wide view within 80 columns, also after a round trip' {
        $file = Join-Path $TestDrive album.xml
        $made[0] | Export-Clixml $file
        foreach ($one in (Get-GPhotoAlbum Alpha), (Import-Clixml $file)) {
            $table = ($one | Out-String -Width 80).Trim() -split '\r?\n'
            $table[0] | Should -Match '^\s*Items\s+Title'
            $table[2] | Should -Match '^\s*\d\s+Alpha$'
            $one | Format-List | Out-String -Width 80 | Should -Match '(?m)^Id\s+: '
            ($one | Format-Wide | Out-String -Width 80).Trim() | Should -Be 'Alpha'
        }
    }
}
