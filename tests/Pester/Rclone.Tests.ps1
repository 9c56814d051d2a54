#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.7.0' }

# A client that nobody here wrote: what it sees shows whether the emulator is Google's double, or only its own.

BeforeDiscovery {
    $script:Missing = foreach ($tool in 'rclone') { if (-not (Get-Command $tool -CommandType Application -ErrorAction Ignore)) { $tool } }
    if ($script:Missing) { Write-Warning "The rclone session is skipped: install $($script:Missing -join ' and ') to run it." }
}

Describe 'rclone against the emulator' -Skip:([bool]$script:Missing) {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)
        $authority = Join-Path $TestDrive authority.pem
        $emulator = Start-EmulatorProcess -ArgumentList '--grant-legacy-scopes', '--proxy', $authority
        $proxy = $emulator.Process.StandardOutput.ReadLine() -replace '^proxy on '

        # rclone asks for the scopes of before 2025, and its token is long expired: the token endpoint comes first.
        $scopes = 'photoslibrary.readonly', 'photoslibrary.appendonly', 'photoslibrary.edit.appcreateddata'
        $tokens = Invoke-RestMethod "$($emulator.Endpoint)emulator/tokens" -Method Post -ContentType application/json -Body (@{ scopes = $scopes } | ConvertTo-Json)
        $token = @{ access_token = $tokens.access_token; token_type = 'Bearer'; refresh_token = $tokens.refresh_token; expiry = '2019-06-28T17:38:04Z' }
        $configuration = Join-Path $TestDrive rclone.conf
        @(
            '[emu]', 'type = google photos', 'client_id = emulator-client', 'client_secret = emulator-secret'
            "auth_url = $($emulator.Endpoint)o/oauth2/v2/auth", "token_url = $($emulator.Endpoint)token"
            "token = $($token | ConvertTo-Json -Compress)"
        ) | Set-Content $configuration

        $picture = (Resolve-Path (Join-Path $PSScriptRoot ../../samples/photos/beach.jpg)).Path
        function Invoke-Rclone {
            $saved = $env:HTTPS_PROXY
            try {
                $env:HTTPS_PROXY = $proxy
                $output = & rclone --config $configuration --ca-cert $authority --retries 1 --low-level-retries 2 @args 2>&1
                if ($LASTEXITCODE -ne 0) { throw "rclone $args ended with ${LASTEXITCODE}: $output" }
                $output | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] }
            }
            finally { $env:HTTPS_PROXY = $saved }
        }
    }

    AfterAll { if ($emulator) { Stop-EmulatorProcess $emulator } }

    It 'makes an album and sends a picture to it' {
        Invoke-Rclone mkdir emu:album/T
        Invoke-Rclone copyto $picture emu:album/T/beach.jpg
        (Invoke-Rclone lsjson emu:album/T | ConvertFrom-Json).Name | Should -Be 'beach.jpg'
    }

    It 'finds it by <Path>' -ForEach @(
        @{ Path = 'by-year/2013' }
        @{ Path = 'by-month/2013/2013-07' }
        @{ Path = 'by-day/2013/2013-07-26' }
    ) {
        Invoke-Rclone lsf "emu:media/$Path" | Should -Be 'beach.jpg'
    }

    It 'reads its bytes, in the length that HEAD announces' {
        $copy = Join-Path $TestDrive copy.jpg
        Invoke-Rclone copyto emu:album/T/beach.jpg $copy
        $announced = (Invoke-Rclone lsjson --gphotos-read-size emu:album/T | ConvertFrom-Json).Size
        (Get-Item $copy).Length | Should -Be $announced
        [System.IO.File]::ReadAllBytes($copy)[0..1] | Should -Be 0xFF, 0xD8
    }

    It 'takes it out of the album again' {
        Invoke-Rclone deletefile emu:album/T/beach.jpg
        Invoke-Rclone lsf emu:album/T | Should -BeNullOrEmpty
    }
}
