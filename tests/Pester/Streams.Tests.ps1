#Requires -Version 7.6

# The canary: everything is done once, as loudly as it can be, and no secret may show anywhere.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $emulator = Start-TestEmulator -ArgumentList '--items', '3', '--auto-pick', '2', '--picker-poll-interval', '0.05'
    $client = Save-ClientSecret (Join-Path $TestDrive client.json)
    $scopes = 'photoslibrary.appendonly', 'photoslibrary.readonly.appcreateddata', 'photoslibrary.edit.appcreateddata', 'photospicker.mediaitems.readonly'
    $tokens = Invoke-Emulator tokens -Method Post -Body @{ scopes = $scopes }
    $tools = Resolve-Path (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)
    $folder = (New-Item (Join-Path $TestDrive files) -ItemType Directory).FullName
    $null = New-TestPicture (Join-Path $folder a.jpg), (Join-Path $folder b.jpg)
    Set-Content (Join-Path $folder bad.jpg) 'no picture'
    $large = (New-Item (Join-Path $TestDrive large) -ItemType Directory).FullName
    $null = New-TestPicture (1..3 | ForEach-Object { Join-Path $large "$_.jpg" }) -Length 52000000
    $transcript = Join-Path $TestDrive transcript.txt

    $script = @'
# From a file: a transcript shows the command line.
$client, $folder, $large, $tools, $transcript, $access, $refresh, $endpoint = Get-Content $Arguments[0]
Import-Module $tools
$accessToken = ConvertTo-SecureString $access -AsPlainText -Force
$refreshToken = ConvertTo-SecureString $refresh -AsPlainText -Force
$access = $refresh = $null
$null = Start-Transcript $transcript
$loud = @{ Debug = $true; Verbose = $true; InformationAction = 'Continue'; ErrorAction = 'Continue' }

# Runs one step with every stream, and shows whatever comes in every way there is.
function Step([string] $name, [scriptblock] $script) {
    "step $name"
    $output = @(try { & $script *>&1 } catch { $_ })
    "step $name gave $($output.Count)"
    foreach ($one in $output) {
        "$one"
        $one | Format-List * -Force | Out-String -Width 4000
        if ($one -is [System.Management.Automation.ErrorRecord]) {
            # Not as JSON: an error drags half the engine along.
            $one.Exception.ToString()
            $one.Exception.Data | Out-String -Width 4000
            $one.InvocationInfo.BoundParameters | Out-String -Width 4000
            "$($one.TargetObject | Format-List * -Force | Out-String -Width 4000)"
            for ($inner = $one.Exception; $inner; $inner = $inner.InnerException) { $inner | Format-List * -Force | Out-String -Width 4000 }
        }
        elseif ($one.GetType().Namespace -eq 'GPhotos') {
            $one | ConvertTo-Json -Depth 4
            [System.Management.Automation.PSSerializer]::Serialize($one, 4)
        }
    }
}

# A fault in a hostile server's words: it says our own secrets back.
function Fault([hashtable] $fault) {
    $null = Invoke-RestMethod "${endpoint}emulator/faults" -Method Post -Body (ConvertTo-Json $fault -Depth 8) -ContentType application/json
}

function NoFault {
    $null = Invoke-RestMethod "${endpoint}emulator/faults" -Method Delete
}

Step 'sign in' {
    Connect-GPhotos -ClientSecretPath $client -NoBrowser @loud 6>&1 | ForEach-Object {
        # The page's address is for the user; it holds no secret, but its state and challenge are nobody else's business.
        if ($_ -is [System.Management.Automation.InformationRecord]) { Approve-ConsentPage ([regex]::Match("$_", 'http\S+').Value) } else { $_ }
    }
}
Step 'context' { Get-GPhotosContext @loud }
Step 'list' { Get-GPhotoMediaItem @loud }
Step 'album' { New-GPhotoAlbum canary @loud; Get-GPhotoAlbum @loud }
Step 'send' { Get-ChildItem $folder | Send-GPhotoMediaItem -Album canary @loud }
Step 'save' { Get-GPhotoMediaItem @loud | Save-GPhotoMediaItem (Join-Path $folder saved) @loud }
Step 'save again' { Get-GPhotoMediaItem @loud | Save-GPhotoMediaItem (Join-Path $folder saved) @loud }
Step 'what if' { Get-GPhotoMediaItem @loud | Save-GPhotoMediaItem (Join-Path $folder never) -WhatIf @loud }
Step 'write error' { Get-GPhotoMediaItem @loud | Save-GPhotoMediaItem $client @loud }
Step 'unknown' { Get-GPhotoMediaItem -Id unknown @loud; Get-GPhotoAlbum -Id unknown @loud; Get-GPhotoMediaItem -Album unknown @loud }
Step 'missing file' { Send-GPhotoMediaItem missing.jpg @loud }

Fault @{ path = '/v1/mediaItems'; status = 503; headers = @{ 'Retry-After' = '0' } }
Step 'retry' { Get-GPhotoMediaItem @loud }
Fault @{ path = '/v1/mediaItems'; quota = 'daily' }
Step 'quota' { Get-GPhotoMediaItem @loud }
Fault @{ path = '/v1/mediaItems'; body = '<html>' }
Step 'nonsense' { Get-GPhotoMediaItem @loud }
Fault @{ path = '/v1/uploads'; status = 403; count = 9 }
Step 'upload refused' { Send-GPhotoMediaItem (Join-Path $folder a.jpg) -Force @loud }
NoFault
Fault @{ path = '/v1/mediaItems:batchCreate'; status = 400 }
Step 'creation refused' { Send-GPhotoMediaItem (Join-Path $folder a.jpg) -Force @loud }
Fault @{ path = '/v1/mediaItems:batchCreate'; body = @{ newMediaItemResults = @() } }
Step 'creation unanswered' { Send-GPhotoMediaItem (Join-Path $folder a.jpg) -Force @loud }
# Sessions: their addresses stand in the journal and are as good as tokens.
Fault @{ kind = 'uploads.*'; breakAfterBytes = 20000000; count = 1 }
Step 'large file, broken line' { Send-GPhotoMediaItem (Join-Path $large 1.jpg) -VerifyChecksum @loud }
NoFault
Fault @{ kind = '*finalize'; status = 403; count = 9 }
Step 'large file refused' { Send-GPhotoMediaItem (Join-Path $large 2.jpg) @loud }
Step 'journal with a session' { Get-GPhotoJournal @loud }
NoFault
Fault @{ kind = 'uploads.query'; status = 403; count = 9 }
Step 'question refused' { Send-GPhotoMediaItem (Join-Path $large 2.jpg) @loud }
NoFault
Step 'session gone on with' { Send-GPhotoMediaItem (Join-Path $large 2.jpg) @loud }
Fault @{ path = '/v1/mediaItems:batchCreate'; quota = 'daily' }
Step 'journal with a token' { Send-GPhotoMediaItem (Join-Path $large 3.jpg) @loud; Get-GPhotoJournal -State Uploaded @loud }
NoFault
Step 'sent already' { Send-GPhotoMediaItem $folder -Recurse -AlbumFromFolder @loud }
Step 'forgotten' { Get-GPhotoJournal | Remove-GPhotoJournal -Confirm:$false @loud }
Fault @{ path = '/lr/'; status = 404; count = 99 }
Step 'download refused' { Get-GPhotoMediaItem @loud | Save-GPhotoMediaItem (Join-Path $folder other) @loud }
NoFault
Fault @{ path = '/lr/'; status = 302; headers = @{ Location = 'http://example.com/' }; count = 99 }
Step 'download redirected' { Get-GPhotoMediaItem @loud | Save-GPhotoMediaItem (Join-Path $folder other) @loud }
NoFault
Fault @{ path = '/lr/'; count = 1; cutAfterBytes = 10 }
Step 'download cut' { Get-GPhotoMediaItem -First 1 @loud | Save-GPhotoMediaItem (Join-Path $folder other) @loud }
NoFault
Fault @{ path = '/token'; status = 400; body = @{ error = 'invalid_grant'; error_description = 'Bad Request' }; count = 9 }
Step 'renewal refused' { Connect-GPhotos @loud }
Fault @{ path = '/revoke'; status = 400; count = 9 }
Step 'revocation refused' { Disconnect-GPhotos -Revoke @loud }
NoFault
Step 'refresh token' { Connect-GPhotos -RefreshToken $refreshToken -ClientSecretPath $client @loud; Get-GPhotoMediaItem @loud }
Step 'access token' { Connect-GPhotos -AccessToken $accessToken @loud; Get-GPhotoMediaItem @loud }
Step 'pick' { Select-GPhotoMediaItem -NoBrowser -KeepSession @loud | Save-GPhotoMediaItem (Join-Path $folder picked) @loud }
Fault @{ path = '/ppa/'; status = 403; count = 99 }
Step 'pick refused' { Select-GPhotoMediaItem -NoBrowser @loud | Save-GPhotoMediaItem (Join-Path $folder unpicked) @loud }
NoFault
Fault @{ path = '/picker/v1/mediaItems'; status = 404; count = 9 }
Step 'picked no more' { Select-GPhotoMediaItem -NoBrowser @loud }
NoFault
Fault @{ path = '/tokeninfo'; status = 503; count = 1; headers = @{ 'Retry-After' = '0' } }
Step 'tokeninfo repeated' { Connect-GPhotos -AccessToken $accessToken @loud }
Fault @{ path = '/tokeninfo'; status = 400; count = 9 }
Step 'tokeninfo refused' { Connect-GPhotos -AccessToken $accessToken @loud }
NoFault
Step 'nobody listens' { Connect-GPhotos -RefreshToken $refreshToken -ClientSecretPath $client -Endpoint http://127.0.0.1:9/ @loud }
$env:BROWSER = '/no/such/browser'
$env:GPHOTOS_INTERACTIVE = '1'
Step 'no browser' { Connect-GPhotos -ClientSecretPath $client @loud }
Step 'sign out' { Disconnect-GPhotos -ProfileName default -Revoke @loud }
foreach ($one in $Error) { $one | Format-List * -Force | Out-String -Width 4000; "$($one.Exception)" }
$null = Stop-Transcript
'done'
'@

    $inputs = Join-Path $TestDrive inputs.txt
    $client, $folder, $large, $tools, $transcript, $tokens.access_token, $tokens.refresh_token, $emulator.Endpoint | Set-Content $inputs
    $output = (Invoke-ChildShell -Script $script -ArgumentList $inputs 2>&1 | Out-String -Width 5000)
    $everything = $output + (Get-Content $transcript -Raw)
}

AfterAll {
    Stop-TestEmulator
}

Describe 'The streams, the errors, the objects and the transcript' {
    It 'come from a run that did everything' {
        # Lest the canary sing because nothing was there.
        $output.TrimEnd().EndsWith('done') | Should -BeTrue -Because 'the run must have come to its end'
        foreach ($seen in 'Created', 'AlreadySaved', 'Saved', 'MediaRejected', 'MediaItemNotFound', 'AlbumNotFound', 'FileReadFailed', 'FileWriteFailed', 'QuotaExceeded',
            'UnexpectedResponse', 'PermissionDenied', 'DownloadFailed', 'SignInExpired', 'SignInFailed', 'ConnectionFailed', 'PickingSessionExpired', 'trying again', 'What if', 'canary', 'AlreadyInLibrary', 'Uploading', 'Uploaded') {
            $everything.Contains($seen) | Should -BeTrue -Because "'$seen' must have been provoked"
        }

        foreach ($step in [regex]::Matches($output, '(?m)^step (.+?) gave (\d+)\s*$')) {
            if ($step.Groups[1].Value -notin 'sign out', 'what if', 'forgotten') { [int]$step.Groups[2].Value | Should -BeGreaterThan 0 -Because "step '$($step.Groups[1].Value)' must say something" }
        }

        [regex]::Matches($output, '(?m)^step .+ gave').Count | Should -BeGreaterThan 36
        foreach ($call in 'uploads', 'uploads.start', 'uploads.query', 'mediaItems.batchCreate', 'mediaItems.list', 'media.get', 'picker.media.get', 'oauth.token', 'oauth.tokeninfo', 'oauth.revoke', 'oauth.authorize') { Get-CallCount $call | Should -BeGreaterThan 0 }
    }

    It 'hold no <Name>' -ForEach @(
        @{ Name = 'access token of ours'; Pattern = { [regex]::Escape($tokens.access_token) } }
        @{ Name = 'refresh token of ours'; Pattern = { [regex]::Escape($tokens.refresh_token) } }
        @{ Name = 'access token of a sign-in'; Pattern = { 'emu-access-' } }
        @{ Name = 'refresh token of a sign-in'; Pattern = { 'emu-refresh-' } }
        @{ Name = 'authorization code'; Pattern = { 'emu-code(/|%2F)' } }
        @{ Name = 'client secret'; Pattern = { 'emulator-secret' } }
        @{ Name = 'upload token'; Pattern = { 'CAIS[\w-]{40}' } }
        @{ Name = 'address of an upload session'; Pattern = { 'upload_id(=|%3D)' } }
        @{ Name = 'base URL'; Pattern = { [regex]::Escape("$($emulator.Endpoint)lr/") } }
        @{ Name = 'signed tail of a base URL'; Pattern = { '/lr/(?!photo/|album/)[\w-]{20}' } }
        @{ Name = 'base URL of the Picker'; Pattern = { '/ppa/[\w-]{20}' } }
        @{ Name = 'bearer header'; Pattern = { 'Bearer\s+\S' } }
        @{ Name = 'PKCE verifier'; Pattern = { 'code_verifier' } }
        @{ Name = 'token in an address'; Pattern = { 'access_token=' } }
    ) {
        $hit = [regex]::Match($everything, (& $Pattern))
        # What is around it tells where it came from; all of it would drown the report.
        $around = $hit.Success ? $everything.Substring([Math]::Max(0, $hit.Index - 200), [Math]::Min(220, $hit.Index)) : ''
        $hit.Success | Should -BeFalse -Because "it stands after: $around"
    }

    It 'hold the consent page''s state and challenge nowhere but in the message that is for the user' {
        # The -NoBrowser message was taken off the stream by the person who opened the page.
        $output.Contains('code_challenge=') | Should -BeFalse
    }
}
