#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force

    function FilesOf($folder) { @(Get-SavedFile $folder) }
}

Describe 'Save-GPhotoMediaItem: lanes, stops and sudden death' {
    BeforeAll {
        $null = Start-TestEmulator -ArgumentList '--items', '600'
        $null = Connect-TestSession
    }

    AfterAll { Stop-TestEmulator }

    BeforeEach {
        $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))) -ItemType Directory).FullName
        Reset-CallCount
    }

    AfterEach { Clear-Fault }

    It 'keeps to -ThrottleLimit <_>, and uses it' -ForEach 1, 3 {
        Add-Fault @{ path = '/lr/'; count = -1; latencyMs = 40 }
        $results = Get-GPhotoMediaItem -First 20 | Save-GPhotoMediaItem $folder -ThrottleLimit $_

        $results.Count | Should -Be 20
        Get-MaxInFlight media.get | Should -Be $_
    }

    It 'refuses a -ThrottleLimit of <_>' -ForEach 0, 65, -1 {
        { Save-GPhotoMediaItem -Id x -ThrottleLimit $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'starts to save while the listing still runs' {
        Add-Fault @{ path = '/v1/mediaItems'; after = 1; count = -1; hang = $true }
        $run = Use-Pipeline 'Get-GPhotoMediaItem | Save-GPhotoMediaItem $folder' -Variable @{ folder = $folder }
        Wait-Until { @(FilesOf $folder | Where-Object Name -NotLike *.partial).Count -ge 50 }

        Get-CallCount mediaItems.list | Should -Be 2
        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
        Wait-Quiet
        FilesOf $folder | Where-Object Name -Like *.partial | Should -BeNullOrEmpty
    }

    It 'does not read the listing to its end when the disk is slower' {
        Add-Fault @{ path = '/lr/'; count = -1; hang = $true }
        $run = Use-Pipeline 'Get-GPhotoMediaItem | Save-GPhotoMediaItem $folder -ThrottleLimit 2' -Variable @{ folder = $folder }
        Wait-Until { Get-CallCount media.get }
        [System.Threading.Thread]::Sleep(300)
        $calls = Get-CallCount mediaItems.list

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
        $calls | Should -BeLessOrEqual 3 -Because 'two calls of batchGet wait for the lanes, and one page is asked for ahead'
        Wait-Quiet
        FilesOf $folder | Should -BeNullOrEmpty
    }

    It 'leaves no file and no litter on Ctrl+C in the middle of a body' {
        $id = Add-TestItem @{ fileName = 'big.jpg'; size = 20000000 }
        Add-Fault @{ path = '/lr/'; count = -1; latencyMs = 1 }
        $run = Use-Pipeline 'while ($true) { Save-GPhotoMediaItem -Id $id -Destination $folder -Force }' -Variable @{ folder = $folder; id = $id }
        Wait-Until { FilesOf $folder | Where-Object Name -Like *.partial }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
        Wait-Quiet
        FilesOf $folder | Where-Object Name -Like *.partial | Should -BeNullOrEmpty
        FilesOf $folder | Where-Object { $_.Name -eq 'big.jpg' -and $_.Length -lt 20000000 } | Should -BeNullOrEmpty
    }

    It 'leaves nothing running behind Select-Object -First 1' {
        @(Get-GPhotoMediaItem | Save-GPhotoMediaItem $folder | Select-Object -First 1).Count | Should -Be 1

        Wait-Quiet
        FilesOf $folder | Where-Object Name -Like *.partial | Should -BeNullOrEmpty
        $count = @(FilesOf $folder).Count
        [System.Threading.Thread]::Sleep(200)
        @(FilesOf $folder).Count | Should -Be $count
        Get-CallCount mediaItems.list | Should -BeLessOrEqual 3 -Because 'two calls of batchGet wait for the lanes, and one page is asked for ahead'
    }

    It 'leaves nothing running behind a throw downstream' {
        { Get-GPhotoMediaItem | Save-GPhotoMediaItem $folder | ForEach-Object { throw 'downstream' } } | Should -Throw 'downstream'

        Wait-Quiet
        FilesOf $folder | Where-Object Name -Like *.partial | Should -BeNullOrEmpty
    }

    It 'finishes on a rerun what a killed process left' {
        $token = (Invoke-Emulator tokens -Method Post -Body @{}).access_token
        $script = Join-Path $TestDrive child.ps1
        Set-Content $script @"
Import-Module '$(Resolve-Path (Join-Path $PSScriptRoot ../../output/GPhotos))'
`$null = Connect-GPhotos -AccessToken (ConvertTo-SecureString '$token' -AsPlainText -Force)
`$null = Get-GPhotoMediaItem -First 60 | Save-GPhotoMediaItem '$folder'
"@
        # Slow enough to be met in the middle.
        Add-Fault @{ path = '/lr/'; after = 20; count = -1; latencyMs = 300 }
        $child = Start-Process (Get-Process -Id $PID).Path -ArgumentList '-NoProfile', '-NonInteractive', '-File', $script -PassThru -RedirectStandardOutput (Join-Path $TestDrive out.txt)
        try {
            Wait-Until { @(FilesOf $folder | Where-Object Name -NotLike *.partial).Count -ge 22 }
        }
        finally {
            $child.Kill()
            $child.WaitForExit()
        }

        Clear-Fault
        Wait-Quiet
        @(FilesOf $folder | Where-Object Name -NotLike *.partial).Count | Should -BeLessThan 60
        $results = Get-GPhotoMediaItem -First 60 | Save-GPhotoMediaItem $folder

        $results.Count | Should -Be 60
        @($results | Where-Object Status -EQ AlreadySaved).Count | Should -BeGreaterOrEqual 20
        $results | ForEach-Object { Assert-SavedPicture $_ }
        @(FilesOf $folder).Count | Should -Be 60
    }

    It 'saves a library in the fewest calls' {
        $results = Get-GPhotoMediaItem -First 300 | Save-GPhotoMediaItem $folder

        $results.Count | Should -Be 300
        (Invoke-Emulator stats).libraryCalls | Should -Be 3
        Get-CallCount media.get | Should -Be 300
        Get-CallCount media.head | Should -Be 0
    }
}
