#Requires -Version 7.6

# Boxes that were unticked on the consent page: what Connect-GPhotos says will not work does not, at no cost, and all else does.

BeforeDiscovery {
    $script:Library = 'photoslibrary.appendonly', 'photoslibrary.readonly.appcreateddata', 'photoslibrary.edit.appcreateddata'
    # A command that does what the cmdlet is for. Select-GPhotoMediaItem asks for its scope by itself, and has tests of its own.
    $script:Uses = [ordered]@{
        'Add-GPhotoAlbumEnrichment' = { $album | Add-GPhotoAlbumEnrichment -Text words }
        'Add-GPhotoAlbumItem'       = { Add-GPhotoAlbumItem $album $items[0] -PassThru }
        'Compare-GPhotoMediaItem'   = { Compare-GPhotoMediaItem $folder -Summary }
        'Connect-GPhotos'           = { Connect-GPhotos -WarningAction Ignore }
        'Export-GPhotoGallery'      = { $items[0] | Export-GPhotoGallery (Join-Path $folder "$([guid]::NewGuid()).html") -PassThru }
        'Get-GPhotoAlbum'           = { Get-GPhotoAlbum }
        'Get-GPhotoJournal'         = { Get-GPhotoJournal; 'done' }
        'Get-GPhotoMediaItem'       = { Get-GPhotoMediaItem }
        'Get-GPhotosContext'        = { Get-GPhotosContext }
        'Get-GPhotosQuota'          = { Get-GPhotosQuota }
        'Get-GPhotoTakeoutItem'     = { Get-GPhotoTakeoutItem (Join-Path $export *.zip) }
        'New-GPhotoAlbum'           = { New-GPhotoAlbum another }
        'Remove-GPhotoAlbumItem'    = { Remove-GPhotoAlbumItem $album $inAlbum -PassThru -Confirm:$false }
        'Remove-GPhotoJournal'      = { Remove-GPhotoJournal -All -Confirm:$false; 'done' }
        'Save-GPhotoMediaItem'      = { Save-GPhotoMediaItem -Id $items[0].Id (New-TestFolder $TestDrive) }
        'Send-GPhotoMediaItem'      = { New-TestPicture (Join-Path (New-TestFolder $TestDrive) new.jpg) | Send-GPhotoMediaItem -Album $album }
        'Set-GPhotoAlbum'           = { Set-GPhotoAlbum $album -Title another -PassThru }
        'Set-GPhotoMediaItem'       = { Set-GPhotoMediaItem $items[0] words -PassThru }
        'Update-GPhotoJournal'      = { Update-GPhotoJournal; 'done' }
    }
    $script:Unticked = foreach ($scope in $script:Library) { @{ Scope = $scope; Others = @($script:Library -ne $scope) } }
    $script:UseCases = foreach ($name in $script:Uses.Keys) { @{ Name = $name; Use = $script:Uses[$name] } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $emulator = Start-TestEmulator -ArgumentList '--items', '3'
    $client = Save-ClientSecret (Join-Path $TestDrive client.json)
    $folder = New-TestFolder $TestDrive
    $null = New-TestPicture (Join-Path $folder local.jpg)
    $export = New-TestExport (Join-Path $TestDrive export) -ArgumentList '--items', '5', '--parts', '1', '--plain'

    # With every scope: what the commands are about.
    $null = Connect-TestSession
    $items = @(Get-GPhotoMediaItem)
    $album = New-GPhotoAlbum scopes
    $inAlbum = (New-TestPicture (Join-Path $folder sent.jpg) | Send-GPhotoMediaItem -Album $album).Id
    Disconnect-GPhotos

    function Connect-Without([string[]] $Ticked, [hashtable] $Parameter = @{}) {
        Connect-ThroughPage $client -Parameter ($Parameter + @{ WarningAction = 'Continue' }) -Answer { param($page) Approve-ConsentPage $page -Scope $Ticked } 3>&1
    }

    function SignOut { while (Get-GPhotosContext -ErrorAction Ignore) { Disconnect-GPhotos } }
}

AfterAll { Stop-TestEmulator }

Describe 'A sign-in without <Scope>' -ForEach $script:Unticked {
    BeforeAll {
        $output = @(Connect-Without $Others)
        $named = @([regex]::Match("$($output[0])", 'will not work: ([^.]+)\.').Groups[1].Value -split ', ')
    }

    AfterAll { SignOut }

    BeforeEach { Reset-CallCount }

    It 'is warned of once, with the cmdlets that will not work and the cure' {
        $output.Count | Should -Be 2
        $output[0] | Should -BeOfType ([System.Management.Automation.WarningRecord])
        "$($output[0])" | Should -BeLike "*$Scope was not granted*Connect-GPhotos -Scope $Scope and tick its box*"
        $output[1].Scopes | Should -Be $Others
        $named | Should -Not -BeNullOrEmpty
        foreach ($name in $named) { (Get-Command $name).ModuleName | Should -Be GPhotos }
    }

    It 'lets <Name> work, or fail with ScopeMissing at no cost when it was named' -ForEach $script:UseCases {
        $output = @(& { try { & $Use 2>&1 } catch { $_ } })
        $errors = @($output | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })

        if ($Name -in $named) {
            Assert-GPhotosError $errors -Id ScopeMissing -Category PermissionDenied -Target $Scope
            "$errors" | Should -Match ([regex]::Escape($Scope))
            $errors[0].ErrorDetails.RecommendedAction | Should -BeLike "*Connect-GPhotos -Scope $Scope *"
            (Invoke-Emulator stats).total | Should -Be 0 -Because 'no call is spent on what cannot succeed'
        }
        else {
            $errors | Should -BeNullOrEmpty
            # What was taken out of the album is put back for the next.
            if ($Name -eq 'Remove-GPhotoAlbumItem') { $null = Add-GPhotoAlbumItem $album $inAlbum }
            $output | Should -Not -BeNullOrEmpty -Because "$Name must have done something"
        }
    }
}

Describe 'The list of what needs which scope' {
    It 'is tried with every cmdlet' -ForEach @{ Tried = @($script:Uses.Keys) } {
        # The last ones know no scope: they end a sign-in, or carry one to another machine.
        (Get-Command -Module GPhotos).Name | Where-Object { $_ -notin $Tried } |
            Should -BeIn 'Select-GPhotoMediaItem', 'Disconnect-GPhotos', 'Export-GPhotosProfile', 'Import-GPhotosProfile'
    }
}

Describe 'Send-GPhotoMediaItem without photoslibrary.appendonly' {
    BeforeAll {
        $null = Connect-Without readonly.appcreateddata, edit.appcreateddata
        $files = New-TestFolder $TestDrive
        $null = New-TestPicture (1..3 | ForEach-Object { Join-Path $files "$_.jpg" })
        $null = New-TestPicture (Join-Path $files large.jpg) -Length 52000000
        $web = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $web.Start()
        $address = "http://127.0.0.1:$($web.LocalEndpoint.Port)/a.jpg"
    }

    AfterAll {
        $web.Stop()
        SignOut
    }

    BeforeEach { Reset-CallCount }

    It 'sends no byte of <Name>, and every input comes out' -ForEach @(
        @{ Name = 'small and large files'; Count = 4; Command = { Get-ChildItem $files | Send-GPhotoMediaItem -ErrorVariable problems } }
        @{ Name = 'files for an album that is to be made'; Count = 4; Command = { Get-ChildItem $files | Send-GPhotoMediaItem -Album fresh -ErrorVariable problems } }
        @{ Name = 'folders for albums of their own'; Count = 4; Command = { Send-GPhotoMediaItem $files -Recurse -AlbumFromFolder -ErrorVariable problems } }
        @{ Name = 'files whose hash goes along'; Count = 4; Command = { Get-ChildItem $files | Send-GPhotoMediaItem -VerifyChecksum -Force -ErrorVariable problems } }
        @{ Name = 'a web address'; Count = 1; Command = { Send-GPhotoMediaItem -Uri $address -ErrorVariable problems } }
        @{ Name = 'a Takeout archive'; Count = 2; Command = { Get-GPhotoTakeoutItem $export/*.zip | Select-Object -First 2 | Send-GPhotoMediaItem -Album fresh -ErrorVariable problems } }
    ) {
        $ErrorActionPreference = 'SilentlyContinue'
        $results = @(. $Command)

        Assert-GPhotosError $problems -Id ScopeMissing -Category PermissionDenied -Target photoslibrary.appendonly
        $results.Count | Should -Be $Count
        $results.Status | Sort-Object -Unique | Should -Be Pending
        $stats = Invoke-Emulator stats
        $stats.total, $stats.uploadBytes | Should -Be 0, 0
        $web.Pending() | Should -BeFalse -Because 'the web server is not asked for what cannot be sent'
        Get-HeldAlbum fresh | Should -BeNullOrEmpty
    }

    It 'says so with -WhatIf, too' {
        $problems = Get-ErrorOf { Send-GPhotoMediaItem $files -Recurse -WhatIf }

        Assert-GPhotosError $problems -Id ScopeMissing -Category PermissionDenied -Target photoslibrary.appendonly
        (Invoke-Emulator stats).total | Should -Be 0
    }
}

Describe 'Send-GPhotoMediaItem without photoslibrary.readonly.appcreateddata' {
    BeforeAll { $null = Connect-Without appendonly, edit.appcreateddata }

    AfterAll { SignOut }

    It 'cannot look for an album by its title, says so, and sends nothing' {
        Reset-CallCount
        $problems = Get-ErrorOf { New-TestPicture (Join-Path (New-TestFolder $TestDrive) a.jpg) | Send-GPhotoMediaItem -Album scopes }

        Assert-GPhotosError $problems -Id ScopeMissing -Category PermissionDenied -Target photoslibrary.readonly.appcreateddata
        (Invoke-Emulator stats).total | Should -Be 0
    }
}

Describe 'The cure of ScopeMissing' -Skip:$IsWindows {
    # The suite itself may run where nobody is.
    BeforeAll {
        $browser = Join-Path $TestDrive browser.sh
        $tools = Resolve-Path (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)
        Set-Content $browser "#!/bin/sh`nexec '$((Get-Process -Id $PID).Path)' -NoProfile -NonInteractive -Command `"Import-Module '$tools'; Approve-ConsentPage '`$1'`""
        [System.IO.File]::SetUnixFileMode($browser, [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute')
        $kept = $env:BROWSER, $env:GPHOTOS_INTERACTIVE
        $env:BROWSER, $env:GPHOTOS_INTERACTIVE = $browser, '1'
    }

    AfterAll {
        $env:BROWSER, $env:GPHOTOS_INTERACTIVE = $kept
        SignOut
    }

    It 'works when it is followed <Name>' -ForEach @(
        @{ Name = 'for the default profile'; Parameter = @{}; Profile = 'default' }
        @{ Name = 'for a profile of another name'; Parameter = @{ ProfileName = 'holiday' }; Profile = 'holiday' }
    ) {
        $output = @(Connect-Without readonly.appcreateddata, edit.appcreateddata -Parameter $Parameter)
        $record = Get-ErrorOf { New-GPhotoAlbum cured }
        $cure = [regex]::Match($record.ErrorDetails.RecommendedAction, 'Connect-GPhotos( -\w+ [\w.]+)+').Value

        "$($output[0])" | Should -BeLike "*Run $cure and*" -Because 'the warning names the same'
        $context = & ([scriptblock]::Create($cure))
        $context.ProfileName | Should -Be $Profile
        $context.Scopes | Should -Contain photoslibrary.appendonly
        $context.Scopes.Count | Should -Be 3 -Because 'what was granted before stays'
        (New-GPhotoAlbum "cured $Profile").Title | Should -Be "cured $Profile"
    }
}
