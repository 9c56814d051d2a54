#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator -ArgumentList '--items', '250'
    $client = Save-ClientSecret (Join-Path $TestDrive client.json)
}

AfterAll {
    Stop-TestEmulator
}

Describe 'Get-GPhotosQuota' {
    BeforeEach {
        # A folder of its own for each test: the counts of one would be another's.
        $env:XDG_DATA_HOME = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-test-$([guid]::NewGuid().ToString('N'))"
        $null = Connect-TestSession
        Reset-CallCount
    }

    AfterEach {
        Clear-Fault
        while (Get-GPhotosContext -ErrorAction Ignore) { Disconnect-GPhotos -ErrorAction Ignore }
        Remove-Item $env:XDG_DATA_HOME -Recurse -Force -ErrorAction Ignore
    }

    It 'fails with NotConnected when nobody is signed in' {
        Disconnect-GPhotos
        Assert-GPhotosError (Get-ErrorOf { Get-GPhotosQuota }) -Id NotConnected -Category AuthenticationError -Target default
    }

    It 'shows an unspent day, and sends nothing' {
        $quota = Get-GPhotosQuota

        $quota | Should -BeOfType ([GPhotos.GPhotosQuota])
        $quota.Project | Should -Be 'emulator-client'
        $quota.LibraryCalls, $quota.LibraryCallLimit, $quota.LibraryCallsLeft | Should -Be 0, 10000, 10000
        $quota.MediaRequests, $quota.MediaRequestLimit, $quota.MediaRequestsLeft | Should -Be 0, 75000, 75000
        $quota.WritesLastMinute | Should -Be 0
        $quota.Calls.Count | Should -Be 0
        $quota.ResetsAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow)
        $quota.ResetsAt | Should -BeLessOrEqual ([DateTimeOffset]::UtcNow.AddHours(25))
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'counts what the emulator counts, by name' {
        $items = Get-GPhotoMediaItem
        $null = $items | Select-Object -First 3 | Save-GPhotoMediaItem -Destination (Join-Path $TestDrive saved)
        $null = New-GPhotoAlbum Trip
        $null = New-TestPicture (Join-Path $TestDrive one.jpg) | Send-GPhotoMediaItem
        $quota = Get-GPhotosQuota

        $quota.LibraryCalls | Should -Be (Invoke-Emulator stats).libraryCalls
        $quota.LibraryCalls, $quota.LibraryCallsLeft | Should -Be 6, 9994
        $quota.MediaRequests | Should -Be 3
        $quota.WritesLastMinute | Should -Be 2
        $quota.Calls.Keys | Should -Be 'albums.create', 'media.get', 'mediaItems.batchCreate', 'mediaItems.list', 'uploads'
        $quota.Calls['mediaItems.list'] | Should -Be 3
        "$quota" | Should -Match '^\d{4}-\d\d-\d\d: 6 of 10000$'
    }

    It 'knows the calls of another process' {
        $null = Connect-ThroughPage $client
        Reset-CallCount
        $null = Get-GPhotoMediaItem -First 1
        # The first was the sign-in's own: whether the API is enabled.
        Invoke-ChildShell -Script '$null = Get-GPhotoMediaItem -First 1; "$((Get-GPhotosQuota).LibraryCalls)"' | Should -Be '3'
        (Get-GPhotosQuota).LibraryCalls | Should -Be 3
    }

    It 'knows the call of a process that was killed in the middle of it' {
        $null = Connect-ThroughPage $client
        Reset-CallCount
        $before = (Get-GPhotosQuota).Calls['mediaItems.list']
        Add-Fault @{ path = '/v1/mediaItems'; hang = $true }
        $module = (Get-Module GPhotos).ModuleBase
        $start = [System.Diagnostics.ProcessStartInfo]::new(
            (Get-Process -Id $PID).Path, [string[]]@('-NoProfile', '-NonInteractive', '-Command', "Import-Module '$module'; Get-GPhotoMediaItem"))
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [System.Diagnostics.Process]::Start($start)
        try { Wait-Until { (Invoke-Emulator stats).inFlight -eq 1 } }
        finally {
            $process.Kill()
            $process.WaitForExit()
            $process.Dispose()
        }

        (Get-GPhotosQuota).Calls['mediaItems.list'] - $before | Should -Be 1
    }

    It 'lets two processes write one at a time, and no write is refused' {
        $null = Connect-ThroughPage $client
        Reset-CallCount
        Add-Fault @{ path = '/v1/albums'; method = 'POST'; count = -1; latencyMs = 30 }
        $module = (Get-Module GPhotos).ModuleBase
        $go = Join-Path $TestDrive go
        $jobs = 1..2 | ForEach-Object {
            Start-Job {
                Import-Module $using:module
                $null = Get-GPhotosContext
                while (-not (Test-Path $using:go)) { [System.Threading.Thread]::Sleep(5) }
                1..10 | ForEach-Object { New-GPhotoAlbum "Album $_" }
            }
        }
        try {
            $null = New-Item $go
            $albums = $jobs | Receive-Job -Wait
        }
        finally { $jobs | Remove-Job -Force }

        $albums.Count | Should -Be 20
        Get-CallCount albums.create | Should -Be 20
        Get-MaxInFlight albums.create | Should -Be 1
        (Invoke-Emulator stats).statuses.PSObject.Properties.Name | Should -Not -Contain '429'
        (Get-GPhotosQuota).Calls['albums.create'] | Should -Be 20
    }

    It 'shows 0 left once Google has said that the day is spent, and the next day anew' {
        Add-Fault @{ path = '/v1/mediaItems'; quota = 'daily' }
        $null = Get-ErrorOf { Get-GPhotoMediaItem }
        $spent = Get-GPhotosQuota
        $spent.LibraryCalls, $spent.LibraryCallsLeft | Should -Be 1, 0

        $seconds = [int] ($spent.ResetsAt - [DateTimeOffset] (Invoke-Emulator clock).now).TotalSeconds + 1
        $null = Invoke-Emulator clock -Method Post -Body @{ advanceSeconds = $seconds; keepAccessTokens = $true }
        $null = Get-GPhotoMediaItem -First 1
        $quota = Get-GPhotosQuota
        $quota.Day | Should -Be $spent.Day.AddDays(1)
        $quota.LibraryCalls, $quota.LibraryCallsLeft | Should -Be 1, 9999

        $days = Get-GPhotosQuota -All
        $days.Day | Should -Be $quota.Day, $spent.Day
        $days.LibraryCallsLeft | Should -Be 9999, 0
        $null -eq $days[1].WritesLastMinute | Should -BeTrue
    }

    It 'tells of a ledger that cannot be used after the numbers, while calls go on' {
        # A file where the folder should be.
        Remove-Item $env:XDG_DATA_HOME -Recurse -Force -ErrorAction Ignore
        $null = New-Item $env:XDG_DATA_HOME -ItemType Directory
        $null = New-Item (Join-Path $env:XDG_DATA_HOME GPhotos)
        $null = Connect-TestSession
        Reset-CallCount
        @(Get-GPhotoMediaItem).Count | Should -BeGreaterOrEqual 250
        (New-GPhotoAlbum 'No ledger').Title | Should -Be 'No ledger'

        $quota = Get-GPhotosQuota -ErrorVariable failed -ErrorAction SilentlyContinue
        $quota.LibraryCalls | Should -Be (Invoke-Emulator stats).libraryCalls
        $path = Join-Path $env:XDG_DATA_HOME GPhotos calls.db
        Assert-GPhotosError $failed -Id FileWriteFailed -Category WriteError -Target $path
    }

    It 'is a table and a list within 80 columns, also after a round trip' {
        $null = Get-GPhotoMediaItem -First 1
        $quota = Get-GPhotosQuota -ErrorAction Stop
        $file = Join-Path $TestDrive quota.xml
        $quota | Export-Clixml $file
        $day = $quota.Day.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)

        foreach ($one in $quota, (Import-Clixml $file)) {
            $table = ($one | Out-String -Width 80).Trim() -split '\r?\n'
            $table[0] | Should -Match '^Day\s+Calls\s+Left\s+Bytes\s+Left\s+Resets \(UTC\)$'
            $table[2] | Should -Match "^$day\s+1\s+9999\s+0\s+75000\s+\d{4}-\d\d-\d\d \d\d:\d\d$"
            $list = ($one | Format-List | Out-String -Width 80).Trim() -split '\r?\n'
            $list | Should -Contain 'Project          : emulator-client'
            $list | Should -Contain "Day              : $day"
            $list | Should -Contain 'LibraryCalls     : 1 of 10000, 9999 left'
            $list | Should -Contain 'Calls            : mediaItems.list: 1'
            ($table + $list | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        }
    }

    It 'keeps the counts from others' -Skip:$IsWindows {
        $null = New-GPhotoAlbum Trip
        foreach ($file in Get-ChildItem (Join-Path $env:XDG_DATA_HOME GPhotos) -File -Recurse) {
            $file.UnixMode | Should -Be '-rw-------' -Because $file.Name
        }
    }
}

Describe 'The pace of writes' {
    AfterEach { $env:GPHOTOS_WRITES_PER_MINUTE = '0' }

    It 'holds back the write that would be one too many, tells of it, and can be stopped meanwhile' {
        $env:GPHOTOS_WRITES_PER_MINUTE = '2'
        $null = Connect-TestSession
        Reset-CallCount
        $writing = Use-Pipeline "'one', 'two', 'three' | New-GPhotoAlbum"
        Wait-Until { $writing.Shell.Streams.Warning.Count -eq 1 }

        "$($writing.Shell.Streams.Warning[0])" | Should -Match '^albums\.create: Google allows 2 writes a minute; going on in (5\d|6[01]) s\.$'
        (Stop-Pipeline $writing).TotalSeconds | Should -BeLessThan 1
        Get-CallCount albums.create | Should -Be 2
    }

    It 'says which variable is wrong' {
        $env:GPHOTOS_WRITES_PER_MINUTE = 'many'
        $failed = Get-ErrorOf { Connect-TestSession }
        Assert-GPhotosError $failed -Id InvalidRequest -Category InvalidArgument -Target $null
        "$failed" | Should -Match GPHOTOS_WRITES_PER_MINUTE
    }
}
