#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $emulator = Start-TestEmulator -ArgumentList '--items', '3'
    $client = Save-ClientSecret (Join-Path $TestDrive client.json)
    $allScopes = 'photoslibrary.appendonly', 'photoslibrary.readonly.appcreateddata', 'photoslibrary.edit.appcreateddata'

    function ProfileFile([string] $name = 'default') {
        Join-Path ([Environment]::GetFolderPath('LocalApplicationData', 'DoNotVerify')) GPhotos "$name.profile.json"
    }

    function SignOut {
        while (Get-GPhotosContext -ErrorAction Ignore) { Disconnect-GPhotos }
    }
}

AfterAll {
    Stop-TestEmulator
}

Describe 'Connect-GPhotos through the consent page' {
    AfterEach { SignOut }

    It 'signs in, and gives the context with what was granted' {
        $context = Connect-ThroughPage $client

        $context | Should -BeOfType ([GPhotos.GPhotosContext])
        $context.ProfileName | Should -Be 'default'
        $context.Scopes | Should -Be $allScopes
        $context.CanRefresh | Should -BeTrue
        $context.ClientId | Should -Be 'emulator-client'
        $context.Endpoint | Should -Be $emulator.Endpoint
        $context.AccessTokenExpiresAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddMinutes(50))
        @(Get-GPhotoMediaItem).Count | Should -Be 3
    }

    It 'asks for PKCE, a state and a listener on 127.0.0.1, and sends no secret to the page' {
        $script:page = $null
        $null = Connect-ThroughPage $client -Answer { param($page) $script:page = $page; Approve-ConsentPage $page }

        $query = [System.Web.HttpUtility]::ParseQueryString(([uri]$script:page).Query)
        $query['code_challenge_method'] | Should -Be 'S256'
        $query['code_challenge'].Length | Should -Be 43
        $query['state'].Length | Should -BeGreaterOrEqual 16
        $query['redirect_uri'] | Should -Match '^http://127\.0\.0\.1:\d+/'
        $script:page | Should -Not -Match 'emulator-secret'
    }

    It 'gives the page to Write-Host, so that nothing but the context is output' {
        $output = @(Connect-ThroughPage $client)

        $output.Count | Should -Be 1
        $output[0].GetType().FullName | Should -Be 'GPhotos.GPhotosContext'
    }

    It 'keeps the profile in a file that only its owner can read' -Skip:$IsWindows {
        $null = Connect-ThroughPage $client

        [System.IO.File]::GetUnixFileMode((ProfileFile)) | Should -Be ([System.IO.UnixFileMode]'UserRead, UserWrite')
        [System.IO.File]::GetUnixFileMode((Split-Path (ProfileFile))) | Should -Be ([System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute')
        Get-ChildItem (Split-Path (ProfileFile)) -Filter '*.partial' | Should -BeNullOrEmpty
    }

    It 'goes on with the kept profile in another process, without a browser' {
        $null = Connect-ThroughPage $client
        Reset-CallCount

        $lines = @(Invoke-ChildShell -Script @'
$env:BROWSER = '/no/browser/may/be/started'
"listed $(@(Get-GPhotoMediaItem).Count)"
$context = Connect-GPhotos
"scopes $($context.Scopes.Count) refresh $($context.CanRefresh) expires $($null -ne $context.AccessTokenExpiresAt)"
'@)

        $lines | Should -Be 'listed 3', 'scopes 3 refresh True expires True'
        Get-CallCount oauth.authorize | Should -Be 0
    }

    It 'keeps profiles apart by their names' {
        $null = Connect-ThroughPage $client
        $null = Connect-ThroughPage $client -Parameter @{ ProfileName = 'holiday' }

        (Get-GPhotosContext).ProfileName | Should -Be 'holiday'
        ProfileFile holiday | Should -Exist
        (Connect-GPhotos).ProfileName | Should -Be 'default'
        (Get-GPhotosContext).ProfileName | Should -Be 'default'
        Disconnect-GPhotos holiday
        ProfileFile holiday | Should -Not -Exist
        ProfileFile | Should -Exist
    }

    It 'keeps a sign-in under the name that it has, also where it is named in another case' {
        $null = Connect-ThroughPage $client -Parameter @{ ProfileName = 'Holiday' }

        (Connect-ThroughPage $client -Parameter @{ ProfileName = 'HOLIDAY' }).ProfileName | Should -BeExactly 'Holiday'
        (Connect-GPhotos -ProfileName holiday).ProfileName | Should -BeExactly 'Holiday'
        Disconnect-GPhotos hOLIDAY
        Get-ChildItem (Split-Path (ProfileFile)) -File -Filter '*holiday*' | Should -BeNullOrEmpty
    }

    It 'asks only for the scopes of -Scope, and does not complain of the others' {
        $output = @(Connect-ThroughPage $client -Parameter @{ Scope = 'photoslibrary.appendonly'; WarningAction = 'Continue' } 3>&1)

        $output.Count | Should -Be 1 -Because "no warning is due: $output"
        $output[0].Scopes | Should -Be 'photoslibrary.appendonly'
    }

    It 'knows a scope in other letters, and refuses another word before any page is shown' {
        (Connect-ThroughPage $client -Parameter @{ Scope = 'PhotosLibrary.AppendOnly', 'https://www.googleapis.com/auth/photoslibrary.appendonly' }).Scopes |
            Should -Be photoslibrary.appendonly

        Reset-CallCount
        foreach ($wrong in 'photoslibrary.apendonly', 'photoslibrary.readonly', 'openid') {
            $record = Get-ErrorOf { Connect-GPhotos -ClientSecretPath $client -NoBrowser -Scope $wrong }
            Assert-GPhotosError $record -Id InvalidRequest -Category InvalidArgument -Target $null
            "$record" | Should -BeLike "'$wrong' is no scope *photoslibrary.readonly.appcreateddata*"
        }

        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'warns of each scope that was unticked, by name and by what will fail' {
        $output = @(Connect-ThroughPage $client -Parameter @{ WarningAction = 'Continue' } -Answer {
                param($page) Approve-ConsentPage $page -Scope readonly.appcreateddata, edit.appcreateddata
            } 3>&1)

        $output.Count | Should -Be 2
        $output[0] | Should -BeOfType ([System.Management.Automation.WarningRecord])
        "$($output[0])" | Should -BeLike '*photoslibrary.appendonly*will not work: *New-GPhotoAlbum*Send-GPhotoMediaItem*Connect-GPhotos -Scope*'
        $output[1].Scopes | Should -Be $allScopes[1, 2]
    }

    It 'fails with SignInFailed when the person cancels, and keeps nothing' {
        $record = Get-ErrorOf { Connect-ThroughPage $client -Answer { param($page) Approve-ConsentPage $page -Refuse } }

        Assert-GPhotosError $record -Id SignInFailed -Category AuthenticationError -Target $null
        ProfileFile | Should -Not -Exist
        Get-GPhotosContext -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'refuses <Name>, says so on the page, and goes on waiting for its own answer' -ForEach @(
        @{ Name = 'an answer with another state'; Query = 'code=stolen&state=0123456789abcdef0123456789abcdef' }
        @{ Name = 'an answer without a state'; Query = 'error=access_denied' }
    ) {
        Reset-CallCount
        $script:refused = $null
        $context = Connect-ThroughPage $client -Answer {
            param($page)
            $redirect = [System.Web.HttpUtility]::ParseQueryString(([uri]$page).Query)['redirect_uri']
            $script:refused = Invoke-WebRequest "${redirect}?$Query" -SkipHttpErrorCheck
            Approve-ConsentPage $page
        }

        $script:refused.StatusCode | Should -Be 400
        $script:refused.Content | Should -Match 'another sign-in'
        $context.Scopes | Should -Be $allScopes
        Get-CallCount oauth.token | Should -Be 1 -Because 'a code of a stranger is not taken to Google'
    }

    It 'fails with ScopeMissing when what was granted is of no use here, and keeps nothing' {
        Add-Fault @{ path = '/token'; body = @{ access_token = 'a'; refresh_token = 'r'; expires_in = 3599; token_type = 'Bearer'; scope = 'openid' } }
        $record = Get-ErrorOf { Connect-ThroughPage $client }

        Assert-GPhotosError $record -Id ScopeMissing -Category PermissionDenied -Target ($allScopes -join ' ')
        ProfileFile | Should -Not -Exist
    }

    It 'fails with <Id> when the token endpoint answers <Name>' -ForEach @(
        @{ Name = 'a refusal'; Id = 'SignInFailed'; Category = 'AuthenticationError'; Fault = @{ status = 401; body = @{ error = 'invalid_client'; error_description = 'The OAuth client was not found.' } } }
        @{ Name = 'a broken server'; Id = 'ServiceUnavailable'; Category = 'ResourceUnavailable'; Fault = @{ status = 500; body = 'oops' } }
        @{ Name = 'garbage'; Id = 'UnexpectedResponse'; Category = 'InvalidResult'; Fault = @{ status = 200; body = 'garbage' } }
        @{ Name = 'no refresh token'; Id = 'SignInFailed'; Category = 'AuthenticationError'; Fault = @{ status = 200; body = @{ access_token = 'a'; expires_in = 3599; token_type = 'Bearer'; scope = 'x' } } }
        @{ Name = 'a redirect'; Id = 'SignInFailed'; Category = 'AuthenticationError'; Fault = @{ status = 307; headers = @{ Location = '/emulator/stats' } } }
    ) {
        Add-Fault (@{ path = '/token'; count = 20 } + $Fault)
        $record = Get-ErrorOf { Connect-ThroughPage $client }
        Clear-Fault

        Assert-GPhotosError $record -Id $Id -Category $Category -Target $null
        ProfileFile | Should -Not -Exist
    }

    It 'ends in under a second on Ctrl+C while it waits for the browser' {
        $run = Use-Pipeline 'Connect-GPhotos -ClientSecretPath $client -NoBrowser' -Variable @{ client = $client }
        Wait-Until { $run.Shell.Streams.Information.Count -gt 0 }
        $page = [regex]::Match("$($run.Shell.Streams.Information[0])", 'http\S+').Value

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
        $listener = [uri][System.Web.HttpUtility]::ParseQueryString(([uri]$page).Query)['redirect_uri']
        { [System.Net.Sockets.TcpClient]::new($listener.Host, $listener.Port).Dispose() } | Should -Throw -Because 'the listener is gone'
        ProfileFile | Should -Not -Exist
    }
}

Describe 'Connect-GPhotos where the API is not enabled' {
    AfterEach {
        $null = Invoke-Emulator oauth -Method Post -Body @{ disabledApis = @() }
        SignOut
    }

    It 'says so with the page to enable it, and keeps the sign-in' {
        $null = Invoke-Emulator oauth -Method Post -Body @{ disabledApis = @('photoslibrary') }
        $output = @(Connect-ThroughPage $client 2>&1)

        $problems = @($output | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        Assert-GPhotosError $problems -Id ApiDisabled -Category PermissionDenied -Target $null
        "$problems" | Should -Match 'has not been used in project'
        $problems[0].ErrorDetails.RecommendedAction | Should -Match 'Photos Library API.* at https://console\.\S+photoslibrary\.googleapis\.com'
        $output[-1] | Should -BeOfType ([GPhotos.GPhotosContext])
        ProfileFile | Should -Exist

        # Enabled, and waited for a minute: nobody has to sign in again.
        $null = Invoke-Emulator oauth -Method Post -Body @{ disabledApis = @() }
        Reset-CallCount
        @(Get-GPhotoMediaItem).Count | Should -Be 3
        Get-CallCount oauth.authorize | Should -Be 0
    }

    It 'says nothing of it where only the API of the Picker is missing, which nobody asked for' {
        $null = Invoke-Emulator oauth -Method Post -Body @{ disabledApis = @('photospicker') }
        $output = @(Connect-ThroughPage $client 2>&1 3>&1)

        $output.Count | Should -Be 1
        $output[0] | Should -BeOfType ([GPhotos.GPhotosContext])
    }
}

Describe 'Connect-GPhotos with a browser' {
    # $env:BROWSER must be one program that takes the address; Windows has no scripts that do.
    # The suite itself may run where nobody is.
    BeforeEach { $env:GPHOTOS_INTERACTIVE = '1' }

    AfterEach { $env:BROWSER = $env:GPHOTOS_INTERACTIVE = $null; SignOut }

    It 'opens the program of $env:BROWSER and takes its answer' -Skip:$IsWindows {
        $browser = Join-Path $TestDrive browser.sh
        $tools = Resolve-Path (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)
        Set-Content $browser "#!/bin/sh`necho chatter`necho chatter >&2`nexec '$((Get-Process -Id $PID).Path)' -NoProfile -NonInteractive -Command `"Import-Module '$tools'; Approve-ConsentPage '`$1'`""
        [System.IO.File]::SetUnixFileMode($browser, [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute')
        $env:BROWSER = $browser

        $output = @(Connect-GPhotos -ClientSecretPath $client *>&1)

        $output.Count | Should -Be 1 -Because "no chatter of the browser belongs here: $output"
        $output[0].Scopes | Should -Be $allScopes
    }

    It 'fails with SignInFailed and speaks of -NoBrowser when no browser can be started' -Skip:$IsWindows {
        $env:BROWSER = Join-Path $TestDrive no-such-browser
        $record = Get-ErrorOf { Connect-GPhotos -ClientSecretPath $client }

        Assert-GPhotosError $record -Id SignInFailed -Category AuthenticationError -Target $null
        $record.ErrorDetails.RecommendedAction | Should -Match '-NoBrowser'
    }
}

Describe 'Connect-GPhotos with a file that is no Desktop client' {
    It 'reads no file that was not meant where <Path> is in no file system' -ForEach @(
        @{ Path = 'nodrive:/client.json'; Says = 'is on no known drive' }
        @{ Path = 'env:PATH'; Says = 'is not in the file system' }
    ) {
        $record = Get-ErrorOf { Connect-GPhotos -ClientSecretPath $Path -NoBrowser }

        Assert-GPhotosError $record -Id FileReadFailed -Category ReadError -Target $Path
        $record.Exception.Message | Should -BeLike "*$Says*"
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a Web client'; Content = '{"web":{"client_id":"a","client_secret":"b"}}'; Says = 'Web application' }
        @{ Name = 'garbage'; Content = 'not json'; Says = 'not the JSON' }
        @{ Name = 'an empty file'; Content = ''; Says = 'not the JSON' }
        @{ Name = 'other JSON'; Content = '{"type":"service_account"}'; Says = 'OAuth client' }
        @{ Name = 'a list'; Content = '[]'; Says = 'OAuth client' }
        @{ Name = 'a client without a secret'; Content = '{"installed":{"client_id":"a"}}'; Says = 'Add secret' }
        @{ Name = 'numbers for strings'; Content = '{"installed":5}'; Says = 'OAuth client' }
    ) {
        $file = Join-Path $TestDrive 'bad client.json'
        [System.IO.File]::WriteAllText($file, $Content)
        Reset-CallCount
        $record = Get-ErrorOf { Connect-GPhotos -ClientSecretPath $file -NoBrowser }

        Assert-GPhotosError $record -Id ClientSecretInvalid -Category InvalidData -Target $file
        "$record" | Should -Match $Says
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'names the mistake and the cure for <Name>' -ForEach @(
        @{ Name = 'the file of a client whose secret is not in it'; From = 'client_secret.json?kind=no-secret'; Says = 'client_secret.*Add secret' }
        @{ Name = 'the file of a Web client'; From = 'client_secret_web.json'; Says = 'Web application.*Desktop' }
        @{ Name = 'an API key'; From = 'api_key.txt'; Says = 'API key.*Desktop app' }
        @{ Name = 'the key of a service account'; From = 'service_account.json'; Says = 'service account.*Desktop app' }
        @{ Name = 'what gcloud keeps of a sign-in'; From = 'authorized_user.json'; Says = 'sign-in of gcloud.*Desktop app' }
    ) {
        $file = Join-Path $TestDrive mistake.json
        Invoke-WebRequest ([uri]::new($emulator.Endpoint, "emulator/$From")) -OutFile $file
        $kept = Get-Content $file -Raw
        Reset-CallCount
        $record = Get-ErrorOf { Connect-GPhotos $file }

        Assert-GPhotosError $record -Id ClientSecretInvalid -Category InvalidData -Target $file
        "$record" | Should -Match $Says
        "$record" | Should -Match 'https://console\.cloud\.google\.com/auth/clients'
        $record.ErrorDetails.RecommendedAction | Should -Match 'https://console\.cloud\.google\.com/auth/clients.*about_GPhotos_Setup'
        # What the newcomer may paste into a forum.
        foreach ($secret in [regex]::Matches($kept, 'AIza[\w-]+|emu-refresh-[\w-]+|emulator-secret|(?<=\\n)[\w+/]{40,}') | ForEach-Object Value) {
            "$record $($record.Exception)" | Should -Not -Match ([regex]::Escape($secret))
        }
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'refuses the Web client that the console gives' {
        $file = Save-ClientSecret (Join-Path $TestDrive web.json) -Web
        $record = Get-ErrorOf { Connect-GPhotos -ClientSecretPath $file }

        Assert-GPhotosError $record -Id ClientSecretInvalid -Category InvalidData -Target $file
        $record.ErrorDetails.RecommendedAction | Should -Match 'Desktop'
    }

    It 'says which file is missing' {
        $file = Join-Path $TestDrive missing.json
        $record = Get-ErrorOf { Connect-GPhotos -ClientSecretPath $file }

        Assert-GPhotosError $record -Id FileReadFailed -Category ReadError -Target $file
    }

    It 'refuses a folder' {
        $record = Get-ErrorOf { Connect-GPhotos -ClientSecretPath $TestDrive }

        Assert-GPhotosError $record -Id FileReadFailed -Category ReadError -Target $TestDrive
    }

    It 'takes a path relative to the location of the shell' {
        Push-Location $TestDrive
        try { (Connect-ThroughPage ./client.json).CanRefresh | Should -BeTrue } finally { Pop-Location; SignOut }
    }
}

Describe 'Connect-GPhotos with tokens made elsewhere' {
    BeforeAll {
        function Secret([string] $text) { ConvertTo-SecureString $text -AsPlainText -Force }
        $tokens = Invoke-Emulator tokens -Method Post -Body @{ scopes = $allScopes }
    }

    AfterEach { SignOut }

    It 'takes an access token, keeps nothing on disk and cannot renew it' {
        $context = Connect-GPhotos -AccessToken (Secret $tokens.access_token)

        $context.Scopes | Should -Be $allScopes
        $context.CanRefresh | Should -BeFalse
        $context.AccessTokenExpiresAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow)
        ProfileFile | Should -Not -Exist
        @(Get-GPhotoMediaItem).Count | Should -Be 3
    }

    It 'names the profile that was meant where its sign-in carries no scope of Photos' {
        $none = (Invoke-Emulator tokens -Method Post -Body @{ scopes = @('openid') }).access_token
        $null = Connect-GPhotos -AccessToken (Secret $tokens.access_token) -ProfileName other

        $record = Get-ErrorOf { Connect-GPhotos -AccessToken (Secret $none) -ProfileName work }

        Assert-GPhotosError $record -Id ScopeMissing -Category PermissionDenied -Target ($allScopes -join ' ')
        $record.ErrorDetails.RecommendedAction | Should -BeLike '*-ProfileName work *'
    }

    It 'does what it is told where GPHOTOS_PROFILE names what can be no profile' {
        $few = (Invoke-Emulator tokens -Method Post -Body @{ scopes = @('photoslibrary.appendonly') }).access_token
        $none = (Invoke-Emulator tokens -Method Post -Body @{ scopes = @('openid') }).access_token
        $env:GPHOTOS_PROFILE = 'a/b'
        try {
            (Connect-GPhotos -AccessToken (Secret $few) -ProfileName work -WarningAction Ignore).ProfileName | Should -Be 'work'
            (Get-ErrorOf { Get-GPhotoAlbum }).FullyQualifiedErrorId | Should -BeLike 'ScopeMissing,*'
            (Get-ErrorOf { Connect-GPhotos -AccessToken (Secret $none) -ProfileName work }).FullyQualifiedErrorId | Should -BeLike 'ScopeMissing,*'
        }
        finally {
            $env:GPHOTOS_PROFILE = $null
        }
    }

    It 'refuses an access token that the server does not know' {
        $record = Get-ErrorOf { Connect-GPhotos -AccessToken (Secret 'ya29.made-up') }

        Assert-GPhotosError $record -Id SignInExpired -Category AuthenticationError -Target $null
        Get-GPhotosContext -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'keeps the session it had when a new sign-in fails' {
        $null = Connect-GPhotos -AccessToken (Secret $tokens.access_token)
        $null = Get-ErrorOf { Connect-GPhotos -AccessToken (Secret 'ya29.made-up') }

        @(Get-GPhotoMediaItem).Count | Should -Be 3
    }

    It 'warns of the scopes that an access token lacks' {
        $one = Invoke-Emulator tokens -Method Post -Body @{ scopes = @('photoslibrary.readonly.appcreateddata') }
        $null = Connect-GPhotos -AccessToken (Secret $one.access_token) -WarningVariable warnings -WarningAction SilentlyContinue

        $warnings.Count | Should -Be 2
        "$warnings" | Should -BeLike '*photoslibrary.appendonly*photoslibrary.edit.appcreateddata*'
    }

    It 'refuses an access token without any scope of Photos' {
        Add-Fault @{ path = '/tokeninfo'; body = @{ aud = 'x'; scope = 'openid'; expires_in = '3000' } }
        $record = Get-ErrorOf { Connect-GPhotos -AccessToken (Secret 'whatever') }

        Assert-GPhotosError $record -Id ScopeMissing -Category PermissionDenied -Target ($allScopes -join ' ')
    }

    It 'takes a refresh token with its client, renews, and keeps nothing on disk' {
        $context = Connect-GPhotos -RefreshToken (Secret $tokens.refresh_token) -ClientSecretPath $client

        $context.CanRefresh | Should -BeTrue
        $context.Scopes | Should -Be $allScopes
        ProfileFile | Should -Not -Exist
        $null = Invoke-Emulator tokens -Method Delete
        @(Get-GPhotoMediaItem).Count | Should -Be 3 -Because 'an expired access token is renewed'
    }

    It 'refuses a refresh token that is dead' {
        $record = Get-ErrorOf { Connect-GPhotos -RefreshToken (Secret '1//dead') -ClientSecretPath $client }

        Assert-GPhotosError $record -Id SignInExpired -Category AuthenticationError -Target $null
        $record.ErrorDetails.RecommendedAction | Should -Match 'Connect-GPhotos'
    }

    It 'fails with SignInExpired later, when access and refresh tokens have both died' {
        $mine = Invoke-Emulator tokens -Method Post -Body @{ scopes = $allScopes }
        $null = Connect-GPhotos -RefreshToken (Secret $mine.refresh_token) -ClientSecretPath $client
        $null = Invoke-Emulator 'tokens?refresh=true' -Method Delete
        $record = Get-ErrorOf { Get-GPhotoMediaItem }

        Assert-GPhotosError $record -Id SignInExpired -Category AuthenticationError -Target $null
    }
}

Describe 'Connect-GPhotos and where it connects to' {
    It 'refuses an endpoint that is neither https nor on this machine: <_>' -ForEach 'http://example.com', 'ftp://127.0.0.1/', 'http://127.0.0.1.example.com/', 'relative/path' {
        $record = Get-ErrorOf { Connect-GPhotos -ClientSecretPath $client -Endpoint $_ }

        Assert-GPhotosError $record -Id InvalidRequest -Category InvalidArgument -Target $null
    }

    It 'refuses <_> in $env:GPHOTOS_ENDPOINT' -ForEach 'not an address', 'http://example.com/', 'http://' {
        $kept = $env:GPHOTOS_ENDPOINT
        $env:GPHOTOS_ENDPOINT = $_
        try { $record = Get-ErrorOf { Connect-GPhotos -ClientSecretPath $client -NoBrowser } } finally { $env:GPHOTOS_ENDPOINT = $kept }

        Assert-GPhotosError $record -Id InvalidRequest -Category InvalidArgument -Target $null
    }

    It 'fails with ConnectionFailed when nobody listens there' {
        $record = Get-ErrorOf { Connect-GPhotos -RefreshToken (ConvertTo-SecureString x -AsPlainText -Force) -ClientSecretPath $client -Endpoint 'http://127.0.0.1:9/' }

        Assert-GPhotosError $record -Id ConnectionFailed -Category ConnectionError -Target $null
    }

    It 'uses no profile of another endpoint' {
        $null = Connect-ThroughPage $client
        try {
            $record = Get-ErrorOf { Connect-GPhotos -Endpoint 'http://127.0.0.1:9/' }
            Assert-GPhotosError $record -Id NotConnected -Category AuthenticationError -Target default

            Reset-CallCount
            $lines = @(Invoke-ChildShell -Script @'
$env:GPHOTOS_ENDPOINT = 'http://127.0.0.1:9/'
$ErrorActionPreference = 'Stop'
foreach ($script in { Connect-GPhotos }, { Get-GPhotosContext }, { Get-GPhotoMediaItem }) {
    try { & $script } catch { "$($_.FullyQualifiedErrorId.Split(',')[0]) $($_.TargetObject)" }
}
'@)
            $lines | Should -Be @('NotConnected default', 'NotConnected default', 'NotConnected default')
            (Invoke-Emulator stats).total | Should -Be 0
        }
        finally {
            SignOut
        }
    }

    It 'fails with NotConnected when no sign-in is kept' {
        $record = Get-ErrorOf { Connect-GPhotos -ProfileName nobody }

        Assert-GPhotosError $record -Id NotConnected -Category AuthenticationError -Target nobody
    }

    It 'says that a profile is damaged' {
        $null = New-Item (Split-Path (ProfileFile)) -ItemType Directory -Force
        foreach ($content in 'garbage', '{}') {
            Set-Content (ProfileFile damaged) $content
            if (-not $IsWindows) { [System.IO.File]::SetUnixFileMode((ProfileFile damaged), [System.IO.UnixFileMode]'UserRead, UserWrite') }
            $record = Get-ErrorOf { Connect-GPhotos -ProfileName damaged }
            Assert-GPhotosError $record -Id ProfileDamaged -Category InvalidData -Target (ProfileFile damaged)
        }

        Remove-Item (ProfileFile damaged)
    }

    It 'refuses the profile name <_>, which could leave its folder' -ForEach '../evil', '.hidden', 'a/b', '', 'CON:', "work`n" {
        { Connect-GPhotos -ProfileName $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}
