#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator -ArgumentList '--items', '1'
    $client = Save-ClientSecret (Join-Path $TestDrive client.json)

    function ProfileFile([string] $name = 'default') {
        Join-Path ([Environment]::GetFolderPath('LocalApplicationData', 'DoNotVerify')) GPhotos "$name.profile.json"
    }
}

AfterAll {
    Stop-TestEmulator
}

Describe 'Disconnect-GPhotos' {
    BeforeEach {
        $null = Connect-ThroughPage $client
        Reset-CallCount
    }

    AfterEach {
        Clear-Fault
        while (Get-GPhotosContext -ErrorAction Ignore) { Disconnect-GPhotos -ErrorAction Ignore }
    }

    It 'forgets the sign-in here, in memory and on disk, and sends nothing' {
        Disconnect-GPhotos | Should -BeNullOrEmpty

        ProfileFile | Should -Not -Exist
        Assert-GPhotosError (Get-ErrorOf { Get-GPhotoMediaItem }) -Id NotConnected -Category AuthenticationError -Target default
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'leaves the grant alive at Google without -Revoke' -Skip:$IsWindows {
        $refreshToken = (Get-Content (ProfileFile) -Raw | ConvertFrom-Json).RefreshToken
        Disconnect-GPhotos

        $context = Connect-GPhotos -RefreshToken (ConvertTo-SecureString $refreshToken -AsPlainText -Force) -ClientSecretPath $client
        $context.CanRefresh | Should -BeTrue
    }

    It 'really revokes with -Revoke' {
        $copy = Join-Path $TestDrive copy.json
        Copy-Item (ProfileFile) $copy
        Disconnect-GPhotos -Revoke

        Get-CallCount oauth.revoke | Should -Be 1
        ProfileFile | Should -Not -Exist
        Copy-Item $copy (ProfileFile)
        Assert-GPhotosError (Get-ErrorOf { Connect-GPhotos }) -Id SignInExpired -Category AuthenticationError -Target $null
    }

    It 'revokes a session of an access token, too' {
        Connect-TestSession | Out-Null
        Disconnect-GPhotos -Revoke

        Get-CallCount oauth.revoke | Should -Be 1
    }

    It 'forgets a token that the session was given, and not the sign-in that is kept under the name' {
        $token = (Invoke-Emulator tokens -Method Post -Body @{}).access_token
        $null = Connect-GPhotos -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force)
        (Get-GPhotosContext).Store | Should -Be Session
        Disconnect-GPhotos

        ProfileFile | Should -Exist
        (Get-GPhotosContext).Store | Should -Be File
    }

    It 'forgets nothing and sends nothing with -WhatIf' {
        Disconnect-GPhotos -Revoke -WhatIf

        ProfileFile | Should -Exist
        (Get-GPhotosContext).ProfileName | Should -Be 'default'
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'keeps the profile when Google does not revoke: <Name>' -ForEach @(
        @{ Name = 'refused'; Fault = @{ status = 400; body = @{ error = 'invalid_request'; error_description = 'No.' } }; Id = 'SignInFailed'; Category = 'AuthenticationError' }
        @{ Name = 'it ended before'; Fault = @{ status = 400; body = @{ error = 'invalid_token'; error_description = 'Token expired or revoked' } }; Id = 'SignInExpired'; Category = 'AuthenticationError' }
        @{ Name = 'the server is broken'; Fault = @{ status = 500; body = 'oops' }; Id = 'ServiceUnavailable'; Category = 'ResourceUnavailable' }
        @{ Name = 'the connection breaks'; Fault = @{ applyThenFail = $true; status = 200 }; Id = 'ConnectionFailed'; Category = 'ConnectionError' }
    ) {
        Add-Fault (@{ path = '/revoke'; count = 20 } + $Fault)
        $record = Get-ErrorOf { Disconnect-GPhotos -Revoke }

        Assert-GPhotosError $record -Id $Id -Category $Category -Target $null
        ProfileFile | Should -Exist
        (Get-GPhotosContext).ProfileName | Should -Be 'default'
    }

    It 'ends in under a second on Ctrl+C while Google does not answer, and keeps the profile' {
        Add-Fault @{ path = '/revoke'; hang = $true }
        $run = Use-Pipeline 'Disconnect-GPhotos -Revoke'
        Wait-Until { Get-CallCount oauth.revoke }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
        ProfileFile | Should -Exist
    }

    It 'forgets the named profile, and the one of a context from the pipeline' {
        $null = Connect-ThroughPage $client -Parameter @{ ProfileName = 'other' }
        Disconnect-GPhotos -ProfileName default
        ProfileFile | Should -Not -Exist
        ProfileFile other | Should -Exist

        Get-GPhotosContext | Disconnect-GPhotos
        ProfileFile other | Should -Not -Exist
    }

    It 'forgets a session that was never kept on disk, where no profile ever was' {
        Disconnect-GPhotos
        Remove-Item (Split-Path (ProfileFile)) -Recurse
        $null = Connect-TestSession
        Disconnect-GPhotos -ErrorAction Stop

        Get-GPhotosContext -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'fails with FileWriteFailed when the profile cannot be removed' -Skip:($IsWindows -or [Environment]::UserName -eq 'root') {
        $folder = Split-Path (ProfileFile)
        [System.IO.File]::SetUnixFileMode($folder, [System.IO.UnixFileMode]'UserRead, UserExecute')
        try { $record = Get-ErrorOf { Disconnect-GPhotos } }
        finally { [System.IO.File]::SetUnixFileMode($folder, [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute') }

        Assert-GPhotosError $record -Id FileWriteFailed -Category WriteError -Target (ProfileFile)
    }

    It 'fails with NotConnected when there is no such profile' {
        Assert-GPhotosError (Get-ErrorOf { Disconnect-GPhotos nobody }) -Id NotConnected -Category AuthenticationError -Target nobody
        ProfileFile | Should -Exist
    }
}
