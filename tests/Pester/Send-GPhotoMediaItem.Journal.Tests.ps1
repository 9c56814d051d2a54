#Requires -Version 7.6

# What was sent is known: by its bytes, whatever the file is called, in this shell and in the next.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    # A sign-in that is kept, so that another shell has it too.
    $null = Connect-ThroughPage (Save-ClientSecret (Join-Path $TestDrive client.json))
    function Leaf { process { [System.IO.Path]::GetFileName($_.FullName) } }
}

AfterAll { Stop-TestEmulator }

Describe 'Send-GPhotoMediaItem and what the journal knows' {
    BeforeEach {
        $folder = New-TestFolder $TestDrive
        Push-Location $folder
        Reset-CallCount
    }

    AfterEach {
        Clear-Fault
        Pop-Location
    }

    It 'sends bytes that have three names once, and gives each name its result' {
        $null = New-TestPicture (Join-Path $folder a.jpg)
        Copy-Item a.jpg b.jpg
        Copy-Item a.jpg c.jpg
        $results = Send-GPhotoMediaItem a.jpg, b.jpg, c.jpg

        $results | Leaf | Should -Be a.jpg, b.jpg, c.jpg
        $results.Status | Should -Be Created, AlreadyInLibrary, AlreadyInLibrary
        $results.Id | Sort-Object -Unique | Should -Be $results[0].Id
        $results.Sha256 | Sort-Object -Unique | Should -HaveCount 1
        (Invoke-Emulator stats).uploadBytes | Should -Be 2000
        (Get-GPhotoJournal a.jpg).Paths | Sort-Object | Should -Be "$folder/a.jpg", "$folder/b.jpg", "$folder/c.jpg"
    }

    It 'sends nothing when <Name>' -ForEach @(
        @{ Name = 'the same folder is sent again'; Do = { 'photos' } }
        @{ Name = 'the folder has another name'; Do = { Rename-Item photos renamed; 'renamed' } }
        @{ Name = 'the files have other names'; Do = { Get-ChildItem photos | Rename-Item -NewName { "new $($_.Name)" }; 'photos' } }
        @{ Name = 'the files were touched'; Do = { Get-ChildItem photos | ForEach-Object { $_.LastWriteTime = [datetime]'2017-10-05' }; 'photos' } }
        @{ Name = 'the folder is a copy'; Do = { Copy-Item photos copied -Recurse; 'copied' } }
    ) {
        $null = New-Item photos -ItemType Directory
        $null = New-TestPicture (1..5 | ForEach-Object { Join-Path $folder photos "$_.jpg" })
        $first = Send-GPhotoMediaItem photos -Recurse
        $first.Status | Sort-Object -Unique | Should -Be Created
        $now = & $Do
        Reset-CallCount
        $again = Send-GPhotoMediaItem $now -Recurse

        $again.Status | Should -Be (@('AlreadyInLibrary') * 5)
        $again.Id | Should -Be $first.Id
        $again.Sha256 | Should -Be $first.Sha256
        $again.FullName | Should -Be (Get-ChildItem $now).FullName
        $stats = Invoke-Emulator stats
        $stats.uploadBytes | Should -Be 0
        $stats.libraryCalls | Should -Be 0
    }

    It 'sends a file anew that was edited in place, to the same length' {
        $null = New-TestPicture (Join-Path $folder a.jpg), (Join-Path $folder b.jpg)
        $first = Send-GPhotoMediaItem a.jpg, b.jpg
        $null = New-TestPicture (Join-Path $folder a.jpg)
        Reset-CallCount
        $again = Send-GPhotoMediaItem a.jpg, b.jpg

        $edited, $same = $again | Sort-Object FullName
        $edited.Status, $same.Status | Should -Be Created, AlreadyInLibrary
        $edited.Id | Should -Not -Be $first[0].Id
        (Get-HeldItem | Where-Object id -EQ $edited.Id).sha256 | Should -Be (Get-FileHash a.jpg).Hash.ToLowerInvariant()
        (Invoke-Emulator stats).uploadBytes | Should -Be 2000
    }

    It 'puts what is in the library into another album: one call for 50, in order, and no bytes' {
        $names = 1..60 | ForEach-Object { '{0:00}.jpg' -f $_ }
        $null = New-TestPicture ($names | ForEach-Object { Join-Path $folder $_ })
        $first = $names | Send-GPhotoMediaItem
        Reset-CallCount
        $later = $names | Send-GPhotoMediaItem -Album Later

        $later.Status | Sort-Object -Unique | Should -Be AlreadyInLibrary
        $later.Id | Should -Be $first.Id
        Get-HeldName Later | Should -Be $names
        $later.AlbumId | Sort-Object -Unique | Should -Be (Get-HeldAlbum Later).id
        Get-CallCount albums.batchAddMediaItems | Should -Be 2
        Get-CallCount mediaItems.batchCreate | Should -Be 0
        (Invoke-Emulator stats).uploadBytes | Should -Be 0

        # And what is in the album already is not put there twice.
        Reset-CallCount
        $null = $names | Send-GPhotoMediaItem -Album Later
        Get-CallCount albums.batchAddMediaItems | Should -Be 0
        Get-HeldName Later | Should -Be $names
    }

    It 'sends the bytes again of an item that is gone from the library, and puts it into the album' {
        $null = New-TestPicture (1..4 | ForEach-Object { Join-Path $folder "$_.jpg" })
        $first = Get-ChildItem | Send-GPhotoMediaItem
        $null = Invoke-Emulator "items/$($first[1].Id)" -Method Delete
        Reset-CallCount
        $later = Get-ChildItem | Send-GPhotoMediaItem -Album Gone -ErrorAction Stop

        # What goes the long way comes out when it has arrived.
        $later = $later | Sort-Object FullName
        $later | Leaf | Should -Be 1.jpg, 2.jpg, 3.jpg, 4.jpg
        $later.Status | Should -Be AlreadyInLibrary, Created, AlreadyInLibrary, AlreadyInLibrary
        $later[1].Id | Should -Not -Be $first[1].Id
        (Invoke-Emulator stats).uploadBytes | Should -Be 2000
        Get-HeldName Gone | Sort-Object | Should -Be 1.jpg, 2.jpg, 3.jpg, 4.jpg
        (Get-GPhotoJournal 2.jpg).Id | Should -Be $later[1].Id
    }

    It 'sends the bytes again of a picture that the user had before, and puts it into the album' {
        $null = New-TestPicture (Join-Path $folder mine.jpg), (Join-Path $folder new.jpg)
        $foreign = (Invoke-Emulator items -Method Post -Body @{ fileName = 'mine.jpg'; foreign = $true; contentBase64 = [convert]::ToBase64String([System.IO.File]::ReadAllBytes("$folder/mine.jpg")) }).ids
        $first = Send-GPhotoMediaItem mine.jpg, new.jpg
        $first[0].Id | Should -Be $foreign -Because 'Google leads the same bytes to the item it has'
        Reset-CallCount
        $later = Send-GPhotoMediaItem mine.jpg, new.jpg -Album Foreign -ErrorAction Stop

        ($later | Sort-Object FullName).Id | Should -Be ($first | Sort-Object FullName).Id
        Get-HeldName Foreign | Sort-Object | Should -Be mine.jpg, new.jpg
        (Invoke-Emulator stats).uploadBytes | Should -Be 2000
        @(Get-HeldItem | Where-Object sha256 -EQ $first[0].Sha256).Count | Should -Be 1
    }

    It 'sends everything again with -Force, and nothing stands twice' {
        $null = New-TestPicture (1..3 | ForEach-Object { Join-Path $folder "$_.jpg" })
        $first = Get-ChildItem | Send-GPhotoMediaItem
        Reset-CallCount
        $again = Get-ChildItem | Send-GPhotoMediaItem -Force

        $again.Status | Should -Be Created, Created, Created
        $again.Id | Should -Be $first.Id
        (Invoke-Emulator stats).uploadBytes | Should -Be 6000
        @(Get-HeldItem | Where-Object sha256 -In $first.Sha256).Count | Should -Be 3
    }

    It 'reports a refused file again in Google''s words without a call, and tries it with -Force' {
        $null = New-TestPicture (Join-Path $folder good.jpg)
        Set-Content bad.jpg "no picture $folder"
        $first = Get-ErrorOf { Get-ChildItem | Send-GPhotoMediaItem }
        Assert-GPhotosError $first -Id MediaRejected -Category InvalidData -Target "$folder/bad.jpg"
        Reset-CallCount

        $results = @(Get-ChildItem | Send-GPhotoMediaItem -ErrorAction SilentlyContinue -ErrorVariable problems)
        $results | Leaf | Should -Be good.jpg
        Assert-GPhotosError $problems -Id MediaRejected -Category InvalidData -Target "$folder/bad.jpg"
        "$problems" | Should -Match 'There was an error while trying to create this media item'
        "$problems" | Should -Match '-Force'
        (Invoke-Emulator stats).libraryCalls | Should -Be 0

        Assert-GPhotosError (Get-ErrorOf { Send-GPhotoMediaItem bad.jpg -Force }) -Id MediaRejected -Category InvalidData -Target "$folder/bad.jpg"
        Get-CallCount uploads | Should -Be 1
        Get-CallCount mediaItems.batchCreate | Should -Be 1

        # Mended under the same name, it is another file.
        $null = New-TestPicture "$folder/bad.jpg"
        (Send-GPhotoMediaItem bad.jpg).Status | Should -Be Created
    }

    It 'knows it all in a fresh shell' {
        $null = New-TestPicture (1..3 | ForEach-Object { Join-Path $folder "$_.jpg" })
        Set-Content bad.jpg "no picture $folder"
        $sent = Get-ChildItem | Send-GPhotoMediaItem -ErrorAction SilentlyContinue
        $sent.Count | Should -Be 3
        $null = New-TestPicture (Join-Path $folder 4.jpg)
        Reset-CallCount
        $lines = @(Invoke-ChildShell -ArgumentList $folder -Script @'
Send-GPhotoMediaItem $Arguments[0] -Recurse -ErrorAction SilentlyContinue -ErrorVariable problems | ForEach-Object { "$($_.Status) $($_.Id)" }
$problems | ForEach-Object { "$($_.FullyQualifiedErrorId) $_" }
'@)
        $lines[0..2] | Should -Be ($sent.Id | ForEach-Object { "AlreadyInLibrary $_" })
        $lines[3] | Should -BeLike 'Created ?*'
        $lines[4] | Should -BeLike 'MediaRejected,*There was an error while trying to create this media item*'
        $lines.Count | Should -Be 5
        (Invoke-Emulator stats).uploadBytes | Should -Be 2000
        # And this shell learns of that one.
        Reset-CallCount
        (Send-GPhotoMediaItem 4.jpg).Status | Should -Be AlreadyInLibrary
        (Invoke-Emulator stats).libraryCalls | Should -Be 0
    }
}

Describe 'Send-GPhotoMediaItem with a journal that is damaged' {
    BeforeAll {
        $folder = New-TestFolder $TestDrive
        $file = New-TestPicture (Join-Path $folder a.jpg)
        # The name of a journal ends in what the service and the project come to, so another profile's differs in the profile alone.
        $null = $file | Send-GPhotoMediaItem
        $data = Join-Path $env:XDG_DATA_HOME GPhotos
        $journal = Join-Path $data (Get-ChildItem $data -Filter default.*.journal.db)[0].Name.Replace('default.', 'damaged.')
        Set-Content $journal (1..500 -join ' is no page of a database ')
        $before = (Get-FileHash $journal).Hash
        function Connect-Damaged {
            $token = (Invoke-Emulator tokens -Method Post -Body @{}).access_token
            $null = Connect-GPhotos -ProfileName damaged -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force) -WarningAction Ignore
        }
    }

    BeforeEach {
        Connect-Damaged
        Reset-CallCount
    }

    AfterAll { Disconnect-GPhotos damaged -ErrorAction Ignore }

    It 'says which file, and what to do, sends nothing, and leaves the file as it is' {
        $record = Get-ErrorOf { $file | Send-GPhotoMediaItem }

        Assert-GPhotosError $record -Id FileWriteFailed -Category WriteError -Target $journal
        "$record" | Should -Match 'is damaged'
        "$record" | Should -Match 'Move it away'
        (Invoke-Emulator stats).libraryCalls | Should -Be 0
        (Get-FileHash $journal).Hash | Should -Be $before
    }

    It 'says the same with -WhatIf' {
        Assert-GPhotosError (Get-ErrorOf { $file | Send-GPhotoMediaItem -WhatIf }) -Id FileWriteFailed -Category WriteError -Target $journal
        (Get-FileHash $journal).Hash | Should -Be $before
    }

    It 'makes a new one when it was moved away' {
        Move-Item $journal "$journal.away"
        Connect-Damaged
        ($file | Send-GPhotoMediaItem).Status | Should -Be Created
        Get-GPhotoJournal $file.FullName | Should -HaveCount 1
    }
}
