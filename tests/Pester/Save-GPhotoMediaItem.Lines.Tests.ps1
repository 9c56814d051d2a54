#Requires -Version 7.6

# Bad lines and odd answers of the media server: what can be had arrives whole, what cannot fails alone.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    function NewItems([int] $Count, [hashtable] $More = @{}) { Add-TestItem @(1..$Count | ForEach-Object { @{ fileName = "L$_.jpg"; size = 60000; creationTime = '2022-03-04T05:06:07Z' } + $More }) }
}

Describe 'Save-GPhotoMediaItem and bad lines' {
    BeforeAll {
        $null = Start-TestEmulator
        $null = Connect-TestSession
        $ids = NewItems 40
        $items = Get-GPhotoMediaItem -Id $ids
        $served = Get-ServedHash $ids
    }

    AfterAll { Stop-TestEmulator }

    BeforeEach {
        $folder = New-TestFolder $TestDrive
        Reset-CallCount
    }

    AfterEach { Clear-Fault }

    It 'saves all with each byte right, <Name>' -ForEach @(
        @{ Name = 'when every 5th body is cut'; Faults = @{ every = 5; cutAfterBytes = 20000 } }
        @{ Name = 'when every 5th body is cut before its first byte'; Faults = @{ every = 5; cutAfterBytes = 0 } }
        @{ Name = 'when every 7th connection is reset'; Faults = @{ every = 7; reset = $true } }
        @{ Name = 'when every 9th answer is 429 and says how long to wait'; Faults = @{ every = 9; status = 429; headers = @{ 'Retry-After' = '1' } } }
        @{ Name = 'when every 9th answer is 503'; Faults = @{ every = 9; status = 503 } }
        @{ Name = 'when all of this happens'; Faults = @{ every = 8; cutAfterBytes = 30000 }, @{ every = 11; reset = $true }, @{ every = 13; status = 429; headers = @{ 'Retry-After' = '1' } }, @{ every = 17; status = 500 } }
    ) {
        $Faults | ForEach-Object { Add-Fault ($_ + @{ path = '/lr/' }) }
        $results = $items | Save-GPhotoMediaItem $folder -WarningVariable warnings

        $results.Count | Should -Be 40
        Assert-SavedFile $results $served
        @(Get-SavedFile $folder).Count | Should -Be 40
        $warnings | Should -BeNullOrEmpty -Because 'waits of a second are not worth a word'
        Get-CallCount media.get | Should -BeGreaterThan 40
    }

    It 'pauses only the lane that met the trouble' {
        Add-Fault @{ path = '/lr/'; count = 1; status = 429; headers = @{ 'Retry-After' = '4' } }
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $times = $items | Save-GPhotoMediaItem $folder -ThrottleLimit 2 | ForEach-Object { $clock.Elapsed.TotalSeconds }

        $times.Count | Should -Be 40
        $times[38] | Should -BeLessThan 4
        $times[39] | Should -BeGreaterOrEqual 4
    }

    It 'fails for the items alone that Google does not give out: <Name>' -ForEach @(
        @{ Name = 'lost ones (404)'; How = @{ lost = $true } }
        @{ Name = 'denied ones (403)'; How = @{ denied = $true } }
    ) {
        $bad = NewItems 2 $How
        $all = Get-GPhotoMediaItem -Id ($ids[0..4] + $bad[0] + $ids[5..9] + $bad[1])
        $results = @($all | Save-GPhotoMediaItem $folder -ErrorAction SilentlyContinue -ErrorVariable problems)

        $results.Count | Should -Be 10
        Assert-SavedFile $results $served
        @($problems).Count | Should -Be 2
        foreach ($problem in $problems) {
            Assert-GPhotosError $problem -Id DownloadFailed -Category ReadError -Target $problem.TargetObject
            $bad | Should -Contain $problem.TargetObject.Id
        }

        @(Get-SavedFile $folder).Count | Should -Be 10
        Get-CallCount mediaItems.batchGet | Should -BeLessOrEqual 4 -Because 'an address is asked for anew a few times and not for ever'
    }

    It 'saves whole what comes <Name>, though a body is cut' -ForEach @(
        @{ Name = 'without a length'; How = @{ noLength = $true } }
        @{ Name = 'without a name for its bytes'; How = @{ noRange = $true } }
        @{ Name = 'with neither'; How = @{ noLength = $true; noRange = $true } }
    ) {
        $odd = NewItems 6 $How
        $expected = Get-ServedHash $odd
        Add-Fault @{ path = '/lr/'; every = 3; cutAfterBytes = 30000 }
        $results = Get-GPhotoMediaItem -Id $odd | Save-GPhotoMediaItem $folder

        $results.Count | Should -Be 6
        Assert-SavedFile $results $expected
    }

    It 'never joins parts of different bytes' {
        $id = Add-TestItem @{ fileName = 'odd.jpg'; size = 600000; unstable = $true }
        $item = Get-GPhotoMediaItem -Id $id
        Add-Fault @{ path = '/lr/'; cutAfterBytes = 400000 }
        $run = Use-Pipeline '$item | Save-GPhotoMediaItem $folder' -Variable @{ item = $item; folder = $folder }
        try {
            # The client waits a second before it goes on; by then the address leads nowhere, and the next one to other bytes.
            Wait-Until { Get-CallCount media.get }
            $null = Invoke-Emulator base-urls/expire -Method Post
            Wait-Until { $run.Handle.IsCompleted }
            $result = $run.Output[0]
        }
        finally {
            $run.Shell.Runspace.Dispose()
            $run.Shell.Dispose()
        }

        Assert-SavedFile $result
        $downloads = Invoke-Emulator stats/downloads
        $downloads.bytes | Should -Be (400000 + $result.Length) -Because 'the second address leads to other bytes, which are taken from their beginning'
    }

    It 'takes no page for a picture: <Name>' -ForEach @(
        @{ Name = 'HTML'; Fault = @{ status = 200; body = '<!doctype html><title>Sorry</title><p>Try later.'; headers = @{ 'Content-Type' = 'text/html' } } }
        @{ Name = 'text'; Fault = @{ status = 200; body = 'Sorry, try later.' } }
        @{ Name = 'JSON'; Fault = @{ status = 200; body = @{ error = 'sorry' } } }
        @{ Name = 'nothing'; Fault = @{ status = 200; body = '' } }
    ) {
        Add-Fault ($Fault + @{ path = '/lr/'; count = 1 })
        $results = @($items[0..4] | Save-GPhotoMediaItem $folder -ThrottleLimit 1 -ErrorAction SilentlyContinue -ErrorVariable problems)

        $results.Count | Should -Be 4
        # Which of them asks first is nobody's promise.
        $unsaved = @($items[0..4] | Where-Object Id -NotIn $results.Id)
        Assert-GPhotosError $problems -Id DownloadFailed -Category ReadError -Target $unsaved[0]
        Assert-SavedFile $results $served
        @(Get-SavedFile $folder).Count | Should -Be 4
        Clear-Fault
        Assert-SavedFile ($unsaved | Save-GPhotoMediaItem $folder) $served
    }
}

Describe 'Save-GPhotoMediaItem and base URLs that live 2 seconds' {
    BeforeAll {
        $null = Start-TestEmulator -ArgumentList '--base-url-lifetime', '2'
        $null = Connect-TestSession
        $ids = NewItems 200
    }

    AfterAll { Stop-TestEmulator }

    AfterEach { Clear-Fault }

    It 'saves all without an error and asks for few of them anew' {
        $folder = New-TestFolder $TestDrive
        $items = Get-GPhotoMediaItem -Id $ids
        Add-Fault @{ path = '/lr/'; count = 0; latencyMs = 200 }
        Reset-CallCount
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $results = $items | Save-GPhotoMediaItem $folder -ThrottleLimit 8 -ErrorVariable problems
        $seconds = $clock.Elapsed.TotalSeconds

        $problems | Should -BeNullOrEmpty
        $results.Count | Should -Be 200
        Assert-SavedFile $results
        $seconds | Should -BeGreaterThan 4 -Because 'else nothing would have aged'
        Get-CallCount mediaItems.batchGet | Should -BeLessOrEqual (4 * [math]::Ceiling($seconds / 2)) -Because '200 items need four calls in each lifetime'
    }
}
