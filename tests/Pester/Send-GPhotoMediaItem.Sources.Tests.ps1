#Requires -Version 7.6

# Where files come from: folders, pipelines, CSV files.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession
    function Leaf { process { [System.IO.Path]::GetFileName($_.FullName) } }

    # Pictures at relative paths, their folders made as needed.
    function Plant([string[]] $Path) {
        foreach ($one in $Path) {
            $full = Join-Path $folder $one
            $null = New-Item (Split-Path $full) -ItemType Directory -Force
            $null = New-TestPicture $full
        }
    }
}

AfterAll { Stop-TestEmulator }

Describe 'Send-GPhotoMediaItem and folders' {
    BeforeEach {
        $folder = New-TestFolder $TestDrive
        Push-Location $folder
        Reset-CallCount
    }

    AfterEach { Pop-Location }

    It 'sends a folder and all below it with -Recurse: by name, the files of a folder before the folders in it' {
        Plant trip/b.jpg, trip/a.jpg, trip/10.jpg, trip/2/z.jpg, trip/2/deep/y.jpg, trip/1/x.jpg, 'trip/brackets [1]/w.jpg'
        $results = Send-GPhotoMediaItem trip -Recurse

        $results.FullName | ForEach-Object { [System.IO.Path]::GetRelativePath($folder, $_).Replace('\', '/') } |
            Should -BeExactly trip/10.jpg, trip/a.jpg, trip/b.jpg, trip/1/x.jpg, trip/2/z.jpg, trip/2/deep/y.jpg, 'trip/brackets [1]/w.jpg'
        $results.Status | Sort-Object -Unique | Should -Be Created
    }

    It 'takes a folder as <Name>' -ForEach @(
        @{ Name = 'a literal path'; Do = { Send-GPhotoMediaItem -LiteralPath 'p [1]' -Recurse } }
        @{ Name = 'a string of the pipeline'; Do = { 'p [1]' | Send-GPhotoMediaItem -Recurse } }
        @{ Name = 'a wildcard'; Do = { Send-GPhotoMediaItem p* -Recurse } }
        @{ Name = 'what Get-Item gives'; Do = { Get-Item -LiteralPath 'p [1]' | Send-GPhotoMediaItem -Recurse } }
        @{ Name = 'what Get-ChildItem gives'; Do = { Get-ChildItem | Send-GPhotoMediaItem -Recurse } }
        @{ Name = 'a dot'; Do = { Send-GPhotoMediaItem . -Recurse } }
        @{ Name = 'a row of a CSV file'; Do = { 'Path', 'p [1]' | ConvertFrom-Csv | Send-GPhotoMediaItem -Recurse } }
    ) {
        Plant 'p [1]/a.jpg', 'p [1]/q/b.jpg'
        & $Do | Leaf | Should -Be a.jpg, b.jpg
    }

    It 'leaves hidden files, hidden folders and linked folders out' {
        Plant trip/a.jpg, trip/.hidden.jpg, trip/.thumbs/t.jpg, other/o.jpg
        $null = New-Item trip/link -ItemType SymbolicLink -Value (Join-Path $folder other)
        $null = New-Item trip/back -ItemType SymbolicLink -Value (Join-Path $folder trip)

        Send-GPhotoMediaItem trip -Recurse | Leaf | Should -Be a.jpg
    }

    It 'sends what a linked file leads to' {
        Plant real/a.jpg
        $null = New-Item link.jpg -ItemType SymbolicLink -Value (Join-Path $folder real/a.jpg)
        $result = Send-GPhotoMediaItem link.jpg
        $result.Length | Should -Be 2000
        (Get-HeldItem | Where-Object id -EQ $result.Id).sha256 | Should -Be (Get-FileHash real/a.jpg).Hash.ToLowerInvariant()
    }

    It 'counts files of other kinds in one warning, and makes no error of them' {
        Plant trip/a.jpg, trip/sub/b.jpg
        Set-Content trip/notes.txt, trip/sub/more.txt, trip/sub/READ.TXT, trip/list.md, trip/README x
        $results = Send-GPhotoMediaItem trip -Recurse -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop

        $results | Leaf | Should -Be a.jpg, b.jpg
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match '3 \.txt'
        "$warnings" | Should -Match '1 \.md'
        "$warnings" | Should -Match '1 without extension'
    }

    It 'counts them once over all folders of the input' {
        Plant one/a.jpg, two/b.jpg
        Set-Content one/x.txt, two/y.txt x
        $null = 'one', 'two' | Send-GPhotoMediaItem -Recurse -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match '2 \.txt'
    }

    Context 'with a folder that cannot be read' {
        BeforeAll {
            # Root may read everything, unless it gives that right away, and this process keeps it.
            $isRoot = -not $IsWindows -and (& id -u) -eq 0
            $cannotClose = $IsWindows -or ($isRoot -and -not (Get-Command setpriv -ErrorAction Ignore))
            function Send-PastClosed {
                Plant trip/a.jpg, trip/closed/b.jpg, trip/open/c.jpg
                Set-Content script.ps1 @"
param(`$module, `$folder, `$inputs)
Import-Module `$module
`$null = Connect-GPhotos -AccessToken (ConvertTo-SecureString (Get-Content `$inputs) -AsPlainText -Force) -WarningAction Ignore
Send-GPhotoMediaItem `$folder -Recurse -ErrorAction SilentlyContinue -ErrorVariable problems | ForEach-Object { "`$(`$_.Status) `$(Split-Path `$_.FullName -Leaf)" }
`$problems | ForEach-Object { "`$(`$_.FullyQualifiedErrorId) `$(`$_.TargetObject)" }
"@
                Set-Content inputs.txt (Invoke-Emulator tokens -Method Post -Body @{}).access_token
                $command = @($isRoot ? @('setpriv', '--bounding-set', '-dac_override,-dac_read_search') : @('env')) + (Get-Process -Id $PID).Path
                $first, $rest = $command
                & chmod 000 trip/closed
                try { & $first @rest -NoProfile -NonInteractive -File script.ps1 (Get-Module GPhotos).ModuleBase "$folder/trip" "$folder/inputs.txt" }
                finally { & chmod 700 trip/closed }
            }
        }

        It 'tells of it, and sends the others' {
            if ($cannotClose) { Set-ItResult -Skipped -Because 'no folder can be closed to this process'; return }
            $lines = @(Send-PastClosed)
            $lines[0, 1] | Should -Be 'Created a.jpg', 'Created c.jpg'
            $lines | Select-Object -Skip 2 | Sort-Object -Unique | Should -BeLike "FileReadFailed,*$folder/trip/closed"
        }

        It 'tells of it once' {
            @(Send-PastClosed) -match '^FileReadFailed' | Should -HaveCount 1
        }
    }

    It 'refuses a folder without -Recurse, says so, and sends the others: <Name>' -ForEach @(
        @{ Name = 'by name'; Do = { Send-GPhotoMediaItem trip, a.jpg -ErrorAction SilentlyContinue -ErrorVariable script:problems } }
        @{ Name = 'literally'; Do = { Send-GPhotoMediaItem -LiteralPath trip, a.jpg -ErrorAction SilentlyContinue -ErrorVariable script:problems } }
        @{ Name = 'from Get-ChildItem'; Do = { Get-ChildItem | Send-GPhotoMediaItem -ErrorAction SilentlyContinue -ErrorVariable script:problems } }
    ) {
        Plant a.jpg, trip/b.jpg
        & $Do | Leaf | Should -Be a.jpg
        Assert-GPhotosError $problems -Id FileReadFailed -Category ReadError -Target $problems[0].TargetObject
        "$($problems[0].TargetObject)" | Should -Match 'trip$'
        "$problems" | Should -Match 'is a folder\. Add -Recurse'
    }

    It 'passes folders over that a wildcard found without -Recurse' {
        Plant a.jpg, trip/b.jpg
        Send-GPhotoMediaItem * -ErrorAction Stop | Leaf | Should -Be a.jpg
    }

    It 'keeps to <Name>' -ForEach @(
        @{ Name = '-Include'; Do = { Send-GPhotoMediaItem trip -Recurse -Include *.png, a* }; Expected = 'a.jpg', 'raw a.png', 'b.png' }
        @{ Name = '-Exclude for files'; Do = { Send-GPhotoMediaItem trip -Recurse -Exclude *.png, *.JPG }; Expected = , 'c.gif' }
        @{ Name = '-Exclude for folders'; Do = { Send-GPhotoMediaItem trip -Recurse -Exclude thumbs, r?w* }; Expected = 'a.jpg', 'b.png', 'c.gif' }
        @{ Name = 'both'; Do = { Send-GPhotoMediaItem trip -Recurse -Include *.png -Exclude raw*, thumbs }; Expected = , 'b.png' }
        @{ Name = '-Include for what wildcards find'; Do = { Send-GPhotoMediaItem trip/* -Include *.jpg }; Expected = , 'a.jpg' }
        @{ Name = '-Exclude for what Get-ChildItem gives'; Do = { Get-ChildItem trip -File | Send-GPhotoMediaItem -Exclude raw*, *.txt }; Expected = , 'a.jpg' }
    ) {
        Plant trip/a.jpg, 'trip/raw a.png', trip/sub/b.png, trip/sub/c.gif, trip/sub/thumbs/t.jpg
        Set-Content trip/notes.txt x
        & $Do 3>$null | Leaf | Should -Be $Expected
    }

    It 'says nothing of other kinds that -Include leaves out' {
        Plant trip/a.jpg
        Set-Content trip/notes.txt x
        $null = Send-GPhotoMediaItem trip -Recurse -Include *.jpg -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 0
    }

    It 'makes an album for each folder with -AlbumFromFolder, each once' {
        Plant 'Summer/1.jpg', 'Summer/2.jpg', 'Summer/Beach/3.jpg', 'Summer/Beach/4.jpg', 'Summer/Hills [1]/5.jpg'
        $results = Send-GPhotoMediaItem Summer -Recurse -AlbumFromFolder -WarningVariable warnings

        Get-HeldName Summer | Should -Be 1.jpg, 2.jpg
        Get-HeldName Beach | Should -Be 3.jpg, 4.jpg
        Get-HeldName 'Hills [1]' | Should -Be 5.jpg
        Get-CallCount albums.create | Should -Be 3
        Get-CallCount albums.list | Should -Be 1
        $warnings | Should -HaveCount 0
        foreach ($result in $results) { $result.AlbumId | Should -Be (Get-HeldAlbum (Split-Path (Split-Path $result.FullName) -Leaf)).id }

        # And again: no album is made, nothing is sent.
        Reset-CallCount
        $null = Send-GPhotoMediaItem Summer -Recurse -AlbumFromFolder
        Get-CallCount albums.create | Should -Be 0
        (Invoke-Emulator stats).uploadBytes | Should -Be 0
    }

    It 'warns when two folders of one name go into one album, once' {
        Plant 2016/Winter/1.jpg, 2017/Winter/2.jpg, 2017/Winter/3.jpg
        $results = '2016', '2017' | Send-GPhotoMediaItem -Recurse -AlbumFromFolder -WarningVariable warnings -WarningAction SilentlyContinue

        $results.AlbumId | Sort-Object -Unique | Should -HaveCount 1
        Get-HeldName Winter | Should -Be 1.jpg, 2.jpg, 3.jpg
        $warnings | Should -HaveCount 1
        foreach ($part in "$folder/2016/Winter", "$folder/2017/Winter", "'Winter'") { "$warnings" | Should -Match ([regex]::Escape($part)) }
        Get-CallCount albums.create | Should -Be 1
    }

    It 'warns of two folders of one name once, in whatever order their files come' {
        Plant 2018/Spring/1.jpg, 2018/Spring/3.jpg, 2019/Spring/2.jpg, 2019/Spring/4.jpg
        $null = '2018/Spring/1.jpg', '2019/Spring/2.jpg', '2018/Spring/3.jpg', '2019/Spring/4.jpg' |
            Send-GPhotoMediaItem -AlbumFromFolder -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
    }

    It 'refuses -Album with -AlbumFromFolder before anything is sent' {
        Plant trip/a.jpg
        $record = Get-ErrorOf { Send-GPhotoMediaItem trip -Recurse -AlbumFromFolder -Album other }

        Assert-GPhotosError $record -Id InvalidRequest -Category InvalidArgument -Target $null
        "$record" | Should -Match '-AlbumFromFolder'
        (Invoke-Emulator stats).libraryCalls | Should -Be 0
    }
}

Describe 'Send-GPhotoMediaItem and pipelines' {
    BeforeEach {
        $folder = New-TestFolder $TestDrive
        Push-Location $folder
        Reset-CallCount
    }

    AfterEach { Pop-Location }

    It 'takes an album for each file by a script block' {
        Plant North/1.jpg, South/2.jpg, North/3.jpg
        $results = Get-ChildItem -Recurse -File | Sort-Object Name | Send-GPhotoMediaItem -Album { $_.Directory.Name }

        $results.Status | Should -Be Created, Created, Created
        Get-HeldName North | Should -Be 1.jpg, 3.jpg
        Get-HeldName South | Should -Be 2.jpg
        Get-CallCount albums.create | Should -Be 2
    }

    It 'takes rows of a CSV file with <Column>, Description and Album' -ForEach @(
        @{ Column = 'Path'; Value = { param($name) $name } }
        @{ Column = 'FullName'; Value = { param($name) Join-Path $folder $name } }
        @{ Column = 'LiteralPath'; Value = { param($name) Join-Path $folder $name } }
    ) {
        Plant a.jpg, b.jpg, c.jpg
        $east = "East $Column"
        [pscustomobject]@{ $Column = & $Value a.jpg; Description = 'one – eins'; Album = $east },
        [pscustomobject]@{ $Column = & $Value b.jpg; Description = ''; Album = "West $Column" },
        [pscustomobject]@{ $Column = & $Value c.jpg; Description = 'three'; Album = $east } | Export-Csv rows.csv
        $results = Import-Csv rows.csv | Send-GPhotoMediaItem

        $results.Status | Sort-Object -Unique | Should -Be Created
        Get-HeldName $east | Should -Be a.jpg, c.jpg
        Get-HeldName "West $Column" | Should -Be b.jpg
        $held = foreach ($name in 'a.jpg', 'b.jpg', 'c.jpg') { Get-HeldItem | Where-Object sha256 -EQ (Get-FileHash $name).Hash.ToLowerInvariant() }
        "$($held[0].description)|$($held[1].description)|$($held[2].description)" | Should -Be 'one – eins||three'
    }

    It 'takes its own results again, from another shell too, with their descriptions and brackets' {
        Plant 'p [1].jpg', 'p 1.jpg'
        $pending = [GPhotos.SendResult]@{ Status = 'Pending'; FullName = (Join-Path $folder 'p [1].jpg'); Description = 'one' }
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($pending))
        $sent = $pending | Send-GPhotoMediaItem -ErrorAction Stop
        $sent.Status | Should -Be Created
        $sent | Leaf | Should -BeExactly 'p [1].jpg'
        (Get-HeldItem | Where-Object id -EQ $sent.Id).description | Should -Be one
        foreach ($again in ($copy | Send-GPhotoMediaItem -ErrorAction Stop), ($sent | ConvertTo-Csv | ConvertFrom-Csv | Send-GPhotoMediaItem -ErrorAction Stop)) {
            $again | Leaf | Should -BeExactly 'p [1].jpg'
            $again.Status | Should -Be AlreadyInLibrary
        }
    }

    It 'gives one error for a row that has no column for a file, and sends the others' {
        Plant 1.jpg, 2.jpg
        $rows = [pscustomobject]@{ Path = '1.jpg'; Description = 'one' }, [pscustomobject]@{ Name = 'a.jpg'; Description = 'none' }, [pscustomobject]@{ Path = '2.jpg'; Description = 'two' }
        $results = $rows | Send-GPhotoMediaItem -ErrorAction SilentlyContinue -ErrorVariable problems

        $results | Leaf | Should -Be 1.jpg, 2.jpg
        $problems | Should -HaveCount 1
        # The engine's own words: it found no parameter for the row.
        "$($problems[0].FullyQualifiedErrorId)" | Should -BeLike 'AmbiguousParameterSet,*'
    }

    It 'takes an empty album for none, as CSV rows have it' {
        Plant a.jpg, b.jpg, c.jpg
        $results = 'Path,Album', 'a.jpg,Some', 'b.jpg,', 'c.jpg,Some' | ConvertFrom-Csv | Send-GPhotoMediaItem -ErrorAction Stop

        $results | Leaf | Sort-Object | Should -Be a.jpg, b.jpg, c.jpg
        Get-HeldName Some | Should -Be a.jpg, c.jpg
        ($results | Where-Object FullName -Like '*b.jpg').AlbumId | Should -BeNullOrEmpty
    }
}
