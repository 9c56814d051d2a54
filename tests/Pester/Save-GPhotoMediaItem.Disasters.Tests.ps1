#Requires -Version 7.6

# What goes wrong on the disk, on the line and beside us: an error for that item, the others go on, and the next run finishes the work.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession

    function Whole($folder) { @(Get-SavedFile $folder | Where-Object Name -NotLike *.partial) }
    function Partial($folder) { @(Get-SavedFile $folder | Where-Object Name -Like *.partial) }
    function NewItems([int] $Count, [int] $Size = 3000) { Add-TestItem @(1..$Count | ForEach-Object { @{ fileName = "P$_.jpg"; size = $Size; creationTime = '2022-03-04T05:06:07Z' } }) }

    # A small disk of its own. False where that cannot be had.
    function MountDisk($path, $options) {
        if (-not $IsLinux -or (id -u) -ne '0') { return $false }
        mount -t tmpfs -o $options tmpfs $path 2>$null
        $LASTEXITCODE -eq 0
    }

    function AssertFileWriteFailed($problem, $items) {
        Assert-GPhotosError $problem -Id FileWriteFailed -Category WriteError -Target $problem.TargetObject
        $items | Should -Contain $problem.TargetObject
    }
}

AfterAll { Stop-TestEmulator }

Describe 'Save-GPhotoMediaItem and the disk' {
    BeforeEach { $folder = New-TestFolder $TestDrive }

    AfterEach { Clear-Fault }

    It 'fails for what does not fit on a full disk, and brings it when there is room' {
        if (-not (MountDisk $folder 'size=1m')) { Set-ItResult -Skipped -Because 'a small disk can only be mounted by root on Linux'; return }
        try {
            $items = Get-GPhotoMediaItem -Id (NewItems 5 350000)
            $served = Get-ServedHash $items.Id
            # Five at once could fill the disk with five halves.
            $results = @($items | Save-GPhotoMediaItem $folder -ThrottleLimit 1 -ErrorAction SilentlyContinue -ErrorVariable problems)

            $results.Count + $problems.Count | Should -Be 5
            $results.Count | Should -BeGreaterThan 0
            $problems.Count | Should -BeGreaterThan 1
            $problems | ForEach-Object { AssertFileWriteFailed $_ $items }
            Assert-SavedFile $results $served
            Partial $folder | Should -BeNullOrEmpty

            mount -o remount,size=8m $folder
            $again = $items | Save-GPhotoMediaItem $folder
            Assert-SavedFile $again $served
            @($again | Where-Object Status -EQ AlreadySaved).Count | Should -BeGreaterOrEqual $results.Count
            @(Get-SavedFile $folder).Count | Should -Be 5
        }
        finally {
            umount $folder
        }
    }

    It 'ends with one error where the folder became read-only, and keeps what is there' {
        if (-not (MountDisk $folder 'size=4m')) { Set-ItResult -Skipped -Because 'a disk can only be mounted by root on Linux'; return }
        try {
            $items = Get-GPhotoMediaItem -Id (NewItems 2)
            $served = Get-ServedHash $items.Id
            $first = $items[0] | Save-GPhotoMediaItem $folder
            mount -o remount,ro $folder
            foreach ($parameter in @{}, @{ NoCatalog = $true }) {
                $record = @(Get-ErrorOf { $items[1] | Save-GPhotoMediaItem $folder @parameter })
                $record | Should -HaveCount 1
                $record.FullyQualifiedErrorId | Should -BeLike 'FileWriteFailed,*'
                $record.ErrorDetails.RecommendedAction | Should -Match 'rights'
            }

            Assert-SavedFile $first $served
            mount -o remount,rw $folder
            Assert-SavedFile ($items | Save-GPhotoMediaItem $folder) $served
        }
        finally {
            umount $folder
        }
    }

    It 'fails for the item alone whose path is too long' {
        if ($IsWindows) { Set-ItResult -Skipped -Because 'the longest path is set by the machine there'; return }
        $ids = Add-TestItem @{ fileName = 'a.jpg' }, @{ fileName = "$('n' * 200).jpg" }, @{ fileName = 'b.jpg' }
        $deep = $folder
        while ($deep.Length -lt 3950) { $deep = Join-Path $deep ('d' * [math]::Min(200, 3990 - $deep.Length)) }
        $items = Get-GPhotoMediaItem -Id $ids
        $results = @($items | Save-GPhotoMediaItem $deep -NoCatalog -ErrorAction SilentlyContinue -ErrorVariable problems)

        AssertFileWriteFailed $problems $items
        $problems[0].TargetObject.Id | Should -Be $ids[1]
        Assert-SavedFile $results (Get-ServedHash $ids)
        $results.Count | Should -Be 2
    }

    It 'ends with one error where the path is too long for a catalog, and can go without one' {
        if (-not $IsLinux) { Set-ItResult -Skipped -Because 'SQLite takes longer paths elsewhere'; return }
        $deep = Join-Path $folder ('d' * 200) ('d' * 200) ('d' * 200) ('d' * 100)
        $items = Get-GPhotoMediaItem -Id (NewItems 2)
        $record = @(Get-ErrorOf { $items | Save-GPhotoMediaItem $deep })
        $record | Should -HaveCount 1
        $record.FullyQualifiedErrorId | Should -BeLike 'FileWriteFailed,*'
        ($items | Save-GPhotoMediaItem $deep -NoCatalog).Status | Should -Be Saved, Saved
    }

    It 'fails for the item alone whose file is held by another program, and saves it later' {
        $items = Get-GPhotoMediaItem -Id (NewItems 3)
        $served = Get-ServedHash $items.Id
        $held = [System.IO.File]::Open((Join-Path $folder P2.jpg.partial), 'Create', 'ReadWrite', 'None')
        try {
            $results = @($items | Save-GPhotoMediaItem $folder -ErrorAction SilentlyContinue -ErrorVariable problems)
        }
        finally {
            $held.Dispose()
        }

        AssertFileWriteFailed $problems $items
        $problems[0].TargetObject.FileName | Should -Be P2.jpg
        $results.Count | Should -Be 2
        Assert-SavedFile ($items | Save-GPhotoMediaItem $folder) $served
        @(Get-SavedFile $folder).Count | Should -Be 3
    }

    It 'goes round a directory that has the name of a file, and leaves it alone' {
        $items = Get-GPhotoMediaItem -Id (NewItems 2)
        $null = New-Item (Join-Path $folder P1.jpg) -ItemType Directory
        Set-Content (Join-Path $folder P1.jpg precious) mine
        $results = $items | Save-GPhotoMediaItem $folder
        Split-Path ($results | Where-Object Id -EQ $items[0].Id).FullName -Leaf | Should -Match '^P1~[0-9a-f]{6}\.jpg$'
        Assert-SavedFile $results (Get-ServedHash $items.Id)

        # In the place of a file that was saved, and in that of a file on its way.
        Remove-Item (Join-Path $folder P2.jpg)
        $null = New-Item (Join-Path $folder P2.jpg), (Join-Path $folder P3.jpg.partial) -ItemType Directory
        Set-Content (Join-Path $folder P2.jpg precious) mine
        $more = @($items[1]) + (Get-GPhotoMediaItem -Id (Add-TestItem @{ fileName = 'P3.jpg' }, @{ fileName = 'P4.jpg' }))
        $results = @($more | Save-GPhotoMediaItem $folder -ErrorAction SilentlyContinue -ErrorVariable problems)
        $problems | ForEach-Object { AssertFileWriteFailed $_ $more }
        $results.Count + $problems.Count | Should -Be 3
        ($results | Where-Object { $_.MediaItem.FileName -eq 'P4.jpg' }).Status | Should -Be Saved
        $results | ForEach-Object { Test-Path $_.FullName -PathType Leaf | Should -BeTrue }
        Get-Content (Join-Path $folder P1.jpg precious), (Join-Path $folder P2.jpg precious) | Should -Be mine, mine
    }
}

Describe 'Save-GPhotoMediaItem and others at the same destination' {
    BeforeAll {
        $ids = NewItems 30
        $items = Get-GPhotoMediaItem -Id $ids
        $served = Get-ServedHash $ids
        $list = "'$($ids -join "', '")'"
    }

    BeforeEach {
        $folder = New-TestFolder $TestDrive
        Reset-CallCount
    }

    AfterEach { Clear-Fault }

    It 'keeps a second process out with a clear error, and the first is not disturbed' {
        Add-Fault @{ path = '/lr/'; after = 5; count = 0; hang = $true }
        $child = Start-ChildShell "(Get-GPhotoMediaItem -Id $list | Save-GPhotoMediaItem '$folder' | Where-Object Status -EQ Saved).Count" -Output (Join-Path $TestDrive first.txt)
        try {
            Wait-Until { @(Whole $folder).Count -ge 5 -and (Get-CallCount media.get) -eq 13 } -TimeoutSeconds 60
            foreach ($script in { $items | Save-GPhotoMediaItem $folder }, { $items | Save-GPhotoMediaItem $folder -Force }, { Get-GPhotoMediaItem -New -Destination $folder }) {
                $record = Get-ErrorOf $script
                Assert-GPhotosError $record -Id DestinationInUse -Category ResourceBusy -Target $folder
                "$record" | Should -Match ([regex]::Escape($folder))
            }

            Get-CallCount media.get | Should -Be 13 -Because 'who is kept out asks for nothing'
            Clear-Fault
            $child.WaitForExit(30000) | Should -BeTrue
        }
        finally {
            Stop-ChildShell $child
        }

        Get-Content (Join-Path $TestDrive first.txt) | Should -Be 30
        Get-Content (Join-Path $TestDrive first.txt.err) | Should -BeNullOrEmpty
        $again = $items | Save-GPhotoMediaItem $folder
        $again.Status | Sort-Object -Unique | Should -Be AlreadySaved
        Assert-SavedFile $again $served
    }

    It 'spoils nothing when two processes save into it without a catalog' {
        Add-Fault @{ path = '/lr/'; count = 0; latencyMs = 20 }
        $children = 1, 2 | ForEach-Object {
            Start-ChildShell "1..3 | ForEach-Object { `$null = Get-GPhotoMediaItem -Id $list | Save-GPhotoMediaItem '$folder' -NoCatalog -ErrorAction Ignore }" -Output (Join-Path $TestDrive "race$_.txt")
        }
        $children | ForEach-Object {
            $isOver = $_.WaitForExit(60000)
            Stop-ChildShell $_
            $isOver | Should -BeTrue
        }

        Partial $folder | Should -BeNullOrEmpty
        $results = $items | Save-GPhotoMediaItem $folder
        $results.Status | Sort-Object -Unique | Should -Be AlreadySaved
        Assert-SavedFile $results $served
    }

    It 'lets pipelines of one process work side by side' {
        $module = Join-Path $PSScriptRoot ../../output/GPhotos
        $results = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:module
            $using:items | Save-GPhotoMediaItem $using:folder
        }

        $results.Count | Should -Be 120
        Assert-SavedFile $results $served
        @($results | Where-Object Status -EQ Saved).Count | Should -Be 30
        @(Get-SavedFile $folder).Count | Should -Be 30
        Get-CallCount media.get | Should -Be 30
    }

    It 'lets one pipeline save twice into one destination' {
        $results = $items | Save-GPhotoMediaItem $folder | Save-GPhotoMediaItem $folder

        $results.Count | Should -Be 30
        $results.Status | Sort-Object -Unique | Should -Be AlreadySaved
        Assert-SavedFile $results $served
        Get-CallCount media.get | Should -Be 30
    }

    It 'lets the destination go when a pipeline ends early: <Name>' -ForEach @(
        @{ Name = 'Select-Object -First 1'; Run = { $null = $items | Save-GPhotoMediaItem $folder | Select-Object -First 1 } }
        @{ Name = 'a throw downstream'; Run = { { $items | Save-GPhotoMediaItem $folder | ForEach-Object { throw 'downstream' } } | Should -Throw downstream } }
        @{ Name = '-ErrorAction Stop'; Run = { { @($items[0..9]) + $bad + $items[10..29] | Save-GPhotoMediaItem $folder -ErrorAction Stop } | Should -Throw -ErrorId 'DownloadFailed,*' } }
        @{ Name = 'Ctrl+C'; Run = {
                $run = Use-Pipeline '$items | Save-GPhotoMediaItem $folder' -Variable @{ items = $items; folder = $folder }
                Wait-Until { @(Whole $folder).Count -ge 5 }
                $null = Stop-Pipeline $run
            }
        }
    ) {
        $bad = Get-GPhotoMediaItem -Id (Add-TestItem @{ fileName = 'lost.jpg'; lost = $true })
        Add-Fault @{ path = '/lr/'; count = 0; latencyMs = 50 }
        & $Run
        Clear-Fault
        Wait-Quiet
        Partial $folder | Should -BeNullOrEmpty
        @(Whole $folder).Count | Should -BeLessThan 30
        $child = Start-ChildShell "Get-GPhotoMediaItem -Id $list | Save-GPhotoMediaItem '$folder' | ForEach-Object Id" -Output (Join-Path $TestDrive child.txt)
        $isOver = $child.WaitForExit(60000)
        Stop-ChildShell $child

        $isOver | Should -BeTrue
        Get-Content (Join-Path $TestDrive child.txt.err) | Should -BeNullOrEmpty
        @(Get-Content (Join-Path $TestDrive child.txt)).Count | Should -Be 30
        Assert-SavedFile ($items | Save-GPhotoMediaItem $folder) $served
        @(Get-SavedFile $folder).Count | Should -Be 30
    }
}

Describe 'Save-GPhotoMediaItem and sudden death' {
    BeforeEach { $folder = New-TestFolder $TestDrive }

    AfterEach { Clear-Fault }

    It 'finishes on a rerun what was killed again and again, with each byte right' {
        $ids = NewItems 80 20000
        $served = Get-ServedHash $ids
        Reset-CallCount
        foreach ($moment in 7, 29, 55) {
            Add-Fault @{ path = '/lr/'; count = 0; latencyMs = 60 }
            $child = Start-ChildShell "`$null = Get-GPhotoMediaItem -Id '$($ids -join "', '")' | Save-GPhotoMediaItem '$folder'" -Output (Join-Path $TestDrive child.txt)
            try {
                Wait-Until { @(Whole $folder).Count -ge $moment } -TimeoutSeconds 60
            }
            finally {
                Stop-ChildShell $child
                Clear-Fault
            }
        }

        Wait-Quiet
        $results = Get-GPhotoMediaItem -Id $ids | Save-GPhotoMediaItem $folder
        $results.Count | Should -Be 80
        Assert-SavedFile $results $served
        Partial $folder | Should -BeNullOrEmpty
        @(Get-SavedFile $folder).Count | Should -Be 80
        # Eight on the line, and as many on their way to the disk.
        Get-CallCount media.get | Should -BeLessOrEqual (80 + 3 * 16) -Because 'only what was under way is downloaded again'
    }

    It 'goes on in the middle of a large file that was killed <Name>' -ForEach @(
        @{ Name = 'there'; Spoil = {}; Share = 1.5 }
        @{ Name = 'there, but never with bytes that somebody put in their place'; Spoil = { [System.IO.File]::WriteAllBytes("$folder/big.jpg.partial", [byte[]]::new(75000000)) }; Share = 2 }
        @{ Name = 'there, but never with fewer bytes than were safe'; Spoil = { [System.IO.File]::WriteAllBytes("$folder/big.jpg.partial", [byte[]]::new(1000)) }; Share = 2 }
    ) {
        $size = 80000000
        $id = Add-TestItem @{ fileName = 'big.jpg'; size = $size }
        $served = Get-ServedHash $id
        Reset-CallCount
        Add-Fault @{ path = '/lr/'; cutAfterBytes = 75000000 }
        Add-Fault @{ path = '/lr/'; after = 1; count = 0; hang = $true }
        $child = Start-ChildShell "Save-GPhotoMediaItem -Id $id -Destination '$folder'" -Output (Join-Path $TestDrive big.txt)
        try {
            Wait-Until { (Get-CallCount media.get) -eq 2 } -TimeoutSeconds 60
        }
        finally {
            Stop-ChildShell $child
            Clear-Fault
        }

        (Get-Item "$folder/big.jpg.partial").Length | Should -BeGreaterOrEqual 64000000
        & $Spoil
        $result = Save-GPhotoMediaItem -Id $id -Destination $folder

        Assert-SavedFile $result $served
        Get-SavedFile $folder | Should -HaveCount 1
        (Invoke-Emulator stats/downloads).bytes | Should -BeLessThan ($Share * $size)
    }

    It 'begins a large file anew that was killed when Google''s bytes are others by now' {
        $id = Add-TestItem @{ fileName = 'big.jpg'; size = 80000000; unstable = $true }
        Reset-CallCount
        Add-Fault @{ path = '/lr/'; cutAfterBytes = 75000000 }
        Add-Fault @{ path = '/lr/'; after = 1; count = 0; hang = $true }
        $run = Use-Pipeline 'Save-GPhotoMediaItem -Id $id -Destination $folder' -Variable @{ id = $id; folder = $folder }
        Wait-Until { (Get-CallCount media.get) -eq 2 } -TimeoutSeconds 60
        $null = Stop-Pipeline $run
        Clear-Fault
        (Get-Item "$folder/big.jpg.partial").Length | Should -BeGreaterOrEqual 64000000 -Because 'Ctrl+C keeps what a later run can go on with'
        $result = Save-GPhotoMediaItem -Id $id -Destination $folder

        Assert-SavedFile $result
        (Invoke-Emulator stats/downloads).bytes | Should -Be (75000000 + $result.Length)
        Get-SavedFile $folder | Should -HaveCount 1
    }

    It 'never takes a .partial that it did not write' {
        $ids = NewItems 2
        $served = Get-ServedHash $ids
        $items = Get-GPhotoMediaItem -Id $ids
        Set-Content (Join-Path $folder P1.jpg.partial) ('garbage' * 400) -NoNewline
        Set-Content (Join-Path $folder P2.jpg.partial) 'garbage' -NoNewline
        (Get-Item (Join-Path $folder P1.jpg.partial)).LastWriteTimeUtc = $items[0].CreationTime.UtcDateTime

        Assert-SavedFile ($items | Save-GPhotoMediaItem $folder) $served
        @(Get-SavedFile $folder).Count | Should -Be 2
    }
}
