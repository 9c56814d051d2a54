#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession

    # Nobody waits an hour for a test: the journal's rows are made older in place.
    function Set-JournalAge {
        param([timespan] $Age = [timespan]::FromHours(2))
        $hidden = [System.Reflection.BindingFlags]'NonPublic, Public, Instance, Static'
        $connections = [System.AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq 'GPhotos.PowerShell' }[0].GetType('GPhotos.PowerShell.Hosting.Connections')
        $client = $connections.GetMethod('CurrentIfOpen', $hidden).Invoke($null, @()).Client
        $journal = $client.GetType().GetField('_journal', $hidden).GetValue($client).Value
        $database = $journal.GetType().GetField('_database', $hidden).GetValue($journal)
        $command = $database.GetType().GetField('_connection', $hidden).GetValue($database).CreateCommand()
        $command.CommandText = "UPDATE content SET changed_at = changed_at - $([long]$Age.TotalMilliseconds)"
        $null = $command.ExecuteNonQuery()
        $command.Dispose()
    }

    # What the owner of the account does on photos.google.com.
    function Remove-FromAccount([string[]] $Id) { foreach ($one in $Id) { $null = Invoke-Emulator "items/$one" -Method Delete } }

    # A picture that exiftool and Google would date alike, and its media item.
    function Copy-Sample([string] $Name, [string] $To) { Copy-Item -LiteralPath (Join-Path $PSScriptRoot ../../samples/photos $Name) $To }
    function Known { @(Get-GPhotoJournal).Count }
}

AfterAll {
    Stop-TestEmulator
}

Describe 'Update-GPhotoJournal' {
    BeforeEach {
        Remove-GPhotoJournal -All -Confirm:$false
        Invoke-Emulator items | ForEach-Object { $_ } | ForEach-Object { Remove-FromAccount $_.id }
        $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))) -ItemType Directory).FullName
        Push-Location $folder
        Reset-CallCount
    }

    AfterEach {
        Clear-Fault
        Pop-Location
    }

    Context 'forgetting' {
        BeforeEach {
            $sent = New-TestPicture ('a.jpg', 'b.jpg', 'c.jpg' | ForEach-Object { Join-Path $folder $_ }) | Send-GPhotoMediaItem
            Remove-FromAccount $sent[1].Id
            Reset-CallCount
        }

        It 'forgets what is not in the account any more, and nothing else' {
            Set-JournalAge
            $change = Update-GPhotoJournal

            $change | Should -BeOfType ([GPhotos.JournalChange])
            @($change).Count | Should -Be 1
            $change.Action | Should -Be Forgotten
            $change.FullName | Should -Be $sent[1].FullName
            $change.Id | Should -Be $sent[1].Id
            $change.Entry.Sha256 | Should -Be $sent[1].Sha256
            (Get-GPhotoJournal).Id | Sort-Object | Should -Be ($sent[0, 2].Id | Sort-Object)
            Get-CallCount mediaItems.list | Should -Be 1
            Get-CallCount mediaItems.batchGet | Should -Be 1
            (Invoke-Emulator stats).total | Should -Be 2
        }

        It 'feeds what was forgotten to Send-GPhotoMediaItem' {
            Set-JournalAge
            $again = Update-GPhotoJournal | Where-Object Action -EQ Forgotten | Send-GPhotoMediaItem
            $again.FullName | Should -Be $sent[1].FullName
            $again.Status | Should -Be Created
        }

        It 'leaves alone what was created within the hour, and spends no call on it' {
            Update-GPhotoJournal | Should -BeNullOrEmpty
            Known | Should -Be 3
            (Invoke-Emulator stats).total | Should -Be 0
        }

        It 'asks for what Google does not list, and forgets only what is not there' {
            Set-JournalAge
            Add-Fault @{ kind = 'mediaItems.list'; body = @{} }
            (Update-GPhotoJournal).Id | Should -Be $sent[1].Id
            Known | Should -Be 2
        }

        It 'changes nothing with -WhatIf' {
            Set-JournalAge
            Update-GPhotoJournal -WhatIf | Should -BeNullOrEmpty
            Known | Should -Be 3
        }

        It 'says with -WhatIf what it would do' {
            Set-JournalAge
            $script = @"
`$null = Connect-GPhotos -AccessToken (ConvertTo-SecureString `$Arguments[0] -AsPlainText -Force)
Update-GPhotoJournal -Path '$folder' -WhatIf
"@
            Copy-Sample mountain-panorama.jpg "$folder/mountain-panorama.jpg"
            $null = Add-TestItem @{ fileName = 'mountain-panorama.jpg'; creationTime = '2022-06-03T08:15:00Z'; width = 1200; height = 400 }
            $output = (Invoke-ChildShell -Script $script -ArgumentList (Invoke-Emulator tokens -Method Post -Body @{}).access_token 2>&1) -join "`n"
            $output | Should -Match 'What if: .*Record as media item .*mountain-panorama.jpg'
        }

        It 'gives an error, and forgets nothing, when Google does not say whether an item is there' {
            Set-JournalAge
            Add-Fault @{ kind = 'mediaItems.batchGet'; body = @{ mediaItemResults = @(@{ status = @{ code = 14; message = 'later' } }) } }
            $problem = Get-ErrorOf { Update-GPhotoJournal }
            Assert-GPhotosError $problem -Id ServiceUnavailable -Category ResourceUnavailable -Target $sent[1].FullName
            Known | Should -Be 3
        }

        It 'ends with <Id>, and forgets nothing, when the listing fails' -ForEach @(
            @{ Id = 'QuotaExceeded'; Category = 'LimitsExceeded'; Fault = @{ quota = 'daily' } }
            @{ Id = 'UnexpectedResponse'; Category = 'InvalidResult'; Fault = @{ body = '<html>' } }
        ) {
            Set-JournalAge
            Add-Fault (@{ kind = 'mediaItems.list' } + $Fault)
            Assert-GPhotosError (Get-ErrorOf { Update-GPhotoJournal }) -Id $Id -Category $Category -Target $null
            Known | Should -Be 3
        }
    }

    Context 'recording' {
        BeforeEach {
            # Ahead of UTC by two hours, by what its EXIF says.
            Copy-Sample mountain-panorama.jpg "$folder/mountain-panorama.jpg"
            # By a clock without a zone.
            $null = New-Item deeper -ItemType Directory
            Copy-Sample dunes.jpg "$folder/deeper/dunes [1].jpg"
            $mountain, $dunes = Add-TestItem @(
                @{ fileName = 'Mountain-Panorama.JPG'; creationTime = '2022-06-03T08:15:00Z'; width = 1200; height = 400 }
                @{ fileName = 'dunes [1].jpg'; creationTime = '2024-03-21T10:17:44Z'; width = 800; height = 600 }
            )
            Reset-CallCount
        }

        It 'records <Name>' -ForEach @(
            @{ Name = 'a file'; Do = { Update-GPhotoJournal mountain-panorama.jpg }; Expected = { , $mountain } }
            @{ Name = 'by wildcards'; Do = { Update-GPhotoJournal m*, x* }; Expected = { , $mountain } }
            @{ Name = 'a folder without those below it'; Do = { Update-GPhotoJournal . }; Expected = { , $mountain } }
            @{ Name = 'a folder with those below it'; Do = { Update-GPhotoJournal . -Recurse }; Expected = { $mountain, $dunes } }
            @{ Name = 'a literal path'; Do = { Update-GPhotoJournal -LiteralPath 'deeper/dunes [1].jpg' }; Expected = { , $dunes } }
            @{ Name = 'a name with brackets'; Do = { Update-GPhotoJournal 'deeper/dunes [1].jpg' }; Expected = { , $dunes } }
            @{ Name = 'the files of Get-ChildItem'; Do = { Get-ChildItem -Recurse -File | Update-GPhotoJournal }; Expected = { $mountain, $dunes } }
            @{ Name = 'strings from the pipeline'; Do = { './deeper', 'mountain-panorama.jpg' | Update-GPhotoJournal }; Expected = { $mountain, $dunes } }
        ) {
            $changes = & $Do

            $changes.Action | ForEach-Object { $_ | Should -Be Recorded }
            $changes.Id | Sort-Object | Should -Be (& $Expected | Sort-Object)
            (Get-GPhotoJournal -State Created).Id | Sort-Object | Should -Be (& $Expected | Sort-Object)
            foreach ($change in $changes) { (Get-FileHash -LiteralPath $change.FullName).Hash | Should -Be $change.Entry.Sha256 }
            (Invoke-Emulator stats).total | Should -Be 1 -Because 'the account is listed once'
        }

        It 'spares sending what was recorded' {
            $null = Update-GPhotoJournal . -Recurse
            Reset-CallCount
            $results = Get-ChildItem -Recurse -File | Send-GPhotoMediaItem
            $results.Status | Should -Be AlreadyInLibrary, AlreadyInLibrary
            (Invoke-Emulator stats).total | Should -Be 0
            Update-GPhotoJournal . -Recurse | Should -BeNullOrEmpty
        }

        It 'leaves alone <Name>' -ForEach @(
            @{ Name = 'another name'; Do = { Rename-Item mountain-panorama.jpg other.jpg } }
            @{ Name = 'two items that it could be'; Do = { $null = Add-TestItem @{ fileName = 'mountain-panorama.jpg'; creationTime = '2022-06-03T08:15:00Z'; width = 1200; height = 400 } } }
            @{ Name = 'two files that it could be'; Do = {
                    # The same picture with a byte more at its end.
                    $null = New-Item twin -ItemType Directory
                    [System.IO.File]::WriteAllBytes("$folder/twin/mountain-panorama.jpg", [System.IO.File]::ReadAllBytes("$folder/mountain-panorama.jpg") + 0)
                }
            }
            @{ Name = 'a file without a date'; Do = { Copy-Sample no-date.jpg "$folder/mountain-panorama.jpg" } }
        ) {
            & $Do
            Update-GPhotoJournal . -Recurse | ForEach-Object Id | Should -Be $dunes
        }

        It 'changes nothing with -WhatIf' {
            Update-GPhotoJournal . -Recurse -WhatIf | Should -BeNullOrEmpty
            Known | Should -Be 0
        }

        It 'gives one error for <Path>, and records the others' -ForEach @(
            @{ Path = 'missing.jpg'; Says = 'does not exist' }
            @{ Path = 'Env:/PATH'; Says = 'file system' }
            @{ Path = 'nodrive:/a.jpg'; Says = 'drive' }
        ) {
            $changes = Update-GPhotoJournal mountain-panorama.jpg, $Path, deeper -ErrorAction SilentlyContinue -ErrorVariable problems
            @($changes).Count | Should -Be 2
            $problem = @($problems | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] -and $_.FullyQualifiedErrorId -match 'GPhotos' })
            Assert-GPhotosError $problem -Id FileReadFailed -Category ReadError -Target $problem[0].TargetObject
            "$problem" | Should -Match $Says
        }

        It 'passes over what is no picture, without a word and without a call' {
            Set-Content notes.txt x
            Update-GPhotoJournal notes.txt -ErrorAction Stop | Should -BeNullOrEmpty
            (Invoke-Emulator stats).total | Should -Be 0
        }

        It 'shows changes in 80 columns, and binds them by their path' {
            $changes = Update-GPhotoJournal . -Recurse
            ($changes | Out-String -Width 80) | Should -Match 'Action +Length +Id +FullName'
            ($changes[0] | Format-List | Out-String -Width 300) | Should -Match "Id +: $([regex]::Escape($changes[0].Id))"
            ($changes | Get-Item).Name | Sort-Object | Should -Be ('dunes [1].jpg', 'mountain-panorama.jpg' | Sort-Object)
        }
    }

    It 'ends in under a second on Ctrl+C while the listing hangs' {
        $null = New-TestPicture (Join-Path $folder a.jpg)
        Add-Fault @{ kind = 'mediaItems.list'; hang = $true }
        $run = Use-Pipeline 'Update-GPhotoJournal $folder' -Variable @{ folder = $folder }
        Wait-Until { Get-CallCount mediaItems.list }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
        Clear-Fault
    }

    It 'shows no secret of the journal in any stream' {
        Copy-Sample mountain-panorama.jpg "$folder/mountain-panorama.jpg"
        $null = Send-GPhotoMediaItem mountain-panorama.jpg
        # All bytes are at Google and the media item is not: the upload token waits in the journal.
        $null = New-TestPicture (Join-Path $folder waiting.jpg)
        Add-Fault @{ kind = 'mediaItems.batchCreate'; quota = 'daily' }
        $null = Send-GPhotoMediaItem waiting.jpg -ErrorAction SilentlyContinue
        Clear-Fault
        (Get-GPhotoJournal waiting.jpg).State | Should -Be Uploaded
        Set-JournalAge
        $loud = @{ Debug = $true; Verbose = $true }
        $everything = @(
            Get-GPhotoJournal @loud *>&1
            Update-GPhotoJournal . @loud *>&1
            Remove-GPhotoJournal * -PassThru @loud *>&1
        )

        $text = ($everything | Format-List * -Force | Out-String -Width 4000) + ($everything | ConvertTo-Json -Depth 5 -WarningAction Ignore) + ($everything | Out-String -Width 4000)
        $text | Should -Match 'waiting.jpg'
        $text | Should -Not -Match 'CAIS[\w-]{40}|upload_id|Bearer\s+\S|emu-access-'
    }

    It 'fails with ScopeMissing when the sign-in may not read' {
        $null = New-TestPicture (Join-Path $folder a.jpg)
        $null = Connect-TestSession -Scope photoslibrary.appendonly
        $record = Get-ErrorOf { Update-GPhotoJournal a.jpg }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id ScopeMissing -Category PermissionDenied -Target photoslibrary.readonly.appcreateddata
    }

    It 'fails with NotConnected when nobody is signed in' {
        Disconnect-GPhotos
        $record = Get-ErrorOf { Update-GPhotoJournal }
        $null = Connect-TestSession

        Assert-GPhotosError $record -Id NotConnected -Category AuthenticationError -Target default
    }
}
