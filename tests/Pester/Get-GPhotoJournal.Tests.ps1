#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession
}

AfterAll {
    Stop-TestEmulator
}

Describe 'Get-GPhotoJournal' {
    BeforeAll {
        $folder = (New-Item (Join-Path $TestDrive 'trip [1]') -ItemType Directory).FullName
        $deeper = (New-Item "$folder/deeper" -ItemType Directory).FullName
        Push-Location -LiteralPath $folder
        $null = New-TestPicture ('a.jpg', 'b.jpg', 'brackets [1].jpg', 'brackets 1.jpg' | ForEach-Object { Join-Path $folder $_ })
        $null = New-TestPicture (Join-Path $deeper c.jpg)
        Copy-Item -LiteralPath "$folder/a.jpg" "$folder/copy of a.jpg"
        Set-Content -LiteralPath "$folder/bad.jpg" 'no picture'
        $sent = Get-ChildItem -File -Recurse | Send-GPhotoMediaItem -ErrorAction SilentlyContinue
        $a = $sent | Where-Object FullName -EQ "$folder/a.jpg"
        # Sent, and gone since.
        Remove-Item -LiteralPath "$folder/b.jpg"
        # Never seen.
        $null = New-TestPicture (Join-Path $folder new.jpg)
        function Leaf { process { [System.IO.Path]::GetFileName($_.FullName) } }
    }

    AfterAll { Pop-Location }
    BeforeEach { Reset-CallCount }

    It 'shows what was sent, one entry a content, those that changed last first, without a call' {
        $entries = Get-GPhotoJournal

        $entries | Should -BeOfType ([GPhotos.JournalEntry])
        $entries.Count | Should -Be 6
        $entries.ChangedAt | Should -Be ($entries.ChangedAt | Sort-Object -Descending)
        $entry = $entries | Where-Object Sha256 -EQ $a.Sha256
        $entry.State | Should -Be Created
        $entry.Id | Should -Be $a.Id
        $entry.Length | Should -Be 2000
        $entry.Paths | Sort-Object | Should -Be "$folder/a.jpg", "$folder/copy of a.jpg"
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'finds <Name>' -ForEach @(
        @{ Name = 'a relative path'; Do = { Get-GPhotoJournal a.jpg }; Expected = , 'a.jpg' }
        @{ Name = 'a full path'; Do = { Get-GPhotoJournal ([WildcardPattern]::Escape("$folder/a.jpg")) }; Expected = , 'a.jpg' }
        @{ Name = 'another name of the same bytes'; Do = { Get-GPhotoJournal 'copy of a.jpg' }; Expected = , 'copy of a.jpg' }
        @{ Name = 'a file that is gone'; Do = { Get-GPhotoJournal b.jpg }; Expected = , 'b.jpg' }
        @{ Name = 'wildcards, in a folder with brackets, and none below it'; Do = { Get-GPhotoJournal [ab]*.jpg }; Expected = 'a.jpg', 'b.jpg', 'bad.jpg', 'brackets 1.jpg', 'brackets [1].jpg' }
        @{ Name = 'wildcards for a folder'; Do = { Get-GPhotoJournal d*/C.jp? }; Expected = , 'c.jpg' }
        @{ Name = 'wildcards after dots'; Do = { Get-GPhotoJournal ./deeper/../A* }; Expected = , 'a.jpg' }
        @{ Name = 'several paths'; Do = { Get-GPhotoJournal a.jpg, b* }; Expected = 'a.jpg', 'b.jpg', 'bad.jpg', 'brackets 1.jpg', 'brackets [1].jpg' }
        @{ Name = 'the file of the very name before what its brackets match'; Do = { Get-GPhotoJournal 'brackets [1].jpg' }; Expected = , 'brackets [1].jpg' }
        @{ Name = 'what brackets match'; Do = { Get-GPhotoJournal '[ab].jpg' }; Expected = 'a.jpg', 'b.jpg' }
        @{ Name = 'an escaped path'; Do = { Get-GPhotoJournal 'brackets `[1`].jpg' }; Expected = , 'brackets [1].jpg' }
        @{ Name = 'a literal path'; Do = { Get-GPhotoJournal -LiteralPath 'brackets [1].jpg' }; Expected = , 'brackets [1].jpg' }
        @{ Name = 'strings from the pipeline'; Do = { 'a.jpg', 'b.jpg' | Get-GPhotoJournal }; Expected = 'a.jpg', 'b.jpg' }
        @{ Name = 'the files of Get-ChildItem, and says nothing of one never seen'; Do = { Get-ChildItem | Get-GPhotoJournal }; Expected = 'a.jpg', 'bad.jpg', 'brackets 1.jpg', 'brackets [1].jpg', 'copy of a.jpg' }
        @{ Name = 'a FileInfo that .NET made'; Do = { [System.IO.FileInfo]::new("$folder/brackets [1].jpg") | Get-GPhotoJournal }; Expected = , 'brackets [1].jpg' }
        @{ Name = 'the results of sending'; Do = { $sent | Where-Object FullName -Like '*copy*' | Get-GPhotoJournal }; Expected = , 'copy of a.jpg' }
        @{ Name = 'rows of a CSV file'; Do = { Get-GPhotoJournal a.jpg | ConvertTo-Csv | ConvertFrom-Csv | Get-GPhotoJournal }; Expected = , 'a.jpg' }
        @{ Name = 'a drive of PowerShell'; Do = { $null = New-PSDrive Trip FileSystem $folder; 'Trip:/a.jpg', 'Trip:/[b].jpg' | Get-GPhotoJournal }; Expected = 'a.jpg', 'b.jpg' }
    ) {
        (& $Do | Leaf | Sort-Object) | Should -Be ($Expected | Sort-Object)
    }

    It 'gives no object and no error for <_>' -ForEach 'new.jpg', 'no such file.jpg', 'no*such*', 'deeper', '*.png', 'https://example.com/*.jpg', 'https://example.com/a.jpg' {
        Get-GPhotoJournal $_ -ErrorAction Stop | Should -BeNullOrEmpty
        Get-GPhotoJournal -LiteralPath $_ -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'shows by -State Refused what Google refused, in its own words' {
        $refused = Get-GPhotoJournal -State Refused

        $refused | Leaf | Should -Be bad.jpg
        $refused.Refusal | Should -Match 'There was an error while trying to create this media item'
        $refused.Id | Should -BeNullOrEmpty
        ($refused | Format-List | Out-String) | Should -Match 'Refusal +: .*There was an error'
    }

    It 'narrows by <Name>' -ForEach @(
        @{ Name = 'state'; Do = { Get-GPhotoJournal -State Created, Uploading }; Expected = 5 }
        @{ Name = 'media item'; Do = { Get-GPhotoJournal -Id $a.Id }; Expected = 1 }
        @{ Name = 'an id that nobody has'; Do = { Get-GPhotoJournal -Id unknown }; Expected = 0 }
        @{ Name = 'time'; Do = { Get-GPhotoJournal -Since (Get-Date).AddMinutes(-30) }; Expected = 6 }
        @{ Name = 'a time to come'; Do = { Get-GPhotoJournal -Since (Get-Date).AddMinutes(1) }; Expected = 0 }
        @{ Name = 'a time in UTC'; Do = { Get-GPhotoJournal -Since ([datetime]::UtcNow.AddMinutes(1)) }; Expected = 0 }
        @{ Name = 'the beginning of time'; Do = { Get-GPhotoJournal -Since ([datetime]::MinValue) }; Expected = 6 }
        @{ Name = 'path and state'; Do = { Get-GPhotoJournal b* -State Refused }; Expected = 1 }
        @{ Name = 'a path of another state'; Do = { Get-ChildItem a.jpg | Get-GPhotoJournal -State Refused }; Expected = 0 }
    ) {
        @(& $Do).Count | Should -Be $Expected
    }

    It 'feeds <Name> by property name' -ForEach @(
        @{ Name = 'Get-GPhotoMediaItem'; Do = { (Get-GPhotoJournal a.jpg -State Created | Get-GPhotoMediaItem).Id | Should -Be $a.Id } }
        @{ Name = 'Send-GPhotoMediaItem, brackets and all'; Do = {
                $again = Get-GPhotoJournal -LiteralPath 'brackets [1].jpg' | Send-GPhotoMediaItem
                $again | Leaf | Should -Be 'brackets [1].jpg'
                $again.Status | Should -Be AlreadyInLibrary
            }
        }
        @{ Name = 'Get-Item, from another session too'; Do = {
                $entry = Get-GPhotoJournal -LiteralPath 'brackets [1].jpg'
                ($entry | Get-Item).Name | Should -Be 'brackets [1].jpg'
                $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($entry))
                ($copy | Get-Item).Name | Should -Be 'brackets [1].jpg'
                ($copy | Get-GPhotoJournal).Sha256 | Should -Be $entry.Sha256
            }
        }
    ) { & $Do }

    It 'fits 80 columns, and shows a list' {
        $table = Get-GPhotoJournal a.jpg, bad.jpg | Out-String -Width 80
        $table | Should -Match 'State +Length +Changed \(UTC\) +Id +FullName'
        $table | Should -Match 'Created +2000 '
        $list = Get-GPhotoJournal a.jpg | Format-List | Out-String -Width 200
        $list | Should -Match ([regex]::Escape($a.Id))
        $list | Should -Match "Sha256 +: $($a.Sha256)"
        $list | Should -Match 'Paths +: .*copy of a.jpg'
        $list | Should -Not -Match 'BytesReceived|Refusal'
    }

    It 'lists the bytes that Google has while a file is uploading, and only then' {
        $entry = [GPhotos.JournalEntry]@{ State = 'Uploading'; Sha256 = 'x'; BytesReceived = 262144 }
        ($entry | Format-List | Out-String) | Should -Match 'BytesReceived +: 262144'
    }

    It 'gives one error for <Path>, and the others' -ForEach @(
        @{ Path = 'Env:/PATH'; Says = 'file system' }
        @{ Path = 'nodrive:/a.jpg'; Says = 'drive' }
        @{ Path = 'nodrive:/*.jpg'; Says = 'drive' }
    ) {
        $found = Get-GPhotoJournal a.jpg, $Path, bad.jpg -ErrorAction SilentlyContinue -ErrorVariable problems
        @($found).Count | Should -Be 2
        Assert-GPhotosError ($problems | Where-Object { $_.FullyQualifiedErrorId -like '*GPhotos*' }) -Id FileReadFailed -Category ReadError -Target $Path
        "$problems" | Should -Match $Says
    }

    It 'is empty, and makes no file, for a profile that never sent' {
        $null = Connect-GPhotos -ProfileName idle -WarningAction Ignore -AccessToken (
            ConvertTo-SecureString (Invoke-Emulator tokens -Method Post -Body @{}).access_token -AsPlainText -Force)
        try {
            Get-GPhotoJournal | Should -BeNullOrEmpty
            Get-ChildItem "$env:XDG_DATA_HOME/GPhotos" -Filter 'idle.*' -ErrorAction Ignore | Should -BeNullOrEmpty
        }
        finally {
            Disconnect-GPhotos idle -ErrorAction Ignore
        }
    }

    It 'fails with NotConnected when nobody is signed in' {
        Disconnect-GPhotos
        $record = Get-ErrorOf { Get-GPhotoJournal }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id NotConnected -Category AuthenticationError -Target default
    }
}
