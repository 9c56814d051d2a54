#Requires -Version 7.6

# What is saved of an item: a size, the moving part, the metadata beside it, and videos that are not ready yet.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession
    function Names($folder) { Get-SavedFile $folder | ForEach-Object Name | Sort-Object }
}

AfterAll { Stop-TestEmulator }

Describe 'Save-GPhotoMediaItem -Size' {
    BeforeAll {
        $ids = Add-TestItem @{ fileName = 'a.jpg'; creationTime = '2020-01-02T03:04:05Z' }, @{ fileName = 'b.HEIC'; mimeType = 'image/heic' }, @{ fileName = 'clip.mp4'; mimeType = 'video/mp4' }
        $items = Get-GPhotoMediaItem -Id $ids
    }

    BeforeEach {
        $folder = New-TestFolder $TestDrive
        Reset-CallCount
    }

    It 'asks for <Suffix> with -Size <Size>' -ForEach @(
        @{ Size = '200x150'; Crop = $false; Suffix = '=w200-h150' }
        @{ Size = '200x150'; Crop = $true; Suffix = '=w200-h150-c' }
        @{ Size = '200x'; Crop = $false; Suffix = '=w200' }
        @{ Size = 'x150'; Crop = $false; Suffix = '=h150' }
        @{ Size = 300; Crop = $true; Suffix = '=w300-h300-c' }
        @{ Size = '16383X16383'; Crop = $false; Suffix = '=w16383-h16383' }
    ) {
        $results = $items | Save-GPhotoMediaItem $folder -Size $Size -Crop:$Crop

        Assert-SavedFile ($results | Where-Object Id -NE $ids[2]) (Get-ServedHash $ids[0..1] -Suffix $Suffix)
        Assert-SavedFile ($results | Where-Object Id -EQ $ids[2]) (Get-ServedHash $ids[2] -Suffix "$Suffix-no")
        # A thumbnail is a JPEG, whatever it was made of; the second one is called so, too.
        Names $folder | Should -Be a.jpg, b.jpg, clip.jpg
        ($results | Where-Object Id -EQ $ids[2]).RenamedFrom | Should -Be clip.mp4

        Reset-CallCount
        ($items | Save-GPhotoMediaItem $folder -Size $Size -Crop:$Crop).Status | Sort-Object -Unique | Should -Be AlreadySaved
        Get-CallCount media.get | Should -Be 0
    }

    It 'gives each size of an item a file of its own beside the original' {
        $a = $items[0]
        $paths = @(
            ($a | Save-GPhotoMediaItem $folder).FullName
            ($a | Save-GPhotoMediaItem $folder -Size 100x100).FullName
            ($a | Save-GPhotoMediaItem $folder -Size 100x100 -Crop).FullName
            ($a | Save-GPhotoMediaItem $folder -Size 200x).FullName
        )
        $paths | Sort-Object -Unique | Should -HaveCount 4
        Assert-SavedFile ($a | Save-GPhotoMediaItem $folder) (Get-ServedHash $ids[0])
        Assert-SavedFile ($a | Save-GPhotoMediaItem $folder -Size 100x100 -Crop) (Get-ServedHash $ids[0] -Suffix '=w100-h100-c')
        @(Get-SavedFile $folder).Count | Should -Be 4
    }

    It 'refuses a size of <_>' -ForEach '0x10', '10x0', 'x', '', '-1x5', '16384x1', 'large', '1x2x3', '1.5x2', '99999999999x1' {
        { $items[0] | Save-GPhotoMediaItem $folder -Size $_ } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        Get-ChildItem $folder -Force | Should -BeNullOrEmpty
    }

    It 'refuses <Name>, before anything is made' -ForEach @(
        @{ Name = '-Crop without -Size'; Parameter = @{ Crop = $true } }
        @{ Name = '-Crop with one side'; Parameter = @{ Crop = $true; Size = '200x' } }
        @{ Name = '-Motion with -Size'; Parameter = @{ Motion = $true; Size = '200x200' } }
    ) {
        $record = @(Get-ErrorOf { $items | Save-GPhotoMediaItem (Join-Path $folder new) @Parameter })
        $record | Should -HaveCount 1
        $record.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-ChildItem $folder -Force | Should -BeNullOrEmpty
        (Invoke-Emulator stats).total | Should -Be 0
    }
}

Describe 'Save-GPhotoMediaItem -Motion' {
    BeforeAll {
        $ids = Add-TestItem @{ fileName = 'moving.jpg'; motion = $true; size = 90000; creationTime = '2020-01-02T03:04:05Z' }, @{ fileName = 'still.jpg' }, @{ fileName = 'clip.mp4'; mimeType = 'video/mp4' }
        $items = Get-GPhotoMediaItem -Id $ids
        $served = Get-ServedHash $ids
        $moving = (Get-ServedHash $ids[0] -Suffix '=dv')[$ids[0]]
    }

    BeforeEach {
        $folder = New-TestFolder $TestDrive
        Reset-CallCount
    }

    AfterEach { Clear-Fault }

    It 'saves the moving part beside the picture, and a second run asks nothing' {
        foreach ($status in 'Saved', 'AlreadySaved') {
            $results = $items | Save-GPhotoMediaItem $folder -Motion

            $results.Status | Sort-Object -Unique | Should -Be $status
            Assert-SavedFile $results $served
            Names $folder | Should -Be clip.mp4, moving.jpg, moving.mp4, still.jpg
            $photo = $results | Where-Object Id -EQ $ids[0]
            $photo.MotionFullName | Should -Be (Join-Path $folder moving.mp4)
            (Get-FileHash $photo.MotionFullName).Hash | Should -Be $moving
            (Get-Item $photo.MotionFullName).LastWriteTimeUtc | Should -Be $photo.MediaItem.CreationTime.UtcDateTime
            @($results.MotionFullName | Where-Object { $_ }).Count | Should -Be 1
        }

        Get-CallCount media.get | Should -Be 5 -Because 'three items, and one more for each photo'
        Reset-CallCount
        $null = $ids | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Save-GPhotoMediaItem $folder -Motion
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'adds it to what was saved without, and brings it back when it was deleted or cut' {
        $null = $items | Save-GPhotoMediaItem $folder
        Names $folder | Should -Be clip.mp4, moving.jpg, still.jpg
        $path = Join-Path $folder moving.mp4
        foreach ($spoil in {}, { Remove-Item $path }, { $file = [System.IO.File]::OpenWrite($path); $file.SetLength(10); $file.Dispose() }) {
            & $spoil
            $result = $items[0] | Save-GPhotoMediaItem $folder -Motion

            $result.Status | Should -Be AlreadySaved -Because 'the picture was there'
            (Get-FileHash $path).Hash | Should -Be $moving
        }

        Names $folder | Should -Be clip.mp4, moving.jpg, moving.mp4, still.jpg
    }

    It 'leaves a video of the user alone that has its name' {
        Set-Content (Join-Path $folder moving.mp4) precious
        $result = $items[0] | Save-GPhotoMediaItem $folder -Motion

        Get-Content (Join-Path $folder moving.mp4) | Should -Be precious
        (Get-FileHash $result.MotionFullName).Hash | Should -Be $moving
        [System.IO.Path]::GetFileNameWithoutExtension($result.MotionFullName) | Should -Be ([System.IO.Path]::GetFileNameWithoutExtension($result.FullName)) -Because 'the two belong together'
    }

    It 'keeps the moving part and a video of the same name apart' {
        $all = @($items[0]) + (Get-GPhotoMediaItem -Id (Add-TestItem @{ fileName = 'moving.mp4'; mimeType = 'video/mp4' }, @{ fileName = 'moving.jpg'; motion = $true }))
        $results = $all | Save-GPhotoMediaItem $folder -Motion
        @($results.FullName) + @($results.MotionFullName | Where-Object { $_ }) | Sort-Object -Unique | Should -HaveCount 5
        @(Get-SavedFile $folder).Count | Should -Be 5
        Assert-SavedFile $results
    }

    It 'keeps the picture when the moving part fails, and brings that with the next run' {
        Add-Fault @{ path = '/lr/'; after = 1; count = 1; status = 400 }
        $record = Get-ErrorOf { $items[0] | Save-GPhotoMediaItem $folder -Motion }
        Assert-GPhotosError $record -Id DownloadFailed -Category ReadError -Target $items[0]
        Names $folder | Should -Be moving.jpg

        $result = $items[0] | Save-GPhotoMediaItem $folder -Motion
        Assert-SavedFile $result $served
        (Get-FileHash $result.MotionFullName).Hash | Should -Be $moving
    }
}

Describe 'Save-GPhotoMediaItem -Sidecar' {
    BeforeAll {
        $id = Add-TestItem @{ fileName = 'a.jpg'; creationTime = '2020-01-02T03:04:05Z'; width = 4000; height = 3000; description = "Ünï <b> `"quoted`" & 夕焼け" }
        $item = Get-GPhotoMediaItem -Id $id
    }

    BeforeEach {
        $folder = New-TestFolder $TestDrive
        $path = Join-Path $folder a.jpg.json
        Reset-CallCount
    }

    It 'writes the metadata as JSON beside the file, the same in each culture' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'ar-SA'
            $result = $item | Save-GPhotoMediaItem $folder -Sidecar
        }
        finally {
            [cultureinfo]::CurrentCulture = $culture
        }

        $result.SidecarFullName | Should -Be $path
        $text = Get-Content $path -Raw
        $json = $text | ConvertFrom-Json -DateKind String
        $json.gphotosMediaItemId | Should -BeExactly $id
        $json.fileName | Should -BeExactly a.jpg
        $json.description | Should -BeExactly $item.Description
        $text | Should -Match '夕焼け' -Because 'it is for people to read, too'
        $json.creationTime | Should -Match '^2020-01-02T03:04:05(\+00:00|Z)$'
        $json.width, $json.height | Should -Be 4000, 3000
        $json.mediaType | Should -Be photo
        $json.mimeType | Should -Be image/jpeg
        $json.savedAs | Should -BeExactly a.jpg
        $json.sha256 | Should -BeExactly $result.Sha256
        $json.length | Should -Be $result.Length
        $text | Should -Not -Match '127\.0\.0\.1' -Because 'an address of the bytes is nobody''s business'
        Names $folder | Should -Be a.jpg, a.jpg.json
    }

    It 'is the same on each run, and is not even touched' {
        $null = $item | Save-GPhotoMediaItem $folder -Sidecar
        (Get-Item $path).LastWriteTimeUtc = [datetime]::SpecifyKind('2001-01-01', 'Utc')
        $text = Get-Content $path -Raw
        foreach ($parameter in @{}, @{ ThrottleLimit = 1 }) {
            ($item | Save-GPhotoMediaItem $folder -Sidecar @parameter).Status | Should -Be AlreadySaved
            (Save-GPhotoMediaItem -Id $id -Destination $folder -Sidecar).SidecarFullName | Should -Be $path
        }

        Get-Content $path -Raw | Should -BeExactly $text
        (Get-Item $path).LastWriteTimeUtc.Year | Should -Be 2001
        Get-CallCount media.get | Should -Be 1
    }

    It 'is written for what was saved without it, and again when it is gone' {
        $null = $item | Save-GPhotoMediaItem $folder
        Names $folder | Should -Be a.jpg
        $null = $item | Save-GPhotoMediaItem $folder -Sidecar
        $text = Get-Content $path -Raw
        Remove-Item $path
        $null = $item | Save-GPhotoMediaItem $folder -Sidecar

        Get-Content $path -Raw | Should -BeExactly $text
        Get-CallCount media.get | Should -Be 1
    }

    It 'leaves a JSON file alone that is somebody else''s, such as Takeout''s' {
        Set-Content $path '{ "title": "a.jpg" }'
        $record = Get-ErrorOf { $item | Save-GPhotoMediaItem $folder -Sidecar }

        Assert-GPhotosError $record -Id FileExists -Category ResourceExists -Target $item
        Get-Content $path | Should -Be '{ "title": "a.jpg" }'
        Assert-SavedFile ($item | Save-GPhotoMediaItem $folder)
        Names $folder | Should -Be a.jpg, a.jpg.json
    }

    It 'stands beside items of one name, one for each' {
        $all = Get-GPhotoMediaItem -Id (Add-TestItem @{ fileName = 'a.jpg' }, @{ fileName = 'A.JPG' })
        $results = @($item) + $all | Save-GPhotoMediaItem $folder -Sidecar
        foreach ($result in $results) {
            $result.SidecarFullName | Should -Be "$($result.FullName).json"
            (Get-Content $result.SidecarFullName | ConvertFrom-Json).gphotosMediaItemId | Should -BeExactly $result.Id
        }
    }
}

Describe 'Save-GPhotoMediaItem and videos that Google still works on' {
    BeforeEach {
        $folder = New-TestFolder $TestDrive
        Reset-CallCount
        function NewVideo($seconds, [hashtable] $more = @{}) { Get-GPhotoMediaItem -Id (Add-TestItem (@{ fileName = 'v.mp4'; mimeType = 'video/mp4'; processingSeconds = $seconds } + $more)) }
    }

    It 'are Pending without -VideoTimeout, at no cost' {
        $video = NewVideo 600
        Reset-CallCount
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $result = $video | Save-GPhotoMediaItem $folder

        $result.Status | Should -Be Pending
        $result.FullName | Should -BeNullOrEmpty
        (Invoke-Emulator stats).total | Should -Be 0
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 3
        Get-SavedFile $folder | Should -BeNullOrEmpty
    }

    It 'are waited for with -VideoTimeout <Timeout>, while the others are saved' -ForEach @(
        @{ Timeout = 30 }
        @{ Timeout = [timespan]'00:00:30' }
    ) {
        $items = @(NewVideo 3) + (Get-GPhotoMediaItem -Id (Add-TestItem @{ fileName = 'a.jpg' }, @{ fileName = 'b.jpg' }))
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $results = $items | Save-GPhotoMediaItem $folder -VideoTimeout $Timeout -ThrottleLimit 1

        $results.Status | Should -Be Saved, Saved, Saved
        $results[2].Id | Should -Be $items[0].Id -Because 'a video that is waited for is in nobody''s way'
        Assert-SavedFile $results[2] (Get-ServedHash $items[0].Id)
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 20
    }

    It 'are Pending when the time is over, and saved by a later run' {
        $video = NewVideo 600
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        ($video | Save-GPhotoMediaItem $folder -VideoTimeout 2).Status | Should -Be Pending
        $clock.Elapsed.TotalSeconds | Should -BeGreaterThan 1.9
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 10

        $null = Invoke-Emulator "items/$($video.Id)" -Method Patch -Body @{ processingSeconds = 0 }
        $result = Save-GPhotoMediaItem -Id $video.Id -Destination $folder
        $result.Status | Should -Be Saved
        Assert-SavedFile $result (Get-ServedHash $video.Id)
    }

    It 'are looked at again where the listing is old' {
        $video = NewVideo 600
        $video | Export-Clixml (Join-Path $folder v.xml)
        $null = Invoke-Emulator "items/$($video.Id)" -Method Patch -Body @{ processingSeconds = 0 }
        (Import-Clixml (Join-Path $folder v.xml) | Save-GPhotoMediaItem $folder).Status | Should -Be Saved
    }

    It 'are an error when Google could not process them: <Name>' -ForEach @(
        @{ Name = 'known from the listing'; Seconds = 0 }
        @{ Name = 'seen while waiting'; Seconds = 2 }
    ) {
        $items = @(NewVideo $Seconds @{ failed = $true }) + (Get-GPhotoMediaItem -Id (Add-TestItem @{ fileName = 'a.jpg' }))
        $results = @($items | Save-GPhotoMediaItem $folder -VideoTimeout 30 -ErrorAction SilentlyContinue -ErrorVariable problems)

        Assert-GPhotosError $problems -Id DownloadFailed -Category ReadError -Target $items[0]
        $results.Status | Should -Be Saved
        Names $folder | Should -Be a.jpg
    }

    It 'refuses a -VideoTimeout of <_>' -ForEach -1, 'soon', 99999999 {
        { Save-GPhotoMediaItem -Id x -Destination $folder -VideoTimeout $_ } | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException])
    }
}
