#Requires -Version 7.6

# A sign-in in a real vault: SecretManagement with SecretStore, which the user installs and this module does not need.

BeforeDiscovery {
    $script:Missing = @(
        foreach ($name in 'Microsoft.PowerShell.SecretManagement', 'Microsoft.PowerShell.SecretStore') { if (-not (Get-Module $name -ListAvailable)) { $name } }
        # Its files would be those of the user: only by HOME can it be given a folder of its own.
        if ($IsWindows) { 'another system than Windows' }
    )
    if ($script:Missing) { Write-Warning "The sign-in in a real vault is skipped: it needs $($script:Missing -join ' and ')." }
}

Describe 'A sign-in in a vault of SecretStore' -Skip:($script:Missing.Count -gt 0) {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
        $null = Start-TestEmulator -ArgumentList '--items', '3'
        $client = Save-ClientSecret (Join-Path $TestDrive client.json)
        $tools = (Resolve-Path (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)).Path
        $savedHome = $env:HOME
        $env:HOME = (New-Item (Join-Path $TestDrive home) -ItemType Directory).FullName
        $profileFile = Join-Path $env:XDG_DATA_HOME GPhotos/default.profile.json

        $signIn = @"
Import-Module '$tools'
Connect-GPhotos -ClientSecretPath '$client' -Vault Mine -NoBrowser 6>&1 | ForEach-Object {
    if (`$_ -is [System.Management.Automation.InformationRecord]) { Approve-ConsentPage ([regex]::Match("`$_", 'http\S+').Value) } else { "`$(`$_.Store) `$(`$_.Vault)" }
}
"@
        # Without a password: nobody is here to give it.
        function NewStore {
            $null = Invoke-ChildShell -NoImport -Script @'
Reset-SecretStore -Scope CurrentUser -Authentication None -Interaction None -Force -Confirm:$false -WarningAction SilentlyContinue
'@
        }

        $made = @(Invoke-ChildShell -NoImport -Script 'Register-SecretVault -Name Mine -ModuleName Microsoft.PowerShell.SecretStore; (Get-SecretVault).Name')
        $made | Should -Contain 'Mine'
        NewStore
        (Join-Path $env:HOME .secretmanagement) | Should -Exist -Because 'the vault must be the test''s own'
    }

    BeforeEach {
        @(Invoke-ChildShell -Script $signIn) | Should -Be 'Vault Mine'
        Reset-CallCount
    }

    AfterAll {
        $env:HOME = $savedHome
        Stop-TestEmulator
    }

    It 'keeps one SecureString in the vault and no secret in the profile' {
        $lines = @(Invoke-ChildShell -NoImport -Script @'
Get-SecretInfo -Vault Mine | ForEach-Object { "$($_.Name) $($_.Type)" }
$secret = Get-Secret -Vault Mine -Name GPhotos-default -AsPlainText | ConvertFrom-Json
"$($secret.clientSecret) $($secret.refreshToken -like 'emu-refresh-*')"
'@)

        $lines | Should -Be 'GPhotos-default SecureString', 'emulator-secret True'
        Get-Content $profileFile -Raw | Should -Not -Match 'emulator-secret|emu-refresh-'
    }

    It 'needs no Connect-GPhotos in another shell' {
        @(Invoke-ChildShell -Script '"listed $(@(Get-GPhotoMediaItem).Count) by $((Get-GPhotosContext).Vault)"') | Should -Be 'listed 3 by Mine'
        Get-CallCount oauth.authorize | Should -Be 0
    }

    It 'serves runspaces that begin at once, though the vault can be asked one thing at a time' {
        $lines = @(Invoke-ChildShell -Script @'
$counts = 1..6 | ForEach-Object -Parallel { Import-Module $using:modulePath; @(Get-GPhotoMediaItem).Count } -ThrottleLimit 6
"$counts"
'@)

        $lines | Should -Be '3 3 3 3 3 3'
    }

    It 'is not there any more when the secret was removed by hand' {
        $lines = @(Invoke-ChildShell -Script @'
Remove-Secret -Vault Mine -Name GPhotos-default
try { Get-GPhotoMediaItem -ErrorAction Stop } catch { "$($_.FullyQualifiedErrorId) $($_.TargetObject) $_" }
Disconnect-GPhotos
"errors $($Error.Count)"
'@)

        $lines[0] | Should -BeLike 'NotConnected,* default *GPhotos-default*'
        $profileFile | Should -Not -Exist
    }

    It 'goes with Disconnect-GPhotos' {
        @(Invoke-ChildShell -Script 'Disconnect-GPhotos; "left $(@(Get-SecretInfo -Vault Mine).Count)"') | Should -Be 'left 0'
        $profileFile | Should -Not -Exist
    }

    It 'waits for nobody where the vault has a password, and says how to unlock it' {
        $password = "`$password = ConvertTo-SecureString 'of a test' -AsPlainText -Force`n"
        try {
            $lines = @(Invoke-ChildShell -Script ($password + @'
Reset-SecretStore -Scope CurrentUser -Authentication Password -Password $password -Interaction None -Force -Confirm:$false -WarningAction SilentlyContinue

'@ + $signIn))
            $lines[-1] | Should -Be 'Vault Mine' -Because 'who has just made a vault need not unlock it'

            $lines = @(Invoke-ChildShell -Script ($password + @'
foreach ($command in { Get-GPhotoMediaItem -ErrorAction Stop }, { Disconnect-GPhotos -ErrorAction Stop }) {
    try { & $command; 'no error' } catch { "$($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category) $($_.TargetObject) $($_ -replace '\s+', ' ')" }
}
Unlock-SecretStore -Password $password
"listed $(@(Get-GPhotoMediaItem).Count)"
'@))
            $lines[0] | Should -BeLike 'VaultFailed,*GetGPhotoMediaItemCommand ResourceUnavailable Mine *Unlock-SecretStore*'
            $lines[1] | Should -BeLike 'VaultFailed,*DisconnectGPhotosCommand ResourceUnavailable Mine *Unlock-SecretStore*'
            $lines[2] | Should -Be 'listed 3'
        }
        finally { NewStore }
    }

    It 'says that the vault is not registered' {
        $lines = @(Invoke-ChildShell -Script @'
Unregister-SecretVault Mine
try { Get-GPhotoMediaItem -ErrorAction Stop 3>$null } catch { "$($_.FullyQualifiedErrorId) $($_.TargetObject) $_" }
Register-SecretVault -Name Mine -ModuleName Microsoft.PowerShell.SecretStore
'@)

        $lines | Should -BeLike 'VaultFailed,* Mine *Vault not found in registry: Mine*'
    }

    It 'shows no secret, with SecretManagement as loud as GPhotos' {
        $output = Invoke-ChildShell -Script @"
`$VerbosePreference = `$DebugPreference = 'Continue'
Get-GPhotoMediaItem -Verbose -Debug *>&1 | Out-String -Width 4000
Connect-GPhotos -Verbose -Debug *>&1 | Out-String -Width 4000
Disconnect-GPhotos -Verbose -Debug *>&1 | Out-String -Width 4000
"@ 2>&1 | Out-String -Width 4000

        $output | Should -Match 'Secret GPhotos-default was successfully retrieved from vault Mine'
        $output | Should -Not -Match 'emulator-secret|emu-refresh-|emu-access-'
    }
}
