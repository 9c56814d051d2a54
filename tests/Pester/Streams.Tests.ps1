#Requires -Version 7.6

# The canary: everything is done once, as loudly as it can be, and no secret may show anywhere. Then every secret is leaked by hand, and the same reader
# must find each.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot Canary/Canary.psm1) -Force
    # Those that are known by their values are filled in when they are there.
    $script:Valued = 'access token of ours', 'refresh token of ours', 'passphrase', 'query of a web address', 'key of a service account', 'state and challenge'
    $script:Kinds = (Get-SecretKind ($script:Valued | ForEach-Object { $all = @{} } { $all[$_] = 'x' } { $all })).Name | ForEach-Object { @{ Kind = $_ } }
    $script:LeakedKinds = (Get-SecretKind @{ passphrase = 'x'; 'key of a service account' = 'x' }).Name | ForEach-Object { @{ Kind = $_ } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    Import-Module (Join-Path $PSScriptRoot Canary/Canary.psm1) -Force
    $canary = Join-Path $PSScriptRoot Canary
    $module = (Resolve-Path (Join-Path $PSScriptRoot ../../output/GPhotos)).Path

    # Runs one of the scripts in a shell of its own, and gives what it wrote and what the transcript has.
    function Invoke-Script([string] $name, [hashtable] $settings) {
        $settings.Transcript = Join-Path $TestDrive "$name.transcript.txt"
        $inputs = Join-Path $TestDrive "$name.inputs.json"
        ConvertTo-Json $settings -Depth 5 | Set-Content $inputs
        $text = "Import-Module '$canary/Canary.psm1'; Invoke-Loudly -Path '$canary/$name.ps1' -InputPath `$Arguments[0] -ModulePath '$module'"
        @{
            output     = (Invoke-ChildShell -Script $text -ArgumentList $inputs -NoImport 2>&1 | Out-String -Width 5000)
            transcript = Get-Content $settings.Transcript -Raw
        }
    }
}

Describe 'A run that does everything' {
    BeforeAll {
        $emulator = Start-TestEmulator -ArgumentList '--items', '3', '--auto-pick', '2', '--picker-poll-interval', '0.05', '--bucket', 'backup'
        $scopes = 'photoslibrary.appendonly', 'photoslibrary.readonly.appcreateddata', 'photoslibrary.edit.appcreateddata', 'photospicker.mediaitems.readonly'
        $tokens = Invoke-Emulator tokens -Method Post -Body @{ scopes = $scopes }
        $paths = @{}
        foreach ($name in 'own', 'clients', 'keys', 'folder', 'large', 'out') { $paths[$name] = (New-Item (Join-Path $TestDrive $name) -ItemType Directory).FullName }
        function Save-Admin([string] $path, [string] $name) {
            Invoke-WebRequest ([uri]::new($emulator.Endpoint, "emulator/$path")) -OutFile (Join-Path $paths.clients $name)
        }

        Save-Admin 'client_secret.json?kind=no-secret' no-secret.json
        Save-Admin client_secret_web.json web.json
        Save-Admin authorized_user.json authorized-user.json
        Save-Admin api_key.txt api-key.txt
        Save-Admin service_account.json service-account.json
        Set-Content (Join-Path $paths.clients half.json) '{ "installed": { "client_secret": "emulator-secret", '
        $key = Join-Path $paths.own key.json
        Copy-Item (Join-Path $paths.clients service-account.json) $key
        $pem = @((Get-Content $key -Raw | ConvertFrom-Json).private_key -split "`n" | Where-Object Length -GT 20)
        foreach ($name in 'half.json', 'authorized-user.json', 'api-key.txt') { Copy-Item (Join-Path $paths.clients $name) $paths.keys }
        # A key that is damaged, and one that is another's.
        (Get-Content $key -Raw).Replace($pem[4], $pem[4].Substring(8)) | Set-Content (Join-Path $paths.keys damaged.json)
        $null = New-TestPicture (Join-Path $paths.folder a.jpg), (Join-Path $paths.folder b.jpg)
        Set-Content (Join-Path $paths.folder bad.jpg) 'no picture'
        $null = New-TestPicture (1..3 | ForEach-Object { Join-Path $paths.large "$_.jpg" }) -Length 52000000
        $settings = @{
            Client      = Save-ClientSecret (Join-Path $paths.own client.json)
            Clients     = $paths.clients
            Keys        = $paths.keys
            Key         = $key
            Folder      = $paths.folder
            Large       = $paths.large
            Out         = $paths.out
            Export      = New-TestExport (Join-Path $TestDrive export) -ArgumentList '--items', '5', '--parts', '1', '--plain'
            Endpoint    = "$($emulator.Endpoint)"
            Tools       = "$(Resolve-Path (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1))"
            Pages       = Join-Path $paths.own pages.txt
            Scopes      = $scopes
            AccessToken = $tokens.access_token
            RefreshToken = $tokens.refresh_token
            Passphrase  = 'correct horse of the canary'
            Query       = 'signed-canary-4711'
        }
        $text = Invoke-Script Everything $settings
        $output = $text.output
        $pages = @(Get-Content $settings.Pages | ForEach-Object { , [System.Web.HttpUtility]::ParseQueryString(([uri]$_).Query) })
        # The page's address is for the user, and stands in the transcript as it was told. What is in it must stand nowhere else.
        foreach ($page in Get-Content $settings.Pages) { $text.transcript = $text.transcript.Replace($page, '') }
        $known = @{
            'access token of ours'     = $tokens.access_token
            'refresh token of ours'    = $tokens.refresh_token
            'passphrase'               = $settings.Passphrase
            'query of a web address'   = $settings.Query
            'key of a service account' = $pem
            'state and challenge'      = @($pages | ForEach-Object { $_['state'], $_['code_challenge'] })
        }
        # What is meant to hold a secret: the kept sign-in, and the journal of uploads that are under way.
        $allowed = @{
            '*.profile.json*' = 'refresh token', 'client secret'
            '*.journal.db*'   = 'upload token', 'address of an upload session'
        }
        $data = Join-Path ([Environment]::GetFolderPath('LocalApplicationData', 'DoNotVerify')) GPhotos
        $hits = @(Find-Secret -Text $text -Folder $data, $paths.out -Known $known -Challenge ($pages | ForEach-Object { $_['code_challenge'] }) -Allowed $allowed)
        $files = @(Get-ChildItem $data, $paths.out -Recurse -File -Force).Name
    }

    AfterAll { Stop-TestEmulator }

    It 'came to its end' {
        # Lest the canary sing because nothing was there.
        $output | Should -Match '(?m)^done\r?$'
        foreach ($seen in 'Created', 'AlreadySaved', 'Saved', 'MediaRejected', 'MediaItemNotFound', 'AlbumNotFound', 'FileReadFailed', 'FileWriteFailed', 'QuotaExceeded',
            'UnexpectedResponse', 'PermissionDenied', 'DownloadFailed', 'SignInExpired', 'SignInFailed', 'ConnectionFailed', 'PickingSessionExpired', 'trying again',
            'AlreadyInLibrary', 'Uploading', 'Uploaded', 'ClientSecretInvalid', 'ScopeMissing', 'ApiDisabled', 'VaultFailed', 'StorageAccessDenied', 'BucketNotFound',
            'ProfileDamaged', 'InvalidRequest', 'PassphraseWrong', 'ProfileExists') {
            $output.Contains($seen) | Should -BeTrue -Because "'$seen' must have been provoked"
        }

        $text.transcript | Should -Match 'What if: '
        $steps = @([regex]::Matches($output, '(?m)^step (.+?) gave (\d+)\r?$'))
        $steps.Count | Should -BeGreaterThan 80
        foreach ($step in $steps) {
            $name = $step.Groups[1].Value
            if ($name -notin 'sign out', 'what if', 'send what if') { [int]$step.Groups[2].Value | Should -BeGreaterThan 0 -Because "step '$name' must say something" }
        }

        foreach ($call in 'uploads', 'uploads.start', 'uploads.query', 'mediaItems.batchCreate', 'mediaItems.list', 'media.get', 'picker.media.get',
            'oauth.token', 'oauth.tokeninfo', 'oauth.revoke', 'oauth.authorize', 'storage.objects.insert.start') {
            Get-CallCount $call | Should -BeGreaterThan 0 -Because "$call must have been called"
        }

        foreach ($kind in '*.journal.db', '*.profile.json', 'sign-in.json', '*.json', 'gallery.html', '*.jpg') {
            @($files -like $kind) | Should -Not -BeNullOrEmpty -Because "$kind must have been read"
        }
    }

    It 'ran <_>' -ForEach @(
        $manifest = Join-Path $PSScriptRoot ../../output/GPhotos/GPhotos.psd1
        if (Test-Path $manifest) { (Import-PowerShellDataFile $manifest).CmdletsToExport }
    ) {
        $ran = [regex]::Match($output, '(?m)^ran: (.*?)\r?$').Groups[1].Value -split ', '
        $ran | Should -Contain $_ -Because 'what the canary does not run may say what it likes: add a step to Canary/Everything.ps1'
    }

    It 'ran each of them as loudly as it can be' {
        $errors = $null
        $ast = [System.Management.Automation.Language.Parser]::ParseFile((Join-Path $canary Everything.ps1), [ref]$null, [ref]$errors)
        $loud = $ast.FindAll({ param($node) $node -is [System.Management.Automation.Language.CommandAst] -and "$node" -match '@loud\b' }, $true) |
            ForEach-Object { $_.GetCommandName() }
        foreach ($name in (Get-Command -Module GPhotos).Name) { $loud | Should -Contain $name -Because "$name must have been run with -Verbose -Debug" }
    }

    It 'shows no <Kind>' -ForEach $script:Kinds {
        $found = @($hits | Where-Object Kind -EQ $Kind)
        $report = $found | Group-Object Source, Step | ForEach-Object { "`n$($_.Name): $($_.Count) times, first after: $($_.Group[0].After)" }
        $found.Count | Should -Be 0 -Because "it shows in $report"
    }

    It 'was read for every kind that is known' -ForEach @{ Tested = $script:Kinds.Kind } {
        (Get-SecretKind $known).Name | Should -BeIn $Tested
        @($known.Values).Where{ -not $_ } | Should -BeNullOrEmpty
    }
}

Describe 'The reader' {
    BeforeAll {
        $leaks = (New-Item (Join-Path $TestDrive leaks) -ItemType Directory).FullName
        $known = @{ passphrase = 'correct horse'; 'key of a service account' = 'MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYw' }
        $text = Invoke-Script Leaks @{ Folder = $leaks; Known = $known }
        $verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
        $hits = @(Find-Secret -Text $text -Folder $leaks -Known $known | ForEach-Object { "$($_.Source): $($_.Kind) | $($_.Step) |" } | Sort-Object -Unique)
    }

    It 'finds each <Kind> on each channel it is leaked on' -ForEach $script:LeakedKinds {
        $text.output | Should -Match '(?m)^done\r?$'
        $channels = 'verbose', 'debug', 'warning', 'information', 'error message', 'error target', 'error advice', 'inner exception', 'exception data',
        'object property', 'nested property', 'error of the past, looked for'
        foreach ($channel in $channels) { $hits | Should -Contain "output: $Kind | $Kind by $channel |" }
        foreach ($channel in 'what if', 'transcript') { $hits | Should -Contain "transcript: $Kind | $Kind by $channel |" }
        $hits | Should -Contain "output: $Kind | progress |"
        $hits | Should -Contain "file $Kind.txt: $Kind |  |"
        $hits | Should -Contain "file $Kind.db: $Kind |  |"
    }

    It 'knows a verifier by its challenge, though nobody said what it is' {
        # The pair of RFC 7636, appendix B.
        $found = @(Find-Secret -Text @{ output = "x $verifier y" } -Known @{} -Challenge 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
        $found.Kind | Should -Be 'PKCE verifier'
        Find-Secret -Text @{ output = "x $verifier y" } -Known @{} -Challenge 'another' | Should -BeNullOrEmpty
    }

    It 'finds no secret where there is none, and none that a file is meant to hold' {
        Find-Secret -Text @{ output = 'https://photos.google.com/lr/photo/AEmu1ar80dezmoIOIv5XGN9S3GcKR6L and Bearer' } -Known @{} | Should -BeNullOrEmpty
        $file = Join-Path (New-TestFolder $TestDrive) default.profile.json
        Set-Content $file 'emu-refresh-0123456789 emu-access-0123456789'
        (Find-Secret -Text @{} -Folder (Split-Path $file) -Known @{} -Allowed @{ '*.profile.json' = 'refresh token' }).Kind | Should -Be 'access token'
    }
}
