#Requires -Version 7.6

# One write at a time and thirty a minute, whoever writes; and what becomes of files when a write goes wrong.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    # Google's own limit of writes would hold the suite up; that of one write at a time is always there.
    $null = Start-TestEmulator
    $client = Save-ClientSecret (Join-Path $TestDrive client.json)
    $null = Connect-ThroughPage $client
    function New-Picture([int] $Count) { New-TestPicture (1..$Count | ForEach-Object { Join-Path $folder ('{0:000}.jpg' -f $_) }) }
}

AfterAll { Stop-TestEmulator }

Describe 'Send-GPhotoMediaItem and the one writer' {
    BeforeEach {
        $folder = New-TestFolder $TestDrive
        Reset-CallCount
    }

    AfterEach { Clear-Fault }

    It 'sends 20 files from four runspaces into albums of their own, and no write is refused' {
        $files = (New-Picture 20).FullName
        Add-Fault @{ kind = 'mediaItems.batchCreate'; count = -1; latencyMs = 30 }
        Add-Fault @{ kind = 'albums.create'; count = -1; latencyMs = 30 }
        $module = (Get-Module GPhotos).ModuleBase
        $results = 0..3 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:module
            ($using:files)[(5 * $_)..(5 * $_ + 4)] | Send-GPhotoMediaItem -Album "Lane $_" -ThrottleLimit 5
        }

        $results.Count | Should -Be 20
        $results.Status | Sort-Object -Unique | Should -Be Created
        Get-ThrottledCount | Should -Be 0
        Get-MaxInFlight mediaItems.batchCreate | Should -Be 1
        Get-MaxInFlight albums.create | Should -Be 1
        0..3 | ForEach-Object { @(Get-HeldName "Lane $_").Count | Should -Be 5 }
    }

    It 'lets two shells send different folders at once: one write at a time, none refused, all there' {
        $folders = foreach ($name in 'one', 'two') {
            $full = (New-Item "$folder/$name" -ItemType Directory).FullName
            $null = New-TestPicture (1..60 | ForEach-Object { "$full/$name {0:00}.jpg" -f $_ })
            $full
        }
        Add-Fault @{ kind = 'mediaItems.batchCreate'; count = -1; latencyMs = 150 }
        $results = Invoke-ShellRace -Argument $folders { param($one) Send-GPhotoMediaItem $one -Recurse }

        $results.Count | Should -Be 120
        $results.Status | ForEach-Object { "$_" } | Sort-Object -Unique | Should -Be Created
        Get-ThrottledCount | Should -Be 0
        Get-MaxInFlight mediaItems.batchCreate | Should -Be 1
        Get-CallCount mediaItems.batchCreate | Should -Be 4
        Get-CallCount uploads | Should -Be 120
        @(Get-HeldItem | Where-Object fileName -Match '^(one|two) \d\d\.jpg$').Count | Should -Be 120
        # Both wrote in one journal, and this shell reads it.
        @(Get-ChildItem $folders -File | Get-GPhotoJournal -State Created).Count | Should -Be 120
    }

    It 'lets two shells send the same folder into the same album at once: the album is made once, every file is there once' {
        $files = New-Picture 60
        $results = Invoke-ShellRace -Argument $folder, $folder { param($one) Send-GPhotoMediaItem $one -Recurse -Album 'Same folder' -ErrorAction Continue }

        @(Get-HeldAlbum 'Same folder').Count | Should -Be 1
        Get-CallCount albums.create | Should -Be 1
        Get-HeldName 'Same folder' | Sort-Object | Should -Be $files.Name
        @(Get-HeldItem | Where-Object sha256 -In ($files | Get-FileHash).Hash).Count | Should -Be 60
        # Each of them has a result for each file, with the one id there is.
        $results | Group-Object Racer | ForEach-Object { $_.Count | Should -Be 60 }
        $results | Group-Object FullName | ForEach-Object { $_.Group.Id | Sort-Object -Unique | Should -HaveCount 1 }
        $results | Where-Object { "$($_.Status)" -notin 'Created', 'AlreadyInLibrary' -or -not $_.Id } | Should -BeNullOrEmpty
        Get-ThrottledCount | Should -Be 0
        Get-MaxInFlight mediaItems.batchCreate | Should -Be 1
    }

    It 'gives 99 results and one error in Google''s words when one file of 100 is refused' {
        $files = New-Picture 100
        Set-Content $files[41].FullName "no picture $folder"
        $results = @($files | Send-GPhotoMediaItem -ErrorAction SilentlyContinue -ErrorVariable problems)

        $results.FullName | Should -Be ($files.FullName | Where-Object { $_ -ne $files[41].FullName })
        $results.Status | Sort-Object -Unique | Should -Be Created
        $results | Where-Object { -not $_.Id } | Should -BeNullOrEmpty
        Assert-GPhotosError $problems -Id MediaRejected -Category InvalidData -Target $files[41].FullName
        "$problems" | Should -Match 'Failed: There was an error while trying to create this media item\.'
        Get-CallCount mediaItems.batchCreate | Should -Be 2
        $known = @(Get-ChildItem $folder | Get-GPhotoJournal -State Created)
        $known.Count | Should -Be 99
        $known | Where-Object { -not $_.Id } | Should -BeNullOrEmpty
    }

    It 'creates each file once when the batch was answered 500 three times' {
        $files = New-Picture 12
        Add-Fault @{ kind = 'mediaItems.batchCreate'; status = 500; count = 3 }
        $results = @($files | Send-GPhotoMediaItem -Album 'Three times 500' -ErrorAction Stop)

        $results.Status | Sort-Object -Unique | Should -Be Created
        $results.FullName | Should -Be $files.FullName
        Get-HeldName 'Three times 500' | Should -Be $files.Name
        @(Get-HeldItem | Where-Object sha256 -In $results.Sha256).Count | Should -Be 12
        Get-CallCount mediaItems.batchCreate | Should -Be 4
        Get-CallCount uploads | Should -Be 12
    }

    It 'reports what the item statuses say, also when a lost answer had created them' {
        $files = New-Picture 3
        Add-Fault @{ kind = 'mediaItems.batchCreate'; applyThenFail = $true }
        $results = @($files | Send-GPhotoMediaItem -Album 'Answer lost' -ErrorAction Stop)

        $results.Id | Sort-Object -Unique | Should -HaveCount 3
        Get-HeldName 'Answer lost' | Sort-Object | Should -Be $files.Name
        @(Get-HeldItem | Where-Object sha256 -In $results.Sha256).Count | Should -Be 3
    }
}

Describe 'Send-GPhotoMediaItem and the pace of writes' {
    BeforeAll {
        $folder = New-TestFolder $TestDrive
        $module = (Get-Module GPhotos).ModuleBase
        # Another account each, so that what was written above does not count, at a pace of its own.
        function Connect-Paced([string] $Name, [string] $Pace) {
            $env:GPHOTOS_WRITES_PER_MINUTE = $Pace
            $token = (Invoke-Emulator tokens -Method Post -Body @{ user = $Name }).access_token
            $null = Connect-GPhotos -ProfileName $Name -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force) -WarningAction Ignore
        }
    }

    BeforeEach {
        $null = Invoke-Emulator limits -Method Post -Body @{ writesPerMinute = $Pace }
        $files = (New-Picture ($Pace + 1)).FullName
        Reset-CallCount
    }

    AfterEach {
        Disconnect-GPhotos "paced-$Pace" -ErrorAction Ignore
        $null = Invoke-Emulator limits -Method Post -Body @{ writesPerMinute = 0 }
    }

    AfterAll { $env:GPHOTOS_WRITES_PER_MINUTE = '0' }

    It 'writes <Pace> times in a minute and says before the next how long it waits, <Name>' -ForEach @(
        @{ Name = 'as the variable has it'; Pace = 3; Variable = '3' }
        @{ Name = 'as Google has it where no variable is set'; Pace = 30; Variable = $null }
    ) {
        Connect-Paced "paced-$Pace" $Variable
        $run = Use-Pipeline 'foreach ($file in $files) { Send-GPhotoMediaItem $file }' -Variable @{ files = $files }
        Wait-Until { $run.Shell.Streams.Warning.Count -gt 0 -or $run.Handle.IsCompleted } -TimeoutSeconds 30
        $warnings = @($run.Shell.Streams.Warning | ForEach-Object Message)
        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1

        $warnings | Should -HaveCount 1
        $warnings[0] | Should -Match "^mediaItems\.batchCreate: Google allows $Pace writes a minute; going on in \d\d s\.$"
        $seconds = [int][regex]::Match($warnings[0], 'in (\d+) s').Groups[1].Value
        $seconds | Should -BeGreaterThan 30
        $seconds | Should -BeLessOrEqual 61
        $run.Output.FullName | Should -Be $files[0..($Pace - 1)]
        $run.Output.Status | Sort-Object -Unique | Should -Be Created
        Get-CallCount mediaItems.batchCreate | Should -Be $Pace
        Get-ThrottledCount | Should -Be 0
    }
}
