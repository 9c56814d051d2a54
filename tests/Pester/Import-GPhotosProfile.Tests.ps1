#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $emulator = Start-TestEmulator -ArgumentList '--items', '3'
    $client = Save-ClientSecret (Join-Path $TestDrive client.json)
    $passphrase = ConvertTo-SecureString 'correct horse' -AsPlainText -Force
    $signedIn = Connect-ThroughPage $client -Parameter @{ ProfileName = 'work' }
    $folder = Join-Path $env:XDG_DATA_HOME GPhotos
    $file = (Export-GPhotosProfile work (Join-Path $TestDrive work.json) -Passphrase $passphrase).FullName

    function ProfileFile([string] $name) { Join-Path $folder "$name.profile.json" }

    function SignOut { while (Get-GPhotosContext -ErrorAction Ignore) { Disconnect-GPhotos } }

    # Another machine: a shell of its own with a home of its own.
    function OnAnotherMachine([string] $script, [string] $home2 = (New-TestFolder $TestDrive)) {
        Invoke-ChildShell -Script "`$env:XDG_DATA_HOME, `$file = '$home2', '$file'`n`$passphrase = ConvertTo-SecureString 'correct horse' -AsPlainText -Force`n$script"
    }

    # A copy of the export with something changed in it.
    function Changed([string] $from, [string] $to) {
        $path = Join-Path (New-TestFolder $TestDrive) changed.json
        $text = Get-Content $file -Raw
        $text | Should -Match $from
        Set-Content $path ($text -replace $from, $to) -NoNewline
        $path
    }
}

AfterAll {
    Stop-TestEmulator
}

Describe 'Import-GPhotosProfile on another machine' {
    It 'moves the sign-in, whole, without a request; both machines go on with it' {
        $home2 = New-TestFolder $TestDrive
        Reset-CallCount
        $lines = @(OnAnotherMachine -home2 $home2 @'
$context = Import-GPhotosProfile $file -Passphrase $passphrase
"$($context.GetType().FullName) $($context.ProfileName) $($context.Endpoint) $($context.ClientId) $($context.CanRefresh)"
"$($context.Scopes)"
"$($context.SignedInAt.UtcTicks)"
'@)

        (Invoke-Emulator stats).total | Should -Be 0
        $lines | Should -Be "GPhotos.GPhotosContext work $($emulator.Endpoint) emulator-client True", "$($signedIn.Scopes)", "$($signedIn.SignedInAt.UtcTicks)"
        OnAnotherMachine -home2 $home2 '$null = Connect-GPhotos -ProfileName work; @(Get-GPhotoMediaItem).Count' | Should -Be 3
        @(Get-GPhotoMediaItem).Count | Should -Be 3
        if (-not $IsWindows) {
            [System.IO.File]::GetUnixFileMode((Join-Path $home2 GPhotos work.profile.json)) | Should -Be ([System.IO.UnixFileMode]'UserRead, UserWrite')
            [System.IO.File]::GetUnixFileMode((Join-Path $home2 GPhotos)) | Should -Be ([System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute')
        }
    }

    It 'makes it what fresh sessions use with -Default' {
        $home2 = New-TestFolder $TestDrive
        $script = {
            $null = Import-GPhotosProfile $file -Passphrase $passphrase -ProfileName first
            (Import-GPhotosProfile $file -Passphrase $passphrase -ProfileName second).IsDefault
            (Import-GPhotosProfile $file -Passphrase $passphrase -ProfileName third -Default).IsDefault
        }
        OnAnotherMachine -home2 $home2 "$script" | Should -Be 'False', 'True'
        OnAnotherMachine -home2 $home2 '(Get-GPhotosContext).ProfileName; @(Get-GPhotoMediaItem).Count' | Should -Be 'third', '3'
    }

    It 'opens the file also when mail or an editor changed its line ends' {
        $path = Join-Path (New-TestFolder $TestDrive) mailed.json
        [System.IO.File]::WriteAllText($path, (Get-Content $file -Raw).Replace("`n", "`r`n") + "`r`n", [System.Text.UTF8Encoding]::new($true))
        OnAnotherMachine "(Import-GPhotosProfile '$path' -Passphrase `$passphrase).ProfileName" | Should -Be work
    }
}

Describe 'Import-GPhotosProfile and a vault' {
    It 'keeps the secrets in the vault of -Vault, leaves them there with -Force, and exports them from there' {
        $lines = @(OnAnotherMachine @'
$box = @{}
function Get-Secret { param($Name, $Vault) $box["$Vault/$Name"] }
function Set-Secret { param($Name, $Vault, $Secret) $box["$Vault/$Name"] = $Secret.Copy() }
function Remove-Secret { param($Name, $Vault) $box.Remove("$Vault/$Name") }
$profiles = Join-Path $env:XDG_DATA_HOME GPhotos

$context = Import-GPhotosProfile $file -Passphrase $passphrase -Vault safe
"$($context.Store) $($context.Vault) $(@($box.Keys))"
$context = Import-GPhotosProfile $file -Passphrase $passphrase -Force
"$($context.Store) $($context.Vault)"
"in the file: $((Get-Content (Join-Path $profiles work.profile.json) -Raw) -match 'refreshToken|emulator-secret')"
$again = Export-GPhotosProfile work (Join-Path $env:XDG_DATA_HOME again.json) -Passphrase $passphrase
$box.Clear()
$context = $again | Import-GPhotosProfile -Passphrase $passphrase -ProfileName plain
"$($context.Store) $($context.Vault) $($box.Count)"
$null = Connect-GPhotos -ProfileName plain
@(Get-GPhotoMediaItem).Count
'@)

        $lines | Should -Be 'Vault safe safe/GPhotos-work', 'Vault safe', 'in the file: False', 'File  0', '3'
    }

    It 'keeps nothing where the vault does not take it' {
        $home2 = New-TestFolder $TestDrive
        $lines = @(OnAnotherMachine -home2 $home2 @'
function Get-Secret { param($Name, $Vault) throw 'locked' }
function Set-Secret { param($Name, $Vault, $Secret) throw 'locked' }
try { Import-GPhotosProfile $file -Passphrase $passphrase -Vault safe -ErrorAction Stop } catch { "$($_.FullyQualifiedErrorId.Split(',')[0]) $($_.TargetObject)" }
'@)

        $lines | Should -Be 'VaultFailed safe'
        Join-Path $home2 GPhotos work.profile.json | Should -Not -Exist
    }
}

Describe 'Import-GPhotosProfile beside other profiles' {
    AfterEach { foreach ($name in 'copy', 'b [1]', 'other') { if ((Test-Path -LiteralPath (ProfileFile $name))) { Disconnect-GPhotos $name } } }

    It 'takes files from the pipeline, by name, by pattern, and literally' {
        $place = New-TestFolder $TestDrive
        Copy-Item $file (Join-Path $place 'b [1].json')

        $null = Get-Item -LiteralPath (Join-Path $place 'b [1].json') | Import-GPhotosProfile -Passphrase $passphrase -ProfileName copy
        foreach ($parameter in @{ LiteralPath = Join-Path $place 'b [1].json' }, @{ Path = Join-Path $place '*.json' }, @{ Path = Join-Path $place 'b [1].json' }) {
            Disconnect-GPhotos copy
            (Import-GPhotosProfile @parameter -Passphrase $passphrase -ProfileName copy).ProfileName | Should -Be copy
        }

        $text = Join-Path $place 'b [1].json' | ForEach-Object { [WildcardPattern]::Escape($_) }
        ($text | Import-GPhotosProfile -Passphrase $passphrase -ProfileName other).ProfileName | Should -Be other
    }

    It 'leaves a profile of that name as it is (ProfileExists), and the one in use in use' {
        $before = Get-Content (ProfileFile work) -Raw
        $record = Get-ErrorOf { Import-GPhotosProfile $file -Passphrase $passphrase }

        Assert-GPhotosError $record -Id ProfileExists -Category ResourceExists -Target work
        Assert-GPhotosError (Get-ErrorOf { Import-GPhotosProfile $file -Passphrase $passphrase -ProfileName WORK }) -Id ProfileExists -Category ResourceExists -Target work
        Get-Content (ProfileFile work) -Raw | Should -BeExactly $before
        $null = Import-GPhotosProfile $file -Passphrase $passphrase -ProfileName copy
        (Get-GPhotosContext).ProfileName | Should -Be work
    }

    It 'replaces it with -Force, and this session goes on with what was imported' {
        $null = Connect-ThroughPage $client -Parameter @{ ProfileName = 'other'; Scope = 'photoslibrary.appendonly' }
        (Get-GPhotosContext).Scopes | Should -Be 'photoslibrary.appendonly'
        $null = Import-GPhotosProfile $file -Passphrase $passphrase -ProfileName other -Force

        (Get-GPhotosContext).ProfileName | Should -Be other
        (Get-GPhotosContext).Scopes | Should -Be $signedIn.Scopes
        @(Get-GPhotoMediaItem).Count | Should -Be 3
        @(Get-ChildItem $folder -Filter '*.partial').Count | Should -Be 0
    }

    It 'keeps nothing with -WhatIf, but looks whether it could' {
        Import-GPhotosProfile $file -Passphrase $passphrase -ProfileName copy -WhatIf | Should -BeNullOrEmpty
        ProfileFile copy | Should -Not -Exist

        $record = Get-ErrorOf { Import-GPhotosProfile $file -Passphrase (ConvertTo-SecureString wrong -AsPlainText -Force) -ProfileName copy -WhatIf }
        Assert-GPhotosError $record -Id PassphraseWrong -Category SecurityError -Target $file
    }
}

Describe 'Import-GPhotosProfile with a file that it does not open' {
    AfterEach { ProfileFile copy | Should -Not -Exist }

    It 'says that the passphrase is wrong or the file was changed, since nobody can tell which' {
        $record = Get-ErrorOf { Import-GPhotosProfile $file -Passphrase (ConvertTo-SecureString 'Correct horse' -AsPlainText -Force) -ProfileName copy }
        Assert-GPhotosError $record -Id PassphraseWrong -Category SecurityError -Target $file
        "$record" | Should -Match 'passphrase is wrong, or the file was changed'

        $changed = Changed '"tag": "(...)' '"tag": "AAA'
        Assert-GPhotosError (Get-ErrorOf { Import-GPhotosProfile $changed -Passphrase $passphrase -ProfileName copy }) -Id PassphraseWrong -Category SecurityError -Target $changed
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a file of a newer version'; From = '"version": 1'; To = '"version": 2'; Says = 'newer GPhotos' }
        @{ Name = 'iterations that would take for ever'; From = '"iterations": 600000'; To = '"iterations": 2000000000'; Says = 'iterations' }
        @{ Name = 'iterations that protect nothing'; From = '"iterations": 600000'; To = '"iterations": 1'; Says = 'iterations' }
        @{ Name = 'a file that was cut'; From = '"ciphertext"(?s:.*)'; To = ''; Says = 'not the whole' }
        @{ Name = 'another file'; From = '(?s).*'; To = 'hello'; Says = 'no exported profile' }
        @{ Name = 'an empty file'; From = '(?s).*'; To = ''; Says = 'no exported profile' }
    ) {
        $changed = Changed $From $To
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $record = Get-ErrorOf { Import-GPhotosProfile $changed -Passphrase $passphrase -ProfileName copy }

        Assert-GPhotosError $record -Id ProfileExportInvalid -Category InvalidData -Target $changed
        "$record" | Should -Match $Says
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 60 -Because 'two thousand million iterations take minutes'
    }

    It 'refuses the profile''s own file and endless ones' {
        Assert-GPhotosError (Get-ErrorOf { Import-GPhotosProfile (ProfileFile work) -Passphrase $passphrase -ProfileName copy }) -Id ProfileExportInvalid -Category InvalidData -Target (ProfileFile work)
        if ($IsLinux) {
            Assert-GPhotosError (Get-ErrorOf { Import-GPhotosProfile /dev/zero -Passphrase $passphrase -ProfileName copy }) -Id ProfileExportInvalid -Category InvalidData -Target /dev/zero
        }
    }

    It 'says which file is missing, is a folder, or is not in the file system' {
        foreach ($path in (Join-Path $TestDrive missing.json), $TestDrive, 'env:PATH', 'nodrive:/x') {
            Assert-GPhotosError (Get-ErrorOf { Import-GPhotosProfile -LiteralPath $path -Passphrase $passphrase -ProfileName copy }) -Id FileReadFailed -Category ReadError -Target $path
        }
    }

    It 'refuses an empty passphrase' {
        $record = Get-ErrorOf { Import-GPhotosProfile $file -Passphrase ([securestring]::new()) -ProfileName copy }

        Assert-GPhotosError $record -Id InvalidRequest -Category InvalidArgument -Target $null
        "$record" | Should -Match 'passphrase is empty'
    }

    It 'goes on with the next file' {
        $bad = Changed '"version": 1' '"version": 2'
        $output = @($bad, $file | Import-GPhotosProfile -Passphrase $passphrase -ProfileName last -ErrorAction SilentlyContinue -ErrorVariable errors)

        $output.Count | Should -Be 1
        Assert-GPhotosError $errors -Id ProfileExportInvalid -Category InvalidData -Target $bad
        Disconnect-GPhotos last
    }
}
