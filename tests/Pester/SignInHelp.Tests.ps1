#Requires -Version 7.6

# What the help of signing in and out shows must do what it says, with somebody at the browser who grants everything, and a vault.

BeforeDiscovery {
    $pages = foreach ($name in 'Connect-GPhotos', 'Disconnect-GPhotos') {
        $page = Get-Content (Join-Path $PSScriptRoot "../../docs/en-US/$name.md") -Raw
        $examples = [regex]::Matches($page, '(?m)^### (?<title>Example \d+: .*)$\s*```powershell\s(?<code>(?s:.*?))```')
        @{ Cmdlet = $name; Examples = @($examples.ForEach({ @{ Title = $_.Groups['title'].Value.Trim(); Code = $_.Groups['code'].Value } })) }
    }
}

BeforeAll { Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force }

Describe 'The examples of <Cmdlet>' -Skip:$IsWindows -ForEach $pages {
    BeforeAll {
        $null = Start-TestEmulator -ArgumentList '--items', '5'
        $variables = 'BROWSER', 'GPHOTOS_INTERACTIVE', 'GPHOTOS_PROFILE', 'PSModulePath', 'PHOTOS_ACCESS_TOKEN'
        $saved = @{}
        foreach ($name in $variables) { $saved[$name] = [Environment]::GetEnvironmentVariable($name) }

        $folder = Join-Path $TestDrive $Cmdlet
        $null = New-Item $folder -ItemType Directory
        $client = Save-ClientSecret (Join-Path $folder client_secret.json)
        $browser = Join-Path $TestDrive browser
        @(
            "#!$((Get-Process -Id $PID).Path)", "Import-Module '$((Resolve-Path (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)).Path)'"
            'Approve-ConsentPage $args[0]'
        ) | Set-Content $browser
        chmod +x $browser
        $env:BROWSER, $env:GPHOTOS_INTERACTIVE = $browser, '1'
        # A shell that an example starts finds the module by its name, as an installed one.
        $env:PSModulePath = "$(Resolve-Path (Join-Path $PSScriptRoot ../../output))$([IO.Path]::PathSeparator)$env:PSModulePath"

        # As a user's vault: it keeps what it is given, for every runspace of this process.
        $vault = Join-Path $TestDrive Vault.psm1
        Set-Content $vault @'
$secrets = [AppDomain]::CurrentDomain.GetData('the vault of the examples')
function Get-Secret {
    [CmdletBinding()] param([string] $Name, [string] $Vault)
    if (-not $secrets.ContainsKey($Name)) { throw [System.Management.Automation.ItemNotFoundException]::new("There is no secret $Name.") }
    $secrets[$Name]
}
function Set-Secret { [CmdletBinding()] param([string] $Name, [securestring] $Secret, [string] $Vault) $secrets[$Name] = $Secret }
function Remove-Secret { [CmdletBinding()] param([string] $Name, [string] $Vault) $secrets.Remove($Name) }
'@
        $secrets = [hashtable]::Synchronized(@{})
        [AppDomain]::CurrentDomain.SetData('the vault of the examples', $secrets)
        Import-Module $vault -Global
    }

    BeforeEach {
        $token = Invoke-Emulator tokens -Method Post -Body @{}
        $env:PHOTOS_ACCESS_TOKEN = $token.access_token
        $env:GPHOTOS_PROFILE = $null
        $secrets.Clear()
        $secrets['photos-refresh-token'] = ConvertTo-SecureString $token.refresh_token -AsPlainText -Force
        # Whoever reads an example has signed in before, as the first one shows.
        foreach ($name in 'default', 'work') { $null = Connect-ThroughPage $client -Parameter @{ ProfileName = $name } }
    }

    AfterEach {
        Get-GPhotosContext -ListAvailable | Disconnect-GPhotos
    }

    AfterAll {
        foreach ($name in $variables) { [Environment]::SetEnvironmentVariable($name, $saved[$name]) }
        Stop-TestEmulator
        Remove-Module Vault
    }

    It '<Title>' -ForEach $Examples {
        if ($Code -like '*-NoBrowser*') { Set-ItResult -Skipped -Because 'it waits for somebody to type'; return }
        if ($Code -like '*pwsh *' -and -not (Get-Command pwsh -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'pwsh is not on the path here'; return }

        $example = Use-Pipeline -Script "Import-Module '$vault'`nSet-Location '$folder'`n$Code"
        $null = $example.Shell.EndInvoke($example.Handle)
        $errors = @($example.Shell.Streams.Error)
        $example.Shell.Runspace.Dispose()

        $errors | Should -BeNullOrEmpty
        if ($Cmdlet -eq 'Connect-GPhotos') { $example.Output | Should -Not -BeNullOrEmpty }
        if ($Code -like '*-Vault*') { $secrets.Keys | Should -Contain 'GPhotos-default' }
    }
}
