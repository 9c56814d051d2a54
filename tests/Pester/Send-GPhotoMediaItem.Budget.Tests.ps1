#Requires -Version 7.6

# What sending costs: foretold, bounded, and cut short by Google's day.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-ThroughPage (Save-ClientSecret (Join-Path $TestDrive client.json))
    function Named([string] $Status) { process { if ($_.Status -eq $Status) { $_ } } }
}

AfterAll { Stop-TestEmulator }

Describe 'Send-GPhotoMediaItem -WhatIf' {
    BeforeEach {
        $folder = New-TestFolder $TestDrive
        Push-Location $folder
        Reset-CallCount
        # What -WhatIf says goes to the host alone, so another shell says it.
        function Foretell([string] $Command) {
            (@(Invoke-ChildShell -ArgumentList $folder -Script "[cultureinfo]::CurrentCulture = 'en-US'`nSet-Location `$Arguments[0]`n$Command") -match '^What if:')[-1]
        }
    }

    AfterEach { Pop-Location }

    It 'foretells 4,583 calls for 4,493 files, sends none and makes no album' {
        $bytes = [byte[]]@(0xFF, 0xD8, 0xFF, 0xE0) + [byte[]]::new(16)
        foreach ($number in 1..4493) {
            [System.BitConverter]::GetBytes($number).CopyTo($bytes, 8)
            [System.IO.File]::WriteAllBytes("$folder/$number.jpg", $bytes)
        }

        $lines = @(Invoke-ChildShell -ArgumentList $folder -Script @'
[cultureinfo]::CurrentCulture = 'en-US'
Send-GPhotoMediaItem $Arguments[0] -Recurse -WhatIf
Send-GPhotoMediaItem $Arguments[0] -Recurse -Album 'None yet' -WhatIf
'@) -match '^What if: '
        $stats = Invoke-Emulator stats

        $lines.Count | Should -Be (2 * (4493 + 1))
        $lines[4493] | Should -Match 'Sending 4,493 files with 89,860 bytes takes 4,583 calls; [\d,]+ of 10,000 are left today\.'
        # With an album: one call to look for it and one to make it.
        $lines[-1] | Should -Match 'takes 4,585 calls'
        $lines[-2] | Should -Match "album 'None yet'"
        $stats.libraryCalls | Should -Be 0
        $stats.uploadBytes | Should -Be 0
        Get-HeldAlbum 'None yet' | Should -BeNullOrEmpty
        Get-GPhotoJournal | Should -BeNullOrEmpty
    }

    It 'counts what is known, what is the same and what cannot be sent, and foretells what it then takes' {
        $null = New-TestPicture (1..6 | ForEach-Object { Join-Path $folder "$_.jpg" })
        Copy-Item 6.jpg 7.jpg
        $null = New-Item empty.jpg -ItemType File
        $null = Send-GPhotoMediaItem 1.jpg, 2.jpg, 3.jpg
        Reset-CallCount
        $text = Foretell 'Get-ChildItem | Send-GPhotoMediaItem -WhatIf'
        (Invoke-Emulator stats).libraryCalls | Should -Be 0

        $text | Should -Match 'Sending 8 files with 6,000 bytes takes 4 calls'
        $text | Should -Match '4 of the files are in the library already'
        $text | Should -Match '1 cannot be sent'
        $null = Get-ChildItem | Send-GPhotoMediaItem -ErrorAction SilentlyContinue
        (Invoke-Emulator stats).libraryCalls | Should -Be 4
    }

    It 'foretells what <Name> takes' -ForEach @(
        @{ Name = 'a folder into an album of each folder'; Command = 'Send-GPhotoMediaItem . -Recurse -AlbumFromFolder' }
        @{ Name = 'known files with -Force'; Command = 'Send-GPhotoMediaItem . -Recurse -Force'; Known = $true }
    ) {
        $null = New-Item "$Name one", "$Name two" -ItemType Directory
        $null = New-TestPicture (1..3 | ForEach-Object { "$folder/$Name one/$_.jpg"; "$folder/$Name two/$_.jpg" })
        if (Get-Variable Known -ValueOnly -ErrorAction Ignore) { $null = Send-GPhotoMediaItem . -Recurse }
        Reset-CallCount
        $calls = [int][regex]::Match((Foretell "$Command -WhatIf"), 'takes ([\d,]+) calls').Groups[1].Value
        (Invoke-Emulator stats).libraryCalls | Should -Be 0
        $null = & ([scriptblock]::Create($Command))

        (Invoke-Emulator stats).libraryCalls | Should -Be $calls -Because "the calls were $(Get-CallCount)"
    }
}

Describe 'Send-GPhotoMediaItem -WhatIf for known files into another album' {
    It 'foretells what it takes' {
        $folder = New-TestFolder $TestDrive
        $files = New-TestPicture (1..3 | ForEach-Object { "$folder/$_.jpg" })
        $null = $files | Send-GPhotoMediaItem
        Reset-CallCount
        $lines = Invoke-ChildShell -ArgumentList $folder -Script 'Get-ChildItem $Arguments[0] | Send-GPhotoMediaItem -Album Another -WhatIf'
        $calls = [int][regex]::Match("$lines", 'takes ([\d,]+) calls').Groups[1].Value
        $null = $files | Send-GPhotoMediaItem -Album Another
        (Invoke-Emulator stats).libraryCalls | Should -Be $calls -Because "the calls were $(Get-CallCount)"
    }
}

Describe 'Send-GPhotoMediaItem -MaximumCalls' {
    BeforeEach {
        $folder = New-TestFolder $TestDrive
        Push-Location $folder
        $files = New-TestPicture (1..60 | ForEach-Object { Join-Path $folder ('{0:00}.jpg' -f $_) })
        Reset-CallCount
    }

    AfterEach { Pop-Location }

    It 'sends no more than <Maximum> calls, and creates what it uploaded' -ForEach @(
        @{ Maximum = 1; Created = 0 }
        @{ Maximum = 2; Created = 1 }
        @{ Maximum = 31; Created = 30 }
        @{ Maximum = 51; Created = 50 }
    ) {
        $results = @($files | Send-GPhotoMediaItem -MaximumCalls $Maximum -ErrorAction SilentlyContinue -ErrorVariable problems)

        $results.Count | Should -Be 60
        @($results | Named Created).Count | Should -Be $Created
        @($results | Named Pending).Count | Should -Be (60 - $Created)
        @($results | Named Pending | Where-Object Id).Count | Should -Be 0
        Assert-GPhotosError $problems -Id MaximumCallsReached -Category LimitsExceeded -Target $null
        (Invoke-Emulator stats).libraryCalls | Should -BeLessOrEqual $Maximum
        Get-CallCount uploads | Should -Be $Created -Because 'bytes that nobody makes an item of are calls for nothing'
        $results.FullName | Sort-Object | Should -Be $files.FullName

        # The same command without a bound does the rest, and no byte twice.
        $rest = @($files | Send-GPhotoMediaItem -ErrorAction Stop)
        @($rest | Named Created).Count | Should -Be (60 - $Created)
        (Invoke-Emulator stats).uploadBytes | Should -Be 120000
    }

    It 'sends no more than <_> calls where a second batch begins' -ForEach 52, 53 {
        $results = @($files | Send-GPhotoMediaItem -MaximumCalls $_ -ErrorAction SilentlyContinue -ErrorVariable problems)

        $results.Count | Should -Be 60
        @($results | Named Created).Count | Should -BeIn 50, 51
        (Invoke-Emulator stats).libraryCalls | Should -BeLessOrEqual $_
        Assert-GPhotosError $problems -Id MaximumCallsReached -Category LimitsExceeded -Target $null
    }

    It 'uploads nothing that it cannot create where a second batch begins' {
        $results = @($files | Send-GPhotoMediaItem -MaximumCalls 52 -ErrorAction SilentlyContinue)
        Get-CallCount uploads | Should -Be @($results | Named Created).Count
    }

    It 'says nothing when all fits, to the last call' {
        $results = @($files | Send-GPhotoMediaItem -MaximumCalls 62 -ErrorAction Stop)
        @($results | Named Created).Count | Should -Be 60
        (Invoke-Emulator stats).libraryCalls | Should -Be 62
    }

    It 'counts the album among them' {
        $results = @($files | Send-GPhotoMediaItem -Album Bounded -MaximumCalls 10 -ErrorAction SilentlyContinue -ErrorVariable problems)

        # One to look for it, one to make it, one batch.
        @($results | Named Created).Count | Should -Be 7
        @($results | Named Pending).Count | Should -Be 53
        (Get-HeldAlbum Bounded).mediaItemIds | Should -Be @($results | Named Created).Id
        Assert-GPhotosError $problems -Id MaximumCallsReached -Category LimitsExceeded -Target $null
        (Invoke-Emulator stats).libraryCalls | Should -Be 10
    }

    It 'sends the first files of the input, so that the next run keeps the order of the album' {
        $null = $files | Send-GPhotoMediaItem -Album 'First ones' -MaximumCalls 10 -ErrorAction SilentlyContinue
        Get-HeldName 'First ones' | Should -Be (1..7 | ForEach-Object { '{0:00}.jpg' -f $_ })
    }

    It 'uploads nothing that it cannot create where it makes albums as well' {
        $null = 1..5 | ForEach-Object { New-Item "g$_" -ItemType Directory; New-TestPicture "$folder/g$_/a.jpg", "$folder/g$_/b.jpg" }
        $results = @(Send-GPhotoMediaItem (1..5 | ForEach-Object { "g$_" }) -Recurse -AlbumFromFolder -MaximumCalls 9 -ErrorAction SilentlyContinue)
        Get-CallCount uploads | Should -Be @($results | Named Created).Count
    }

    It 'brings every file out as Pending when not even the album can be found or made: <_> calls' -ForEach 1, 2 {
        $results = @($files | Send-GPhotoMediaItem -Album "Never $_" -MaximumCalls $_ -ErrorAction SilentlyContinue -ErrorVariable problems)

        $results.FullName | Should -Be $files.FullName
        $results.Status | Sort-Object -Unique | Should -Be Pending
        Assert-GPhotosError $problems -Id MaximumCallsReached -Category LimitsExceeded -Target $null
        (Invoke-Emulator stats).libraryCalls | Should -BeLessOrEqual $_
    }

    It 'bounds the albums of many folders, too' {
        $null = 1..5 | ForEach-Object { New-Item "f$_" -ItemType Directory; New-TestPicture "$folder/f$_/a.jpg", "$folder/f$_/b.jpg" }
        $results = @(Send-GPhotoMediaItem (1..5 | ForEach-Object { "f$_" }) -Recurse -AlbumFromFolder -MaximumCalls 9 -ErrorAction SilentlyContinue -ErrorVariable problems)

        $results.Count | Should -Be 10
        (Invoke-Emulator stats).libraryCalls | Should -BeLessOrEqual 9
        Assert-GPhotosError $problems -Id MaximumCallsReached -Category LimitsExceeded -Target $null
    }

    It 'needs no call for what is known' {
        $null = $files | Send-GPhotoMediaItem
        Reset-CallCount
        @($files | Send-GPhotoMediaItem -MaximumCalls 1 -ErrorAction Stop | Named AlreadyInLibrary).Count | Should -Be 60
    }
}

Describe 'Send-GPhotoMediaItem and the end of the day' {
    BeforeAll {
        $folder = New-TestFolder $TestDrive
        $files = New-TestPicture (1..110 | ForEach-Object { Join-Path $folder ('{0:000}.jpg' -f $_) })
        function Used { [long]((Invoke-Emulator limits).usedToday.PSObject.Properties | Measure-Object Value -Sum).Sum }
    }

    AfterAll { $null = Invoke-Emulator limits -Method Post -Body @{ daily = 0 } }

    It 'ends clean in the middle of a run, and the same command finishes on the next day' {
        Reset-CallCount
        (Get-GPhotosQuota).LibraryCalls | Should -Be (Used)
        $null = Invoke-Emulator limits -Method Post -Body @{ daily = (Used) + 80 }
        # One lane, and not a fast one: eight could spend all the calls on bytes before the first batch is written.
        Add-Fault @{ kind = 'uploads'; count = -1; latencyMs = 30 }
        $results = @($files | Send-GPhotoMediaItem -Album 'Two days' -ThrottleLimit 1 -ErrorAction SilentlyContinue -ErrorVariable problems)
        Clear-Fault

        $results.Count | Should -Be 110
        @($results | Named Created).Count | Should -Be 50
        @($results | Named Pending).Count | Should -Be 60
        Assert-GPhotosError $problems -Id QuotaExceeded -Category LimitsExceeded -Target $null
        $problems[0].Exception.ResetsAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow)
        (Get-GPhotosQuota).LibraryCallsLeft | Should -Be 0
        @(Get-GPhotoJournal -State Created | Where-Object { -not $_.Id }).Count | Should -Be 0
        Get-HeldName 'Two days' | Should -Be ($files.Name | Select-Object -First 50)
        $bytesOfDayOne = (Invoke-Emulator stats).uploadBytes
        # A run without hope costs next to nothing.
        Reset-CallCount
        $hopeless = @($files | Send-GPhotoMediaItem -Album 'Two days' -ErrorAction SilentlyContinue -ErrorVariable problems)
        $hopeless.FullName | Should -Be $files.FullName
        $hopeless.Status | Sort-Object -Unique | Should -Be Pending
        Assert-GPhotosError $problems -Id QuotaExceeded -Category LimitsExceeded -Target $null
        (Invoke-Emulator stats).libraryCalls | Should -BeLessOrEqual 10
        $bytesOfDayOne | Should -BeLessOrEqual (80 * 2000)

        $null = Invoke-Emulator clock -Method Post -Body @{ advanceSeconds = 86400; keepAccessTokens = $true }
        $null = Invoke-Emulator limits -Method Post -Body @{ daily = 0 }
        Reset-CallCount
        $rest = @($files | Send-GPhotoMediaItem -Album 'Two days' -ErrorAction Stop)

        $rest.FullName | Should -Be $files.FullName
        @($rest | Named AlreadyInLibrary).Count | Should -Be 50
        @($rest | Named Created).Count | Should -Be 60
        # The emulator's clock moved and the client's did not: it tried upload tokens that had died, whose bytes went again after the others.
        $held = Get-HeldName 'Two days'
        $held | Select-Object -First 50 | Should -Be ($files.Name | Select-Object -First 50)
        $held | Sort-Object | Should -Be $files.Name
        @(Get-HeldItem | Where-Object sha256 -In $rest.Sha256).Count | Should -Be 110
        (Get-GPhotosQuota).LibraryCalls | Should -Be (Used)
        (Get-GPhotosQuota).LibraryCalls | Should -Be (Invoke-Emulator stats).libraryCalls
    }
}
