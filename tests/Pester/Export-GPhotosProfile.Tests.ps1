#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator -ArgumentList '--items', '3'
    $client = Save-ClientSecret (Join-Path $TestDrive client.json)
    $passphrase = ConvertTo-SecureString 'canary horse' -AsPlainText -Force
    $null = Connect-ThroughPage $client
    $home1 = Join-Path $env:XDG_DATA_HOME GPhotos
    $kept = Get-Content (Join-Path $home1 default.profile.json) -Raw
    $secrets = @($kept | ConvertFrom-Json | ForEach-Object { $_.clientSecret, $_.refreshToken })

    function NewFile { Join-Path (New-TestFolder $TestDrive) 'me.json' }

    function MountDisk([string] $place, [string] $options) {
        if (-not $IsLinux -or (id -u) -ne '0') { return $false }
        mount -t tmpfs -o $options gphotos-test $place 2>$null
        $LASTEXITCODE -eq 0
    }

    # In a shell of its own whose files begin with these rights taken away.
    function ExportUnder([string] $umask, [string] $path) {
        $script = "`$null = Export-GPhotosProfile -Path '$path' -Passphrase (ConvertTo-SecureString p -AsPlainText -Force)"
        $shell = (Get-Process -Id $PID).Path
        sh -c "umask $umask; exec '$shell' -NoProfile -NonInteractive -EncodedCommand $([convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes("Import-Module '$((Get-Module GPhotos).ModuleBase)'; $script")))"
    }
}

AfterAll {
    Stop-TestEmulator
}

Describe 'Export-GPhotosProfile' {
    It 'gives the file, which says what it is and shows nothing of the sign-in' {
        $path = NewFile
        $file = Export-GPhotosProfile -Path $path -Passphrase $passphrase

        $file | Should -BeOfType ([System.IO.FileInfo])
        $file.FullName | Should -Be $path
        $text = Get-Content $path -Raw
        ($text | ConvertFrom-Json).format | Should -Be 'GPhotos profile'
        $secrets.Count | Should -Be 2
        foreach ($secret in $secrets) { $kept.Contains($secret) | Should -BeTrue; $text.Contains($secret) | Should -BeFalse }
        $text | Should -Not -Match 'emulator|photoslibrary|127\.0\.0\.1|canary'
        @(Get-ChildItem (Split-Path $path) -Force).Name | Should -Be 'me.json'
    }

    It 'sends nothing, and leaves the profile as it was' {
        Reset-CallCount
        $null = Export-GPhotosProfile -Path (NewFile) -Passphrase $passphrase

        (Invoke-Emulator stats).total | Should -Be 0
        Get-Content (Join-Path $home1 default.profile.json) -Raw | Should -BeExactly $kept
    }

    It 'takes the profile first and the file second' {
        $path = NewFile
        (Export-GPhotosProfile default $path -Passphrase $passphrase).FullName | Should -Be $path
    }

    It 'takes a path relative to the location of the shell, and one that is not a pattern' {
        $folder = New-TestFolder $TestDrive
        Push-Location $folder
        try {
            (Export-GPhotosProfile -Path ./a.json -Passphrase $passphrase).FullName | Should -Be (Join-Path $folder a.json)
            (Export-GPhotosProfile -LiteralPath 'b [1].json' -Passphrase $passphrase).FullName | Should -Be (Join-Path $folder 'b [1].json')
        }
        finally {
            Pop-Location
        }
    }

    It 'exports what the pipeline names, each into a file of its own' {
        $folder = New-TestFolder $TestDrive
        $files = Get-GPhotosContext | Export-GPhotosProfile -Path { Join-Path $folder "$($_.ProfileName).json" } -Passphrase $passphrase

        @($files).Name | Should -Be 'default.json'
    }

    It 'makes the file readable for its owner only, whatever the umask is: <_>' -Skip:$IsWindows -ForEach '000', '022', '077' {
        $path = NewFile
        ExportUnder $_ $path | Should -BeNullOrEmpty

        [System.IO.File]::GetUnixFileMode($path) | Should -Be ([System.IO.UnixFileMode]'UserRead, UserWrite')
    }

    It 'writes nothing with -WhatIf, and says what it would' {
        $path = NewFile
        Export-GPhotosProfile -Path $path -Passphrase $passphrase -WhatIf | Should -BeNullOrEmpty

        @(Get-ChildItem (Split-Path $path) -Force).Count | Should -Be 0
    }

    It 'does not touch a file that is there with -WhatIf -Force' {
        $path = NewFile
        Set-Content $path mine
        [System.IO.File]::SetLastWriteTimeUtc($path, [datetime]'2020-01-01')
        Export-GPhotosProfile -Path $path -Passphrase $passphrase -Force -WhatIf | Should -BeNullOrEmpty

        (Get-Item $path).LastWriteTimeUtc | Should -Be ([datetime]'2020-01-01')
        Get-Content $path | Should -Be mine
    }

    It 'keeps a file that is there (FileExists), and replaces it with -Force' {
        $path = NewFile
        Set-Content $path mine
        $record = Get-ErrorOf { Export-GPhotosProfile -Path $path -Passphrase $passphrase }

        Assert-GPhotosError $record -Id FileExists -Category ResourceExists -Target $path
        Get-Content $path | Should -Be mine
        $null = Export-GPhotosProfile -Path $path -Passphrase $passphrase -Force
        (Get-Content $path -Raw | ConvertFrom-Json).format | Should -Be 'GPhotos profile'
        if (-not $IsWindows) { [System.IO.File]::GetUnixFileMode($path) | Should -Be ([System.IO.UnixFileMode]'UserRead, UserWrite') }
        @(Get-ChildItem (Split-Path $path) -Force).Name | Should -Be 'me.json'
    }
}

Describe 'Export-GPhotosProfile where it cannot' {
    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a place that is no file system'; Where = 'env:me'; Says = 'not in the file system' }
        @{ Name = 'a drive that is none'; Where = 'nodrive:/me.json'; Says = 'no known drive' }
    ) {
        $record = Get-ErrorOf { Export-GPhotosProfile -Path $Where -Passphrase $passphrase }

        Assert-GPhotosError $record -Id FileWriteFailed -Category WriteError -Target $Where
        "$record" | Should -Match $Says
    }

    It 'refuses a folder, and a folder that is not there' {
        $folder = New-TestFolder $TestDrive
        Assert-GPhotosError (Get-ErrorOf { Export-GPhotosProfile -Path $folder -Passphrase $passphrase -Force }) -Id FileWriteFailed -Category WriteError -Target $folder
        $below = Join-Path $folder missing me.json
        Assert-GPhotosError (Get-ErrorOf { Export-GPhotosProfile -Path $below -Passphrase $passphrase }) -Id FileWriteFailed -Category WriteError -Target $below
        @(Get-ChildItem $folder -Force).Count | Should -Be 0
    }

    It 'tells of a folder that is read-only, and leaves nothing in it' -Skip:$IsWindows {
        $path = NewFile
        $place = Split-Path $path
        # Modes mean nothing to root; a disk that is read-only does.
        $isRoot = (id -u) -eq '0'
        if ($isRoot -and -not (MountDisk $place 'size=16k,ro')) { Set-ItResult -Skipped -Because 'nothing can be mounted here'; return }
        if (-not $isRoot) { [System.IO.File]::SetUnixFileMode($place, [System.IO.UnixFileMode]'UserRead, UserExecute') }
        try {
            foreach ($force in $false, $true) {
                $record = Get-ErrorOf { Export-GPhotosProfile -Path $path -Passphrase $passphrase -Force:$force }
                Assert-GPhotosError $record -Id FileWriteFailed -Category WriteError -Target $path
            }

            @(Get-ChildItem $place -Force).Count | Should -Be 0
        }
        finally {
            if ($isRoot) { umount $place } else { [System.IO.File]::SetUnixFileMode($place, [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute') }
        }
    }

    It 'tells of a place where not even root can make a file' -Skip:(-not $IsLinux) {
        Assert-GPhotosError (Get-ErrorOf { Export-GPhotosProfile -Path /proc/me.json -Passphrase $passphrase }) -Id FileWriteFailed -Category WriteError -Target /proc/me.json
    }

    It 'refuses a device, with -Force as well' -Skip:(-not $IsLinux) {
        # By a link of our own: a mistake here takes nothing from the machine.
        $link = Join-Path (New-TestFolder $TestDrive) full
        $null = New-Item $link -ItemType SymbolicLink -Target /dev/full

        Assert-GPhotosError (Get-ErrorOf { Export-GPhotosProfile -Path /dev/full -Passphrase $passphrase }) -Id FileExists -Category ResourceExists -Target /dev/full
        Assert-GPhotosError (Get-ErrorOf { Export-GPhotosProfile -Path $link -Passphrase $passphrase -Force }) -Id FileWriteFailed -Category WriteError -Target $link
        (Get-Item $link).LinkTarget | Should -Be /dev/full
        @(Get-ChildItem (Split-Path $link) -Force).Count | Should -Be 1
    }

    It 'leaves no half file on a full disk, and the one before where there was one' {
        $folder = New-TestFolder $TestDrive
        if (-not (MountDisk $folder 'size=16k')) { Set-ItResult -Skipped -Because 'a small disk can only be mounted by root on Linux'; return }
        try {
            $path = Join-Path $folder me.json
            Set-Content $path mine
            try { [System.IO.File]::WriteAllBytes((Join-Path $folder filler), [byte[]]::new(65536)) } catch [System.IO.IOException] { $full = $true }
            $full | Should -BeTrue

            foreach ($one in $path, (Join-Path $folder new.json)) {
                $record = Get-ErrorOf { Export-GPhotosProfile -Path $one -Passphrase $passphrase -Force }
                Assert-GPhotosError $record -Id FileWriteFailed -Category WriteError -Target $one
                "$record" | Should -Match 'space|full'
            }

            Get-Content $path | Should -Be mine
            @(Get-ChildItem $folder -Force).Name | Should -Be 'filler', 'me.json'
        }
        finally {
            umount $folder
        }
    }

    It 'refuses an empty passphrase, and writes nothing' {
        $path = NewFile
        $record = Get-ErrorOf { Export-GPhotosProfile -Path $path -Passphrase ([securestring]::new()) }

        Assert-GPhotosError $record -Id InvalidRequest -Category InvalidArgument -Target $null
        "$record" | Should -Match 'passphrase is empty'
        $path | Should -Not -Exist
    }

    It 'knows no profile that is not kept' {
        $path = NewFile
        Assert-GPhotosError (Get-ErrorOf { Export-GPhotosProfile nobody $path -Passphrase $passphrase }) -Id NotConnected -Category AuthenticationError -Target nobody
        $path | Should -Not -Exist
    }

    It 'refuses a name that could leave the folder of the profiles' {
        { Export-GPhotosProfile ../evil (NewFile) -Passphrase $passphrase } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'does not export a sign-in of this session alone, nor another that is kept under its name' {
        $path = NewFile
        $inputs = Join-Path (New-TestFolder $TestDrive) inputs.txt
        Set-Content $inputs (Invoke-Emulator tokens -Method Post -Body @{}).access_token, $path
        $lines = @(Invoke-ChildShell -ArgumentList $inputs -Script @'
$token, $path = Get-Content $Arguments[0]
$null = Connect-GPhotos -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force) -WarningAction Ignore
$null = Connect-GPhotos -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force) -ProfileName borrowed -WarningAction Ignore
foreach ($name in 'borrowed', 'default') {
    try { Export-GPhotosProfile $name $path -Passphrase (ConvertTo-SecureString p -AsPlainText -Force) -ErrorAction Stop }
    catch { "$($_.FullyQualifiedErrorId.Split(',')[0]) $($_.TargetObject) $($_.Exception.Message -like '*this session only*')" }
}
'@)

        $lines | Should -Be 'NotConnected borrowed True', 'NotConnected default True'
        $path | Should -Not -Exist
    }
}

Describe 'What Export- and Import-GPhotosProfile say' {
    It 'holds no passphrase and no secret: streams, errors, objects, the transcript and the file' {
        $folder = New-TestFolder $TestDrive
        # From a file: a transcript shows the command line.
        Set-Content (Join-Path $folder passphrase.txt) 'canary-4711'
        $everything = Invoke-ChildShell -ArgumentList $folder -Script @'
$folder = $Arguments[0]
$null = Start-Transcript (Join-Path $folder transcript.txt)
$right = ConvertTo-SecureString (Get-Content (Join-Path $folder passphrase.txt)) -AsPlainText -Force
$wrong = ConvertTo-SecureString wrong -AsPlainText -Force
$loud = @{ Debug = $true; Verbose = $true; InformationAction = 'Continue'; ErrorAction = 'Continue' }
$path = Join-Path $folder me.json
$steps = @(
    { Export-GPhotosProfile -Path $path -Passphrase $right -WhatIf @loud }
    { Export-GPhotosProfile -Path $path -Passphrase $right @loud }
    { Export-GPhotosProfile -Path $path -Passphrase $right @loud }
    { Import-GPhotosProfile -Path $path -Passphrase $right @loud }
    { Import-GPhotosProfile -Path $path -Passphrase $wrong @loud }
    { Import-GPhotosProfile -Path $path -Passphrase $right -ProfileName second -WhatIf @loud }
    { Import-GPhotosProfile -Path $path -Passphrase $right -ProfileName second @loud }
    { Set-Content (Join-Path $folder cut.json) (Get-Content $path -Raw).Substring(0, 400); Import-GPhotosProfile -Path (Join-Path $folder cut.json) -Passphrase $right @loud }
    { Disconnect-GPhotos second }
)
foreach ($step in $steps) {
    foreach ($one in @(try { & $step *>&1 } catch { $_ })) {
        "$one"
        $one | Format-List * -Force | Out-String -Width 4000
        if ($one -is [System.Management.Automation.ErrorRecord]) { "$($one.Exception)"; $one.InvocationInfo.BoundParameters | Out-String -Width 4000 }
    }
}
foreach ($one in $Error) { $one | Format-List * -Force | Out-String -Width 4000; "$($one.Exception)" }
$null = Stop-Transcript
Get-Content (Join-Path $folder transcript.txt), $path
'done'
'@ 2>&1 | Out-String -Width 4000

        foreach ($seen in 'FileExists', 'ProfileExists', 'PassphraseWrong', 'ProfileExportInvalid', 'What if', 'second', 'done') {
            $everything.Contains($seen) | Should -BeTrue -Because "'$seen' must have been provoked: $everything"
        }

        foreach ($secret in @('canary-4711') + $secrets) { $everything.Contains($secret) | Should -BeFalse }
        $everything | Should -Not -Match 'emu-(access|refresh)-|emulator-secret'
    }
}
