#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $photos = (Resolve-Path (Join-Path $PSScriptRoot ../../samples/photos)).Path

    function ItemsOf($path) {
        $data = [regex]::Match((Get-Content -LiteralPath $path -Raw), '(?s)id="items">(.*?)</script>').Groups[1].Value
        @($data | ConvertFrom-Json)
    }
}

Describe 'Export-GPhotoGallery' {
    BeforeAll {
        $emulator = Start-TestEmulator -ArgumentList '--seed-from', $photos
        $null = Connect-TestSession
        $items = @(Get-GPhotoMediaItem)
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

    It 'shows what is online, at one media request each, and says nothing' {
        $items | Export-GPhotoGallery page.html | Should -BeNullOrEmpty

        $shown = @(ItemsOf page.html)
        $shown.Count | Should -Be $items.Count
        $shown.name | Sort-Object | Should -Be ($items.FileName | Sort-Object)
        @($shown | Where-Object { $_.PSObject.Properties['picture'] }).Count | Should -BeGreaterOrEqual ($items.Count - 1)
        Get-CallCount media.get | Should -Be $items.Count
        Get-CallCount mediaItems.batchGet | Should -Be 0
        (Get-ChildItem -Force).Name | Should -Be 'page.html'
        Get-Content page.html -Raw | Should -Not -Match ([regex]::Escape($emulator.Endpoint.Authority))
    }

    It 'gives the page with -PassThru, and takes its title' {
        $page = $items[0] | Export-GPhotoGallery ./a.html -Title 'Fish & <chips>' -PassThru

        $page | Should -BeOfType ([System.IO.FileInfo])
        $page.FullName | Should -Be (Join-Path $folder a.html)
        Get-Content a.html -Raw | Should -Match '<title>Fish &amp; &lt;chips&gt;</title>'
    }

    It 'asks for no byte with -NoThumbnail' {
        $items | Export-GPhotoGallery page.html -NoThumbnail

        (Get-CallCount).PSObject.Properties | Should -BeNullOrEmpty
        @(ItemsOf page.html).Count | Should -Be $items.Count
    }

    It 'shows results of saving from the files that were saved' {
        $results = $items | Save-GPhotoMediaItem -Destination backup
        Reset-CallCount
        $results | Where-Object FullName -Like *.jpg | Export-GPhotoGallery page.html

        Get-CallCount media.get | Should -Be 0
        $shown = @(ItemsOf page.html)
        $shown.status | ForEach-Object { $_ | Should -Be Saved }
        $shown.file | ForEach-Object { Test-Path -LiteralPath ([uri]::UnescapeDataString($_)) | Should -BeTrue }
    }

    It 'shows rows of a comparison, known by their properties' {
        [pscustomobject]@{ SideIndicator = '<='; FullName = (Join-Path $photos beach.jpg); MediaItem = $null; MatchedBy = $null; Candidates = @() },
        [pscustomobject]@{ SideIndicator = '=='; FullName = (Join-Path $photos dunes.jpg); MediaItem = $items[0]; MatchedBy = 'Content'; Candidates = @() },
        [pscustomobject]@{ SideIndicator = '<>'; FullName = $null; MediaItem = $items[1]; MatchedBy = $null; Candidates = @((Join-Path $photos beach.jpg), $items[2]) } |
            Export-GPhotoGallery page.html

        $shown = @(ItemsOf page.html)
        $shown.side | Sort-Object | Should -Be ('<=', '==', '<>' | Sort-Object)
        @($shown | Where-Object side -EQ '<>')[0].candidates.Count | Should -Be 2
        @($shown | Where-Object side -EQ '==')[0].matchedBy | Should -Be Content
        Get-CallCount media.get | Should -Be 1
    }

    It 'refuses what it cannot show, and shows the rest' {
        $errors = @(Get-ErrorOf { 42, $items[0] | Export-GPhotoGallery page.html })

        Assert-GPhotosError $errors -Id InvalidRequest -Category InvalidArgument -Target 42
        @(ItemsOf page.html).Count | Should -Be 1
    }

    It 'tells of a picture that cannot be had, and shows its name' {
        $id = Add-TestItem @{ fileName = 'denied.jpg'; denied = $true }
        $item = Get-GPhotoMediaItem -Id $id
        $errors = @(Get-ErrorOf { $item | Export-GPhotoGallery page.html })

        Assert-GPhotosError $errors -Id DownloadFailed -Category ReadError -Target $item
        @(ItemsOf page.html).name | Should -Be denied.jpg
        $null = Invoke-Emulator "items/$id" -Method Delete -ErrorAction Ignore
    }

    It 'replaces a page, but not with -NoClobber, and does nothing with -WhatIf' {
        Set-Content page.html before
        $items | Export-GPhotoGallery page.html -WhatIf
        Get-Content page.html | Should -Be before
        Assert-GPhotosError @(Get-ErrorOf { $items | Export-GPhotoGallery page.html -NoClobber }) -Id FileExists -Category ResourceExists -Target (Join-Path $folder page.html)
        Get-Content page.html | Should -Be before
        Get-CallCount media.get | Should -Be 0
        $items[0] | Export-GPhotoGallery page.html
        Get-Content page.html -TotalCount 1 | Should -Be '<!DOCTYPE html>'
    }

    It 'says at once that <Name>' -ForEach @(
        @{ Name = 'a folder is missing'; Path = 'none/page.html'; Target = { Join-Path $folder none/page.html } }
        @{ Name = 'a drive is no place for it'; Path = 'env:page'; Target = { 'env:page' } }
    ) {
        Assert-GPhotosError @(Get-ErrorOf { $items | Export-GPhotoGallery $Path }) -Id FileWriteFailed -Category WriteError -Target (& $Target)
        Get-CallCount media.get | Should -Be 0
    }

    It 'makes a page of nothing' {
        @() | Export-GPhotoGallery page.html
        @(ItemsOf page.html).Count | Should -Be 0
    }

    It 'leaves nothing behind when the pipeline is stopped' {
        Add-Fault @{ kind = 'media.get'; hang = $true; count = 0 }
        $pipeline = Use-Pipeline -Variable @{ items = $items; folder = $folder } -Script '$items | Export-GPhotoGallery "$folder/page.html"'
        Wait-Until { (Invoke-Emulator stats).inFlight -gt 0 }
        (Stop-Pipeline $pipeline).TotalSeconds | Should -BeLessThan 5

        Get-ChildItem -Force | Should -BeNullOrEmpty
    }
}

Describe 'Export-GPhotoGallery without a sign-in' {
    BeforeAll {
        $null = Start-TestEmulator
        $folder = New-TestFolder $TestDrive
    }

    AfterAll { Stop-TestEmulator }

    It 'shows files, passes other kinds over and tells how many' {
        $page = Get-ChildItem $photos -Recurse | Export-GPhotoGallery (Join-Path $folder files.html) -PassThru -WarningVariable warned -WarningAction SilentlyContinue

        $shown = @(ItemsOf $page.FullName)
        $shown.Count | Should -Be 15
        @($shown | Where-Object { $_.PSObject.Properties['picture'] }).Count | Should -Be 14 -Because 'all but the video have one'
        "$warned" | Should -BeLike '1 files*passed over*'
    }

    It 'says of media items that a sign-in is needed' {
        $null = Connect-TestSession
        $null = Add-TestItem
        $item = Get-GPhotoMediaItem -First 1
        Disconnect-GPhotos

        Assert-GPhotosError @(Get-ErrorOf { $item | Export-GPhotoGallery (Join-Path $folder a.html) }) -Id NotConnected -Category AuthenticationError -Target default
        Test-Path (Join-Path $folder a.html*) | Should -BeFalse
    }
}
