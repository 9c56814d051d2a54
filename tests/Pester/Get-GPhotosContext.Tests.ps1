#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $emulator = Start-TestEmulator
    $client = Save-ClientSecret (Join-Path $TestDrive client.json)
}

AfterAll {
    Stop-TestEmulator
}

Describe 'Get-GPhotosContext' {
    AfterEach {
        while (Get-GPhotosContext -ErrorAction Ignore) { Disconnect-GPhotos }
    }

    It 'fails with NotConnected when nobody is signed in' {
        Assert-GPhotosError (Get-ErrorOf { Get-GPhotosContext }) -Id NotConnected -Category AuthenticationError -Target default
    }

    It 'shows the connection and sends nothing' {
        $null = Connect-ThroughPage $client
        Reset-CallCount
        $context = Get-GPhotosContext

        $context | Should -BeOfType ([GPhotos.GPhotosContext])
        $context.Endpoint | Should -Be $emulator.Endpoint
        $context.SignedInAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddMinutes(-1))
        "$context" | Should -Be 'default'
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'holds no token in any property, however deep it is looked at' {
        $token = (Invoke-Emulator tokens -Method Post -Body @{}).access_token
        $null = Connect-GPhotos -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force)
        $context = Get-GPhotosContext
        $all = @(
            $context | Format-List * -Force | Out-String -Width 1000
            $context | ConvertTo-Json -Depth 5
            [System.Management.Automation.PSSerializer]::Serialize($context, 6)
        ) -join "`n"

        $all | Should -Not -Match ([regex]::Escape($token))
        $all | Should -Match 'emulator-client' -Because 'the look must have been deep enough to see something'
        $all | Should -Not -Match 'emulator-secret'
    }

    It 'shows the context of the profile that an earlier session kept' {
        $null = Connect-ThroughPage $client
        $lines = @(Invoke-ChildShell -Script '$c = Get-GPhotosContext; "$($c.ProfileName) $($c.Scopes.Count) $($c.CanRefresh) $($c.Store) $($c.IsDefault) $($c.AccessTokenExpiresAt -gt [DateTimeOffset]::UtcNow)"')

        $lines | Should -Be 'default 3 True File True True' -Because 'the processes of a user share an access token'
    }

    It 'is a list within 80 columns, also after a round trip' {
        $null = Connect-ThroughPage $client
        $context = Get-GPhotosContext
        $file = Join-Path $TestDrive context.xml
        $context | Export-Clixml $file

        foreach ($one in $context, (Import-Clixml $file)) {
            $lines = ($one | Out-String -Width 80).Trim() -split '\r?\n'
            $lines[0] | Should -Match '^ProfileName\s+: default$'
            ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        }
    }
}
