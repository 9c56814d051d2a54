#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $emulator = Start-TestEmulator -ArgumentList '--items', '30', '--bucket', 'backup', '--bucket', 'other'
    $null = Connect-TestSession
    $key = Join-Path $TestDrive key.json
    Invoke-WebRequest -Uri "$($env:GPHOTOS_ENDPOINT.TrimEnd('/'))/emulator/service_account.json" -OutFile $key
    $null = Add-TestItem @{ fileName = 'large.mp4'; mimeType = 'video/mp4'; size = 9000001; creationTime = '2019-05-06T07:08:09Z' }
    $items = @(Get-GPhotoMediaItem)

    function Get-StoredObject([string] $Bucket = 'backup') { @(Invoke-Emulator "buckets/$Bucket/objects" | ForEach-Object { $_ }) }
}

AfterAll { Stop-TestEmulator }

Describe 'Save-GPhotoMediaItem into a bucket' {
    BeforeEach { Reset-CallCount }

    AfterEach { Clear-Fault }

    It 'streams every item, whole, and writes nothing here' {
        $here = New-TestFolder $TestDrive
        Push-Location $here
        try { $results = @($items | Save-GPhotoMediaItem gs://backup/photos -Layout YearMonth -StorageClass Archive -ServiceAccountPath $key) }
        finally { Pop-Location }

        $results.Count | Should -Be 31
        $results.Status | Sort-Object -Unique | Should -Be Saved
        Get-ChildItem $here -Force | Should -BeNullOrEmpty
        $objects = Get-StoredObject
        $objects.Count | Should -Be 31
        $objects.storageClass | Sort-Object -Unique | Should -Be ARCHIVE
        foreach ($result in $results) {
            $object = $objects | Where-Object { "gs://backup/$($_.name)" -ceq $result.FullName }
            $object.metadata.'gphotos-media-item-id' | Should -BeExactly $result.Id
            $object.metadata.'gphotos-sha256' | Should -BeExactly $result.Sha256
            [long]$object.size | Should -Be $result.Length
        }
        ($results | Where-Object { $_.MediaItem.FileName -eq 'large.mp4' }).FullName | Should -BeExactly 'gs://backup/photos/2019/05/large.mp4'
        Get-CallCount storage.objects.list | Should -Be 1
    }

    It 'transfers nothing on a rerun, and tells the same' {
        $results = @($items | Save-GPhotoMediaItem gs://backup/photos -Layout YearMonth -ServiceAccountPath $key)

        $results.Status | Sort-Object -Unique | Should -Be AlreadySaved
        $results.Sha256 | Should -Not -Contain $null
        Get-CallCount media.get | Should -Be 0
        Get-CallCount storage.objects.list | Should -Be 1
        Get-CallCount storage.objects.insert.start | Should -Be 0
    }

    It 'lists what is new to the bucket' {
        $id = Add-TestItem @{ fileName = 'late.jpg'; creationTime = '1999-01-01T00:00:00Z' }

        (Get-GPhotoMediaItem -New -Destination gs://backup/photos -ServiceAccountPath $key).Id | Should -Be $id
        @(Get-GPhotoMediaItem -New -Destination gs://backup/elsewhere -ServiceAccountPath $key).Count | Should -Be 32
        (Get-GPhotoMediaItem | Save-GPhotoMediaItem gs://backup/photos -ServiceAccountPath $key | Where-Object Status -EQ Saved).Id | Should -Be $id
    }

    It 'finds the credential where Google''s tools find it' {
        $env:GOOGLE_APPLICATION_CREDENTIALS = $key
        try { @($items[0..2] | Save-GPhotoMediaItem gs://other).Status | Should -Be Saved, Saved, Saved }
        finally { $env:GOOGLE_APPLICATION_CREDENTIALS = $null }
    }

    It 'takes a bucket from a script block for each item' {
        $results = @($items[0..3] | Save-GPhotoMediaItem -Destination { "gs://$($_.CreationTime.Second % 2 ? 'other' : 'backup')/blocks" } -ServiceAccountPath $key)

        $results.Status | Sort-Object -Unique | Should -Be Saved
        foreach ($result in $results) { $result.FullName | Should -BeLike "gs://$($result.MediaItem.CreationTime.Second % 2 ? 'other' : 'backup')/blocks/*" }
    }

    It 'survives lines that break on both sides' {
        Add-Fault @{ kind = 'storage.objects.insert.*'; breakAfterBytes = 3000000; count = 3 }
        Add-Fault @{ path = '/lr/'; every = 4; reset = $true; count = 3 }

        $results = @($items | Save-GPhotoMediaItem gs://backup/broken -ServiceAccountPath $key)

        $results.Status | Sort-Object -Unique | Should -Be Saved
        @(Get-StoredObject | Where-Object name -Like 'broken/*').Count | Should -Be 31
    }

    It 'writes nothing with -WhatIf, and asks for no credential' {
        $items | Save-GPhotoMediaItem gs://backup/whatif -WhatIf

        Get-CallCount storage.objects.list | Should -Be 0
    }

    It 'ends with <Id> before a byte travels: <Name>' -ForEach @(
        @{ Name = 'a bucket that is not there'; Id = 'BucketNotFound'; More = @{ Destination = 'gs://no-such-bucket/x' }; Category = 'ObjectNotFound' }
        @{ Name = 'no bucket'; Id = 'InvalidRequest'; More = @{ Destination = 'gs://' }; Category = 'InvalidArgument' }
        @{ Name = 'a bucket no bucket can be called'; Id = 'InvalidRequest'; More = @{ Destination = 'gs://No Bucket!/x' }; Category = 'InvalidArgument' }
        @{ Name = '-Verify'; Id = 'InvalidRequest'; More = @{ Destination = 'gs://backup'; Verify = $true }; Category = 'InvalidArgument' }
        @{ Name = 'a key file that is not there'; Id = 'FileReadFailed'; More = @{ Destination = 'gs://backup'; ServiceAccountPath = 'no-such-key.json' }; Category = 'ReadError' }
        @{ Name = 'a storage class for a folder'; Id = 'InvalidRequest'; More = @{ Destination = 'somewhere'; StorageClass = 'Archive' }; Category = 'InvalidArgument' }
    ) {
        $parameters = @{ ServiceAccountPath = $key } + @{}
        foreach ($name in $More.Keys) { $parameters[$name] = $More[$name] }
        if ($Name -like '*for a folder') { $parameters.Remove('ServiceAccountPath') }

        $record = Get-ErrorOf { $items | Save-GPhotoMediaItem @parameters }

        $record.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $record.CategoryInfo.Category | Should -Be $Category
        $record.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        Get-CallCount media.get | Should -Be 0
    }

    It 'never sends a cloud token to a server that is not Google''s' {
        $foreign = Get-Content $key -Raw | ConvertFrom-Json
        $foreign.token_uri = 'https://oauth2.googleapis.com/token'
        $file = Join-Path $TestDrive foreign.json
        $foreign | ConvertTo-Json | Set-Content $file

        $record = Get-ErrorOf { $items | Save-GPhotoMediaItem gs://backup -ServiceAccountPath $file }

        $record.FullyQualifiedErrorId | Should -BeLike 'StorageAccessDenied,*'
        Get-CallCount storage.objects.list | Should -Be 0
        "$record $($record.Exception)" | Should -Not -Match 'PRIVATE KEY'
    }
}
