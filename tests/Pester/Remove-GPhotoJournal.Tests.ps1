#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession
}

AfterAll {
    Stop-TestEmulator
}

Describe 'Remove-GPhotoJournal' {
    BeforeEach {
        Remove-GPhotoJournal -All -Confirm:$false
        $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))) -ItemType Directory).FullName
        Push-Location $folder
        $null = New-Item deeper -ItemType Directory
        $null = New-TestPicture ('a.jpg', 'b.jpg', 'c [1].jpg', 'deeper/d.jpg' | ForEach-Object { Join-Path $folder $_ })
        $sent = Get-ChildItem -File -Recurse | Send-GPhotoMediaItem
        Reset-CallCount
        function Known { (Get-GPhotoJournal | ForEach-Object { [System.IO.Path]::GetFileName($_.FullName) } | Sort-Object) -join ', ' }
    }

    AfterEach { Pop-Location }

    It 'forgets <Name>, and nothing else' -ForEach @(
        @{ Name = 'a path'; Do = { Remove-GPhotoJournal a.jpg }; Left = 'b.jpg, c [1].jpg, d.jpg' }
        @{ Name = 'a path whose file is gone'; Do = { Remove-Item a.jpg; Remove-GPhotoJournal ./a.jpg }; Left = 'b.jpg, c [1].jpg, d.jpg' }
        @{ Name = 'wildcards, not below the folder'; Do = { Remove-GPhotoJournal * }; Left = 'd.jpg' }
        @{ Name = 'the file of the very name'; Do = { Remove-GPhotoJournal 'c [1].jpg' }; Left = 'a.jpg, b.jpg, d.jpg' }
        @{ Name = 'a literal path'; Do = { Remove-GPhotoJournal -LiteralPath 'c [1].jpg' }; Left = 'a.jpg, b.jpg, d.jpg' }
        @{ Name = 'strings from the pipeline'; Do = { 'a.jpg', 'b.jpg' | Remove-GPhotoJournal }; Left = 'c [1].jpg, d.jpg' }
        @{ Name = 'the files of Get-ChildItem'; Do = { Get-ChildItem -File | Remove-GPhotoJournal }; Left = 'd.jpg' }
        @{ Name = 'entries'; Do = { Get-GPhotoJournal [ac]* | Remove-GPhotoJournal }; Left = 'b.jpg, d.jpg' }
        @{ Name = 'entries as an argument'; Do = { Remove-GPhotoJournal -InputObject (Get-GPhotoJournal [ab].jpg) }; Left = 'c [1].jpg, d.jpg' }
        @{ Name = 'the results of sending'; Do = { $sent | Where-Object FullName -Like '*c `[1`]*' | Remove-GPhotoJournal }; Left = 'a.jpg, b.jpg, d.jpg' }
        @{ Name = 'rows of a CSV file'; Do = { Get-GPhotoJournal a.jpg | ConvertTo-Csv | ConvertFrom-Csv | Remove-GPhotoJournal }; Left = 'b.jpg, c [1].jpg, d.jpg' }
        @{ Name = 'everything'; Do = { Remove-GPhotoJournal -All -Confirm:$false }; Left = '' }
        @{ Name = 'nothing with -All:$false'; Do = { Remove-GPhotoJournal -All:$false -Confirm:$false }; Left = 'a.jpg, b.jpg, c [1].jpg, d.jpg' }
    ) {
        & $Do | Should -BeNullOrEmpty
        Known | Should -Be $Left
        (Invoke-Emulator stats).total | Should -Be 0 -Because 'the journal is on this machine'
        @(Invoke-Emulator items | ForEach-Object { $_ } | Where-Object id -In $sent.Id).Count | Should -Be 4 -Because 'nothing changes at Google'
    }

    It 'forgets the other names of the same bytes with one of them' {
        Copy-Item a.jpg copy.jpg
        $null = Send-GPhotoMediaItem copy.jpg
        Remove-GPhotoJournal a.jpg
        Get-GPhotoJournal copy.jpg | Should -BeNullOrEmpty
    }

    It 'lets a file be sent again, which Google finds to be the same media item' {
        (Send-GPhotoMediaItem a.jpg).Status | Should -Be AlreadyInLibrary
        Get-CallCount uploads | Should -Be 0
        Remove-GPhotoJournal a.jpg
        $again = Send-GPhotoMediaItem a.jpg

        Get-CallCount uploads | Should -Be 1
        $again.Id | Should -Be ($sent | Where-Object FullName -EQ $again.FullName).Id
        (Get-GPhotoJournal a.jpg).Id | Should -Be $again.Id
    }

    It 'gives with -PassThru the entries that were forgotten' {
        $entries = Get-GPhotoJournal a.jpg, b.jpg
        $gone = Remove-GPhotoJournal [ab].jpg -PassThru
        $gone | Should -BeOfType ([GPhotos.JournalEntry])
        $gone.Sha256 | Sort-Object | Should -Be ($entries.Sha256 | Sort-Object)
        @(Remove-GPhotoJournal -All -PassThru -Confirm:$false).Count | Should -Be 2
    }

    It 'forgets nothing with -WhatIf: <Name>' -ForEach @(
        @{ Name = 'a path'; Do = { Remove-GPhotoJournal a.jpg -WhatIf -PassThru } }
        @{ Name = 'a pattern'; Do = { Remove-GPhotoJournal * -WhatIf -PassThru } }
        @{ Name = 'entries'; Do = { Get-GPhotoJournal | Remove-GPhotoJournal -WhatIf -PassThru } }
        @{ Name = 'everything'; Do = { Remove-GPhotoJournal -All -WhatIf -PassThru } }
        @{ Name = 'everything, unasked'; Do = { Remove-GPhotoJournal -All -WhatIf -Confirm:$false } }
    ) {
        & $Do | Should -BeNullOrEmpty
        Known | Should -Be 'a.jpg, b.jpg, c [1].jpg, d.jpg'
    }

    It 'gives one error for <Name>, and forgets the others' -ForEach @(
        @{ Name = 'a path it does not know'; Do = { Remove-GPhotoJournal a.jpg, new.jpg, b.jpg } }
        @{ Name = 'a literal path it does not know'; Do = { Remove-GPhotoJournal -LiteralPath a.jpg, new.jpg, b.jpg } }
        @{ Name = 'a file it does not know'; Do = { $null = New-TestPicture (Join-Path $folder new.jpg); 'a', 'new', 'b' | ForEach-Object { Get-Item "$_.jpg" } | Remove-GPhotoJournal } }
    ) {
        $problem = Get-ErrorOf $Do
        Assert-GPhotosError $problem -Id JournalEntryNotFound -Category ObjectNotFound -Target (Join-Path $folder new.jpg)
        Known | Should -Be 'c [1].jpg, d.jpg'
    }

    It 'gives an error for an entry that it does not know any more' {
        $entry = Get-GPhotoJournal a.jpg
        $entry | Remove-GPhotoJournal
        Assert-GPhotosError (Get-ErrorOf { $entry | Remove-GPhotoJournal }) -Id JournalEntryNotFound -Category ObjectNotFound -Target $entry
    }

    It 'gives no error for a pattern that fits nothing, but for brackets that do' {
        Remove-GPhotoJournal *.png, x?.jpg -ErrorAction Stop | Should -BeNullOrEmpty
        Assert-GPhotosError (Get-ErrorOf { Remove-GPhotoJournal 'x [2].jpg' }) -Id JournalEntryNotFound -Category ObjectNotFound -Target (Join-Path $folder 'x [2].jpg')
        Known | Should -Be 'a.jpg, b.jpg, c [1].jpg, d.jpg'
    }

    It 'asks before -All by itself, before the rest only on demand: <Name>' -ForEach @(
        # A shell in which nobody can be asked: asking is an error there.
        @{ Name = 'all'; Script = 'Remove-GPhotoJournal -All'; Asks = $true }
        @{ Name = 'all, with -Confirm'; Script = 'Remove-GPhotoJournal -All -Confirm'; Asks = $true }
        @{ Name = 'all, when the user wants to be asked for less'; Script = '$ConfirmPreference = "Medium"; Remove-GPhotoJournal -All'; Asks = $true }
        @{ Name = 'all, told not to'; Script = 'Remove-GPhotoJournal -All -Confirm:$false'; Asks = $false }
        @{ Name = 'all, when the user never wants to be asked'; Script = '$ConfirmPreference = "None"; Remove-GPhotoJournal -All'; Asks = $false }
        @{ Name = 'a path'; Script = 'Remove-GPhotoJournal * -PassThru | Out-Null'; Asks = $false }
        @{ Name = 'a path, with -Confirm'; Script = 'Remove-GPhotoJournal * -Confirm'; Asks = $true }
        @{ Name = 'a path, when the user wants to be asked'; Script = '$ConfirmPreference = "Medium"; Remove-GPhotoJournal *'; Asks = $true }
    ) {
        $token = (Invoke-Emulator tokens -Method Post -Body @{}).access_token
        $output = @(Invoke-ChildShell -ArgumentList $token -Script @"
`$null = Connect-GPhotos -AccessToken (ConvertTo-SecureString `$Arguments[0] -AsPlainText -Force)
Set-Location '$folder'
`$null = Get-ChildItem -File -Recurse | Send-GPhotoMediaItem
try { $Script } catch { "asked: `$_" }
"left `$(@(Get-GPhotoJournal).Count)"
"@ 2>&1)

        @($output -match '^asked: .*NonInteractive').Count | Should -Be ([int]$Asks) -Because "$output"
        $output[-1] | Should -Be $(if ($Asks) { 'left 4' } elseif ($Script -match '-All') { 'left 0' } else { 'left 1' })
    }

    It 'fails with NotConnected when nobody is signed in' {
        Disconnect-GPhotos
        $record = Get-ErrorOf { Remove-GPhotoJournal a.jpg }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id NotConnected -Category AuthenticationError -Target default
    }
}
