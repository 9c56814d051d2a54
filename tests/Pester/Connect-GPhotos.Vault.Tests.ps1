#Requires -Version 7.6

# A sign-in whose secrets are in a vault of the user's: behind the names Get-Secret, Set-Secret and Remove-Secret is here a module of the tests'.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator -ArgumentList '--items', '3', '--auto-pick', '2', '--picker-poll-interval', '0.05'
    $client = Save-ClientSecret (Join-Path $TestDrive client.json)
    $env:GPHOTOS_TEST_VAULT = (New-Item (Join-Path $TestDrive vault) -ItemType Directory).FullName
    $vaultModule = (Resolve-Path (Join-Path $PSScriptRoot TestVault.psm1)).Path
    Import-Module $vaultModule -Force -Global
    $scopes = 'photoslibrary.appendonly', 'photoslibrary.readonly.appcreateddata', 'photoslibrary.edit.appcreateddata'
    $secretPattern = 'emulator-secret|emu-refresh-|emu-access-'

    function ProfileFile([string] $name = 'default') {
        Join-Path ([Environment]::GetFolderPath('LocalApplicationData', 'DoNotVerify')) GPhotos "$name.profile.json"
    }

    function Connect-Vault([hashtable] $Parameter = @{}) { Connect-ThroughPage $client -Parameter ($Parameter + ($Parameter.ContainsKey('Vault') ? @{} : @{ Vault = 'Mine' })) }

    # What stands in the vault, as GPhotos put it there.
    function KeptSecret([string] $name = 'default', [string] $vault = 'Mine') { Get-Content -LiteralPath (Get-SecretFile $vault "GPhotos-$name") -Raw | ConvertFrom-Json }

    # A shell that has the vault's commands, but for the sign-in nothing of this one.
    function Invoke-VaultShell([string] $Script) { Invoke-ChildShell -Script "Import-Module '$vaultModule' -Global`n$Script" }

    function StartOver {
        Set-VaultAnswer
        Clear-Fault
        foreach ($context in @(Get-GPhotosContext -ErrorAction Ignore) + @(Get-GPhotosContext -ListAvailable)) { Disconnect-GPhotos $context.ProfileName -ErrorAction Ignore }
        Remove-Item (Join-Path $env:GPHOTOS_TEST_VAULT '*') -ErrorAction Ignore
        Get-GPhotosContext -ErrorAction Ignore | Should -BeNullOrEmpty
        Set-VaultAnswer
        Reset-CallCount
    }

    function Assert-NothingSecretOnDisk {
        $files = @(Get-ChildItem (Split-Path (ProfileFile)) -Recurse -File)
        $files.Count | Should -BeGreaterThan 0
        foreach ($file in $files) {
            [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($file.FullName)) | Should -Not -Match $secretPattern -Because "'$file' is no vault"
        }
    }
}

AfterAll {
    StartOver
    Stop-TestEmulator
    Remove-Module TestVault
    $env:GPHOTOS_TEST_VAULT = $null
}

Describe 'Connect-GPhotos -Vault' {
    BeforeEach { StartOver }

    It 'keeps the two secrets in the vault, and nothing secret on the disk' {
        $context = Connect-Vault

        "$($context.Store)", $context.Vault | Should -Be 'Vault', 'Mine'
        $secret = KeptSecret
        $secret.clientSecret | Should -Be 'emulator-secret'
        $secret.refreshToken | Should -BeLike 'emu-refresh-*'
        ProfileFile | Should -Exist
        Assert-NothingSecretOnDisk
        @(Get-GPhotoMediaItem).Count | Should -Be 3
    }

    It 'hands the vault one SecureString, by name, on the thread of the pipeline' {
        $null = Connect-Vault

        $calls = @(Get-VaultCall)
        $calls.Command | Should -Be 'Set-Secret'
        $call = $calls[0]
        $call.Parameter.Name, $call.Parameter.Vault | Should -Be 'GPhotos-default', 'Mine'
        $call.Parameter.Secret | Should -BeOfType ([securestring])
        @($call.Parameter.Keys | Where-Object { $_ -notin 'Name', 'Vault', 'Secret', 'ErrorAction', 'WhatIf', 'Confirm' }) | Should -BeNullOrEmpty
        $call.ThreadId | Should -Be ([Environment]::CurrentManagedThreadId)
        $call.Runspace | Should -Be ([runspace]::DefaultRunspace.InstanceId)
    }

    It 'gives the context alone, whatever the vault says' {
        @(Connect-Vault).Count | Should -Be 1
    }

    It 'is gone on with in another shell, by a cmdlet or by Connect-GPhotos, without a browser' {
        $null = Connect-Vault
        Reset-CallCount

        $lines = @(Invoke-VaultShell @'
$env:BROWSER = '/no/browser/may/be/started'
"listed $(@(Get-GPhotoMediaItem).Count)"
$context = Connect-GPhotos
"$($context.Store) $($context.Vault) $($context.Scopes.Count) $($context.CanRefresh)"
"asked $((Get-VaultCall).Command -join ' ') on $(@((Get-VaultCall).ThreadId | Where-Object { $_ -ne [Environment]::CurrentManagedThreadId }).Count) other threads"
'@)

        $lines | Should -Be 'listed 3', 'Vault Mine 3 True', 'asked Get-Secret Get-Secret on 0 other threads'
        Get-CallCount oauth.authorize | Should -Be 0
    }

    It 'asks the vault once in a shell, however many cmdlets there are' {
        $null = Connect-Vault
        $lines = @(Invoke-VaultShell @'
$null = 1..3 | ForEach-Object { Get-GPhotoMediaItem; Get-GPhotoAlbum; Get-GPhotosContext }
"asked $(@(Get-VaultCall).Count)"
'@)

        $lines | Should -Be 'asked 1'
    }

    It 'is replaced by the next sign-in' {
        $null = Connect-Vault
        $first = (KeptSecret).refreshToken
        $null = Connect-Vault

        (KeptSecret).refreshToken | Should -BeLike 'emu-refresh-*'
        (KeptSecret).refreshToken | Should -Not -Be $first
        @(Get-ChildItem $env:GPHOTOS_TEST_VAULT).Count | Should -Be 1
        @(Invoke-VaultShell '"listed $(@(Get-GPhotoMediaItem).Count)"') | Should -Be 'listed 3'
    }

    It 'leaves a file of an earlier sign-in without its secrets' {
        $null = Connect-ThroughPage $client
        Get-Content (ProfileFile) -Raw | Should -Match 'emu-refresh-'
        $null = Connect-Vault

        Assert-NothingSecretOnDisk
    }

    It 'moves from one vault to another' {
        $null = Connect-Vault
        $null = Connect-Vault @{ Vault = 'Other' }

        Get-SecretFile Mine GPhotos-default | Should -Not -Exist
        (KeptSecret default Other).refreshToken | Should -BeLike 'emu-refresh-*'
        (Get-GPhotosContext).Vault | Should -Be 'Other'
    }

    It 'stays in the vault at the next sign-in, though it is not named again' {
        $null = Connect-Vault
        $context = Connect-ThroughPage $client

        "$($context.Store)", $context.Vault | Should -Be 'Vault', 'Mine'
        Assert-NothingSecretOnDisk
    }

    It 'takes a sign-in over that was kept in a file, without a page' {
        $null = Connect-ThroughPage $client
        Reset-CallCount
        $context = Connect-GPhotos -Vault Mine

        "$($context.Store)", $context.Vault | Should -Be 'Vault', 'Mine'
        (KeptSecret).refreshToken | Should -BeLike 'emu-refresh-*'
        Assert-NothingSecretOnDisk
        Get-CallCount oauth.authorize | Should -Be 0
    }

    It 'keeps profiles apart' {
        $null = Connect-Vault
        $null = Connect-Vault @{ ProfileName = 'holiday' }

        (KeptSecret).refreshToken | Should -Not -Be (KeptSecret holiday).refreshToken
        Disconnect-GPhotos holiday
        Get-SecretFile Mine GPhotos-holiday | Should -Not -Exist
        Get-SecretFile Mine GPhotos-default | Should -Exist
    }

    It 'keeps the secret also where the session says <Name>' -ForEach @(
        @{ Name = '$WhatIfPreference'; Variable = 'WhatIfPreference'; Value = $true }
        @{ Name = '$ConfirmPreference = Low'; Variable = 'ConfirmPreference'; Value = 'Low' }
        @{ Name = '$ErrorActionPreference = SilentlyContinue'; Variable = 'ErrorActionPreference'; Value = 'SilentlyContinue' }
    ) {
        $line = "Set-Variable $Variable '$Value'`n"
        # In a shell of its own: the suite's own commands would obey, too.
        $lines = @(Invoke-VaultShell @"
Import-Module '$((Resolve-Path (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)).Path)'
$line
Connect-GPhotos -ClientSecretPath '$client' -Vault Mine -NoBrowser 6>&1 | ForEach-Object {
    if (`$_ -is [System.Management.Automation.InformationRecord]) { Approve-ConsentPage ([regex]::Match("`$_", 'http\S+').Value) }
    else { "kept in `$(`$_.Store)" }
}
"@)

        $lines | Should -Contain 'kept in Vault'
        (KeptSecret).refreshToken | Should -BeLike 'emu-refresh-*'
    }

    It 'asks the commands that the caller sees: those of a module are found from within it' {
        $null = Connect-Vault
        $lines = @(Invoke-ChildShell -Script @"
`$env:PSModulePath = ''
`$m = New-Module Caller {
    Import-Module '$vaultModule'
    function Get-Library { Get-GPhotoMediaItem }
    Export-ModuleMember Get-Library
}
try { Get-GPhotoMediaItem -ErrorAction Stop } catch { "outside: `$(`$_.FullyQualifiedErrorId)" }
"inside: `$(@(Get-Library).Count)"
"@)

        $lines | Should -Be 'outside: VaultFailed,GPhotos.PowerShell.Cmdlets.GetGPhotoMediaItemCommand', 'inside: 3'
    }

    It 'takes a vault that gives a String' {
        $null = Connect-Vault
        $lines = @(Invoke-VaultShell @'
Set-VaultAnswer @{ 'Get-Secret' = { Get-Content -LiteralPath (Get-SecretFile Mine GPhotos-default) -Raw } }
"listed $(@(Get-GPhotoMediaItem).Count)"
'@)

        $lines | Should -Be 'listed 3'
    }
}

Describe 'Connect-GPhotos -Vault where the vault fails' {
    BeforeEach { StartOver }

    It 'asks nobody to sign in where there is no Set-Secret, and names SecretManagement' {
        $lines = @(Invoke-ChildShell -Script @"
`$env:PSModulePath = ''
try { Connect-GPhotos -ClientSecretPath '$client' -Vault Mine -NoBrowser -ErrorAction Stop }
catch { `$_.FullyQualifiedErrorId; `$_.CategoryInfo.Category; `$_.TargetObject; "`$_"; `$_.ErrorDetails.RecommendedAction }
"@)

        $lines[0..2] | Should -Be 'VaultFailed,GPhotos.PowerShell.Cmdlets.ConnectGPhotosCommand', 'ResourceUnavailable', 'Mine'
        $lines[3] | Should -Match 'Set-Secret'
        $lines[4] | Should -Match 'Microsoft\.PowerShell\.SecretManagement.*without -Vault'
        ProfileFile | Should -Not -Exist
        Get-CallCount oauth.authorize | Should -Be 0
    }

    It 'signs in for the session, and says that it is not kept, where the vault does not take the secret' {
        Set-VaultAnswer @{ 'Set-Secret' = { throw 'the vault is locked' } }
        $output = @(Connect-ThroughPage $client -Parameter @{ Vault = 'Mine'; ErrorVariable = 'problems'; ErrorAction = 'SilentlyContinue' } 2>$null)
        $record = @($Error | Where-Object FullyQualifiedErrorId -Like 'VaultFailed,*')[0]

        $output.Count | Should -Be 1
        "$($output[0].Store)" | Should -Be 'Session'
        Assert-GPhotosError $record -Id VaultFailed -Category ResourceUnavailable -Target Mine
        "$record" | Should -Match 'the vault is locked'
        "$record" | Should -Match 'not kept'
        @(Get-GPhotoMediaItem).Count | Should -Be 3
        ProfileFile | Should -Not -Exist
        @(Invoke-VaultShell 'try { Get-GPhotoMediaItem -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }') | Should -BeLike 'NotConnected,*'
    }

    It 'leaves the sign-in that was kept before, where the vault does not take another' {
        $null = Connect-ThroughPage $client
        $before = Get-Content (ProfileFile) -Raw
        Set-VaultAnswer @{ 'Set-Secret' = { Write-Error 'the vault is full' } }
        $null = Connect-ThroughPage $client -Parameter @{ Vault = 'Mine'; ErrorAction = 'SilentlyContinue' } 2>$null

        Get-Content (ProfileFile) -Raw | Should -BeExactly $before
    }

    It 'says <Id> in another shell where <Name>' -ForEach @(
        @{ Name = 'the vault is locked'; Answer = "throw 'the vault is locked: use Unlock-SecretStore'"; Id = 'VaultFailed'; Says = 'Unlock-SecretStore' }
        @{ Name = 'the vault is not registered'; Answer = "Write-Error 'Vault not found in registry: Mine' -ErrorId GetSecretVaultNotFound -Category ObjectNotFound"; Id = 'VaultFailed'; Says = 'not found in registry' }
        @{ Name = 'it gives a hashtable'; Answer = '@{ refreshToken = 1 }'; Id = 'VaultFailed'; Says = 'Hashtable' }
        @{ Name = 'it gives a PSCredential'; Answer = "[pscredential]::new('a', (ConvertTo-SecureString b -AsPlainText -Force))"; Id = 'VaultFailed'; Says = 'PSCredential' }
        @{ Name = 'it gives bytes'; Answer = '[byte[]](1, 2, 3)'; Id = 'VaultFailed'; Says = '3 objects' }
        @{ Name = 'it gives another text'; Answer = "'my own password'"; Id = 'VaultFailed'; Says = 'GPhotos-default' }
        @{ Name = 'it gives an empty text'; Answer = "''"; Id = 'VaultFailed'; Says = 'GPhotos-default' }
        @{ Name = 'it gives other JSON'; Answer = "'{}'"; Id = 'VaultFailed'; Says = 'GPhotos-default' }
        @{ Name = 'it gives nothing'; Answer = ''; Id = 'NotConnected'; Says = 'GPhotos-default' }
        @{ Name = 'the secret was removed by hand'; Answer = "throw [System.Management.Automation.ItemNotFoundException]::new('The secret was not found.')"; Id = 'NotConnected'; Says = 'GPhotos-default' }
    ) {
        $null = Connect-Vault
        $lines = @(Invoke-VaultShell @"
Set-VaultAnswer @{ 'Get-Secret' = { $Answer } }
foreach (`$command in { Get-GPhotoMediaItem -ErrorAction Stop }, { Connect-GPhotos -ErrorAction Stop }) {
    try { & `$command; 'no error' } catch { "`$(`$_.FullyQualifiedErrorId)|`$(`$_.CategoryInfo.Category)|`$(`$_.TargetObject)|`$_" }
}
"@)

        $lines.Count | Should -Be 2
        $category, $target = $Id -eq 'VaultFailed' ? ('ResourceUnavailable', 'Mine') : ('AuthenticationError', 'default')
        foreach ($line in $lines) {
            $line | Should -BeLike "$Id,GPhotos.PowerShell.Cmdlets.*|$category|$target|*"
            $line | Should -Match $Says
            $line | Should -Not -Match 'my own password|emu-refresh'
        }
        Get-CallCount oauth.token | Should -Be 1 -Because 'only the sign-in itself asks for a token'
    }

    It 'ends in a second on Ctrl+C while <Name>' -ForEach @(
        @{ Name = 'the vault waits for its password'; Waiting = 0 }
        @{ Name = 'another runspace waits for the vault'; Waiting = 1 }
    ) {
        $null = Connect-Vault
        $marker = Join-Path $TestDrive ([guid]::NewGuid())
        $variable = @{ marker = $marker; vaultModule = $vaultModule }
        $first = Use-Pipeline 'function Get-Secret { Set-Content $marker asked; Start-Sleep 60 }; Connect-GPhotos' -Variable $variable
        Wait-Until { Test-Path $marker }
        $second = Use-Pipeline 'Import-Module $vaultModule; Connect-GPhotos' -Variable $variable
        Wait-Until { Test-Path $marker }
        [System.Threading.Thread]::Sleep(500)
        $second.Output.Count | Should -Be 0 -Because 'a vault is asked one thing at a time'

        $runs = $Waiting ? ($second, $first) : ($first, $second)
        (Stop-Pipeline $runs[0]).TotalSeconds | Should -BeLessThan 1
        if ($Waiting) { $null = Stop-Pipeline $first }
        else {
            Wait-Until { $second.Handle.IsCompleted }
            $second.Output[-1].ProfileName | Should -Be 'default'
            $second.Shell.Runspace.Dispose()
        }
    }

    It 'removes nothing of the new sign-in when the vault before it does not let its secret go' {
        $null = Connect-Vault
        Set-VaultAnswer @{ 'Remove-Secret' = { throw 'the vault is read-only' } }
        $null = Connect-ThroughPage $client -Parameter @{ Vault = 'Other'; ErrorAction = 'SilentlyContinue' } 2>$null

        (Get-GPhotosContext).Vault | Should -Be 'Other'
        @(Invoke-VaultShell '"listed $(@(Get-GPhotoMediaItem).Count) by $((Get-GPhotosContext).Vault)"') | Should -Be 'listed 3 by Other'
    }
}

Describe 'Disconnect-GPhotos with a vault' {
    BeforeEach { StartOver }

    It 'removes the secret and the profile' {
        $null = Connect-Vault
        Set-VaultAnswer
        Disconnect-GPhotos

        @(Get-VaultCall).Command | Should -Be 'Remove-Secret'
        (Get-VaultCall)[0].ThreadId | Should -Be ([Environment]::CurrentManagedThreadId)
        @(Get-ChildItem $env:GPHOTOS_TEST_VAULT).Count | Should -Be 0
        ProfileFile | Should -Not -Exist
    }

    It 'removes the secret of a sign-in of another shell, and asks once' {
        $null = Connect-Vault
        @(Invoke-VaultShell 'Disconnect-GPhotos -Confirm:$false; "asked $((Get-VaultCall).Command -join '' '')"') | Should -Match '^asked (Get-Secret )?Remove-Secret$'

        @(Get-ChildItem $env:GPHOTOS_TEST_VAULT).Count | Should -Be 0
        ProfileFile | Should -Not -Exist
    }

    It 'asks nothing of the vault with -WhatIf' {
        $null = Connect-Vault
        Set-VaultAnswer
        Disconnect-GPhotos -WhatIf 6>$null

        @(Get-VaultCall).Count | Should -Be 0
        ProfileFile | Should -Exist
    }

    It 'withdraws the grant with -Revoke, and then removes the secret' {
        $null = Connect-Vault
        Disconnect-GPhotos -Revoke -WarningAction SilentlyContinue

        Get-CallCount oauth.revoke | Should -Be 1
        @(Get-ChildItem $env:GPHOTOS_TEST_VAULT).Count | Should -Be 0
    }

    It 'forgets a profile whose secret was removed by hand, here and in another shell' {
        $null = Connect-Vault
        Get-ChildItem $env:GPHOTOS_TEST_VAULT | Remove-Item
        Get-ErrorOf { Disconnect-GPhotos } | Should -BeNullOrEmpty
        ProfileFile | Should -Not -Exist

        $null = Connect-Vault
        Get-ChildItem $env:GPHOTOS_TEST_VAULT | Remove-Item
        @(Invoke-VaultShell 'try { Disconnect-GPhotos -ErrorAction Stop; "forgotten" } catch { "$_" }') | Should -Be 'forgotten'
        ProfileFile | Should -Not -Exist
    }

    It 'says so when the vault does not let the secret go, and can be run again' {
        $null = Connect-Vault
        Set-VaultAnswer @{ 'Remove-Secret' = { throw 'the vault is locked' } }
        $record = Get-ErrorOf { Disconnect-GPhotos }
        Assert-GPhotosError $record -Id VaultFailed -Category ResourceUnavailable -Target Mine
        ProfileFile | Should -Exist

        Set-VaultAnswer
        Disconnect-GPhotos
        ProfileFile | Should -Not -Exist
        @(Get-ChildItem $env:GPHOTOS_TEST_VAULT).Count | Should -Be 0
    }

    It 'forgets the profile with -Force where the vault does not let the secret go, and warns of what is left' {
        $null = Connect-Vault
        Set-VaultAnswer @{ 'Remove-Secret' = { throw 'the vault is locked' } }
        Disconnect-GPhotos -Force -WarningVariable warnings -WarningAction SilentlyContinue

        ProfileFile | Should -Not -Exist
        Get-GPhotosContext -ErrorAction Ignore | Should -BeNullOrEmpty
        "$warnings" | Should -Match "not in the vault 'Mine'.*GPhotos-default.*the vault is locked"
        Get-SecretFile Mine GPhotos-default | Should -Exist
    }

    It 'revokes nothing without the secret, with -Force neither' {
        $null = Connect-Vault
        $lines = @(Invoke-VaultShell @'
Set-VaultAnswer @{ 'Get-Secret' = { throw 'the vault is locked' } }
try { Disconnect-GPhotos -Revoke -Force -ErrorAction Stop 3>$null; 'no error' } catch { $_.FullyQualifiedErrorId }
'@)

        $lines | Should -Be 'VaultFailed,GPhotos.PowerShell.Cmdlets.DisconnectGPhotosCommand'
        ProfileFile | Should -Exist
    }
}

Describe 'A scope that is asked for later, with a vault' -Skip:$IsWindows {
    BeforeAll {
        $person = Join-Path $TestDrive person.sh
        $tools = Resolve-Path (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)
        Set-Content $person "#!/bin/sh`ncase `"`$1`" in */picker/*) exit 0;; esac`nexec '$((Get-Process -Id $PID).Path)' -NoProfile -NonInteractive -Command `"Import-Module '$tools'; Approve-ConsentPage '`$1'`""
        [System.IO.File]::SetUnixFileMode($person, [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute')
    }

    BeforeEach {
        StartOver
        $env:BROWSER, $env:GPHOTOS_INTERACTIVE = $person, '1'
        $null = Connect-Vault
        $first = (KeptSecret).refreshToken
    }

    AfterEach { $env:BROWSER = $env:GPHOTOS_INTERACTIVE = $null }

    It 'is kept in the vault, too' {
        Set-VaultAnswer
        @(Select-GPhotoMediaItem 6>$null).Count | Should -Be 2

        (KeptSecret).refreshToken | Should -BeLike 'emu-refresh-*'
        (KeptSecret).refreshToken | Should -Not -Be $first
        @(Get-VaultCall | Where-Object Command -EQ Set-Secret).Count | Should -Be 1
        @(Get-VaultCall | Where-Object ThreadId -NE ([Environment]::CurrentManagedThreadId)) | Should -BeNullOrEmpty
        Assert-NothingSecretOnDisk
        @(Invoke-VaultShell '$context = Get-GPhotosContext; "$($context.Store) $($context.Scopes.Count)"') | Should -Be 'Vault 4'
    }

    It 'serves the session where the vault does not take it, and the sign-in before stays kept' {
        Set-VaultAnswer @{ 'Set-Secret' = { throw 'the vault is locked' } }
        $items = @(Select-GPhotoMediaItem -ErrorVariable problems -ErrorAction SilentlyContinue 6>$null)

        $items.Count | Should -Be 2
        $record = @($problems | Where-Object FullyQualifiedErrorId -Like 'VaultFailed,*')
        Assert-GPhotosError $record -Id VaultFailed -Category ResourceUnavailable -Target Mine
        "$record" | Should -Match 'not kept.*the vault is locked'
        (KeptSecret).refreshToken | Should -Be $first
        @(Invoke-VaultShell '"listed $(@(Get-GPhotoMediaItem -WarningAction Ignore).Count)"') | Should -Be 'listed 3'
    }
}

Describe 'A profile that moves, with a vault' {
    BeforeEach { StartOver }

    It 'is exported out of a vault and imported into one' {
        $null = Connect-Vault
        $before = (KeptSecret).refreshToken
        $passphrase = ConvertTo-SecureString 'of a test' -AsPlainText -Force
        $file = Join-Path $TestDrive moved.json
        $null = Export-GPhotosProfile -Path $file -Passphrase $passphrase -Force
        Disconnect-GPhotos
        @(Get-ChildItem $env:GPHOTOS_TEST_VAULT).Count | Should -Be 0

        $context = Import-GPhotosProfile -Path $file -Passphrase $passphrase -ProfileName moved -Vault Other
        "$($context.Store)", $context.Vault | Should -Be 'Vault', 'Other'
        (KeptSecret moved Other).refreshToken | Should -Be $before
        Assert-NothingSecretOnDisk
        @(Invoke-VaultShell 'Connect-GPhotos -ProfileName moved | Out-Null; "listed $(@(Get-GPhotoMediaItem).Count)"') | Should -Be 'listed 3'
    }

    It 'is not imported where the vault does not take it' {
        $null = Connect-ThroughPage $client
        $passphrase = ConvertTo-SecureString 'of a test' -AsPlainText -Force
        $file = Join-Path $TestDrive moved.json
        $null = Export-GPhotosProfile -Path $file -Passphrase $passphrase -Force
        Set-VaultAnswer @{ 'Set-Secret' = { throw 'the vault is locked' } }
        $record = Get-ErrorOf { Import-GPhotosProfile -Path $file -Passphrase $passphrase -ProfileName moved -Vault Mine }

        Assert-GPhotosError $record -Id VaultFailed -Category ResourceUnavailable -Target Mine
        ProfileFile moved | Should -Not -Exist
    }
}

Describe 'A token from a vault, by the pipeline' {
    BeforeAll {
        $tokens = Invoke-Emulator tokens -Method Post -Body @{ scopes = $scopes }
    }

    BeforeEach {
        StartOver
        Set-Content -LiteralPath (Get-SecretFile Mine access) $tokens.access_token -NoNewline
        Set-Content -LiteralPath (Get-SecretFile Mine refresh) $tokens.refresh_token -NoNewline
    }

    It 'signs in with an access token alone' {
        $context = Get-Secret access Mine | Connect-GPhotos

        $context.CanRefresh | Should -BeFalse
        "$($context.Store)" | Should -Be 'Session'
        @(Get-GPhotoMediaItem).Count | Should -Be 3
        ProfileFile | Should -Not -Exist
    }

    It 'signs in with a refresh token and -ClientSecretPath, and opens no browser' {
        $context = Get-Secret refresh Mine | Connect-GPhotos -ClientSecretPath $client

        $context.CanRefresh | Should -BeTrue
        @(Get-GPhotoMediaItem).Count | Should -Be 3
        ProfileFile | Should -Not -Exist
        Get-CallCount oauth.authorize | Should -Be 0
    }

    It 'takes nothing but a SecureString' {
        $record = Get-ErrorOf { 'a text' | Connect-GPhotos -ErrorAction Continue }

        @($record).Count | Should -BeGreaterThan 0
        "$($record[0].FullyQualifiedErrorId)" | Should -BeLike 'InputObjectNotBound*'
        Get-CallCount oauth.tokeninfo | Should -Be 0
    }

    It 'signs nobody in where the vault gave nothing' {
        $record = Get-ErrorOf { Get-Secret none Mine | Connect-GPhotos }

        @($record).Count | Should -Be 1
        Get-GPhotosContext -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}

Describe 'The streams and the transcript of a sign-in in a vault' {
    BeforeEach { StartOver }

    It 'hold no secret, however loud' {
        $transcript = Join-Path $TestDrive transcript.txt
        $tools = Resolve-Path (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)
        $output = Invoke-VaultShell @"
Import-Module '$tools'
`$null = Start-Transcript '$transcript'
`$VerbosePreference = `$DebugPreference = `$InformationPreference = 'Continue'
`$loud = @{ Verbose = `$true; Debug = `$true }
function Show([scriptblock] `$script) {
    foreach (`$one in @(try { & `$script *>&1 } catch { `$_ })) {
        "`$one"
        `$one | Format-List * -Force | Out-String -Width 4000
        if (`$one -is [System.Management.Automation.ErrorRecord]) {
            for (`$e = `$one.Exception; `$e; `$e = `$e.InnerException) { `$e | Format-List * -Force | Out-String -Width 4000 }
            `$one.TargetObject | Format-List * -Force | Out-String -Width 4000
        }
    }
}
Show {
    Connect-GPhotos -ClientSecretPath '$client' -Vault Mine -NoBrowser @loud 6>&1 | ForEach-Object {
        if (`$_ -is [System.Management.Automation.InformationRecord]) { Approve-ConsentPage ([regex]::Match("`$_", 'http\S+').Value) } else { `$_ }
    }
}
Show { Get-GPhotosContext @loud }
Show { Get-GPhotoMediaItem @loud }
Show { Connect-GPhotos @loud }
Set-VaultAnswer @{ 'Get-Secret' = { throw 'locked' } }
Show { Connect-GPhotos @loud }
Set-VaultAnswer @{ 'Get-Secret' = { (Get-Content -LiteralPath (Get-SecretFile Mine GPhotos-default) -Raw).Substring(1) } }
Show { Connect-GPhotos @loud }
Set-VaultAnswer @{ 'Get-Secret' = { @{ text = Get-Content -LiteralPath (Get-SecretFile Mine GPhotos-default) -Raw } } }
Show { Connect-GPhotos @loud }
Set-VaultAnswer @{ 'Remove-Secret' = { throw 'locked' } }
Show { Disconnect-GPhotos @loud }
Set-VaultAnswer
Show { Disconnect-GPhotos @loud }
foreach (`$one in `$Error) { `$one | Format-List * -Force | Out-String -Width 4000; "`$(`$one.Exception)" }
`$null = Stop-Transcript
"done"
"@ 2>&1 | Out-String -Width 5000
        $everything = $output + (Get-Content $transcript -Raw)

        $output.TrimEnd() | Should -BeLike '*done'
        foreach ($seen in 'VaultFailed', 'Mine', 'locked') { $everything.Contains($seen) | Should -BeTrue -Because "'$seen' must have been provoked" }
        $hit = [regex]::Match($everything, $secretPattern)
        $hit.Success | Should -BeFalse -Because "it stands after: $($hit.Success ? $everything.Substring([Math]::Max(0, $hit.Index - 300), 300) : '')"
    }
}
