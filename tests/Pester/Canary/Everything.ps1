#Requires -Version 7.6

# Everything is done once, as loudly as it can be. What it is done with comes from a file: a transcript shows the command line.

param([Parameter(Mandatory)] [string] $InputPath)

$settings = Get-Content $InputPath -Raw | ConvertFrom-Json -AsHashtable
$client, $clients, $folder, $large, $out, $export, $endpoint, $key = $settings['Client', 'Clients', 'Folder', 'Large', 'Out', 'Export', 'Endpoint', 'Key']
Import-Module $settings.Tools
$null = Start-Transcript $settings.Transcript
$loud = @{ Debug = $true; Verbose = $true; InformationAction = 'Continue'; ErrorAction = 'Continue'; WarningAction = 'Continue' }
$global:ran = [System.Collections.Generic.SortedSet[string]]::new()
$ExecutionContext.SessionState.InvokeCommand.PostCommandLookupAction = {
    param($name, $found)
    if ($found.Command.ModuleName -eq 'GPhotos') { $null = $global:ran.Add($found.Command.Name) }
}

function ToSecret([string] $text) { ConvertTo-SecureString $text -AsPlainText -Force }
function Admin([string] $path, $body, [string] $method = 'Post') {
    Invoke-RestMethod "${endpoint}emulator/$path" -Method $method -Body (ConvertTo-Json $body -Depth 8) -ContentType application/json
}
function Fault([hashtable] $fault) { $null = Admin faults $fault }
function NoFault { $null = Invoke-RestMethod "${endpoint}emulator/faults" -Method Delete }
function RefreshToken { ToSecret (Admin tokens @{ scopes = $settings.Scopes }).refresh_token }

# Signs in as a person does. The page's address is for the user; its state and challenge are nobody else's business, and are noted for the reader.
function SignIn([hashtable] $parameter = @{}, [scriptblock] $answer = { param($page) Approve-ConsentPage $page }) {
    Connect-GPhotos -ClientSecretPath $client -NoBrowser @parameter @loud 6>&1 | ForEach-Object {
        if ($_ -is [System.Management.Automation.InformationRecord]) {
            $page = [regex]::Match("$_", 'http\S+').Value
            Add-Content $settings.Pages $page
            $null = & $answer $page
        }
        else { $_ }
    }
}

$accessToken = ToSecret $settings.AccessToken
$refreshToken = ToSecret $settings.RefreshToken
$passphrase = ToSecret $settings.Passphrase
$settings.AccessToken = $settings.RefreshToken = $settings.Passphrase = $null

# Clients that are none, and sign-ins that come to nothing.
foreach ($file in Get-ChildItem $clients) { Invoke-Step "client file $($file.BaseName)" { Connect-GPhotos -ClientSecretPath $file.FullName -NoBrowser @loud } }
Invoke-Step 'person refused' { SignIn -answer { param($page) Approve-ConsentPage $page -Refuse } }
Fault @{ kind = 'oauth.token'; status = 400; body = @{ error = 'invalid_grant'; error_description = 'Malformed auth code.' }; count = 9 }
Invoke-Step 'code refused' { SignIn }
NoFault
Fault @{ kind = 'oauth.token'; status = 200; body = '<html>'; count = 9 }
Invoke-Step 'code answered with nonsense' { SignIn }
NoFault
Invoke-Step 'state of another' {
    SignIn -answer {
        param($page)
        $redirect = [System.Web.HttpUtility]::ParseQueryString(([uri]$page).Query)['redirect_uri']
        $null = Invoke-WebRequest "${redirect}?code=emu-code%2Fstolen-stolen&state=0123456789abcdef0123456789abcdef" -SkipHttpErrorCheck
        Approve-ConsentPage $page
    }
}
Invoke-Step 'boxes unticked' { SignIn @{ ProfileName = 'less' } -answer { param($page) Approve-ConsentPage $page -Scope readonly.appcreateddata } }
Invoke-Step 'scope missing' { New-GPhotoAlbum never @loud; Send-GPhotoMediaItem (Join-Path $folder a.jpg) @loud; Set-GPhotoMediaItem nothing words @loud }
Invoke-Step 'picker not granted' { Select-GPhotoMediaItem -NoBrowser @loud }
$null = Admin oauth @{ disabledApis = @('photoslibrary', 'photospicker') }
Invoke-Step 'API not enabled' { SignIn @{ ProfileName = 'less' }; Get-GPhotoMediaItem @loud }
$null = Admin oauth @{ disabledApis = @() }

Invoke-Step 'sign in' { SignIn @{ Scope = $settings.Scopes; ProfileName = 'default'; Default = $true } }
Invoke-Step 'kept sign-in' { Connect-GPhotos @loud; Connect-GPhotos -Default -ProfileName default @loud }
Invoke-Step 'context' { Get-GPhotosContext @loud; Get-GPhotosContext -ListAvailable @loud }
Invoke-Step 'context of a new session' { Disconnect-GPhotos -ProfileName less @loud; Connect-GPhotos @loud }
Invoke-Step 'list' { Get-GPhotoMediaItem @loud; Get-GPhotoMediaItem -MediaType Photo @loud }
Invoke-Step 'album' { New-GPhotoAlbum canary @loud; Get-GPhotoAlbum @loud }
Invoke-Step 'send' { Get-ChildItem $folder -File | Send-GPhotoMediaItem -Album canary @loud }
Invoke-Step 'send what if' { Get-ChildItem $large | Send-GPhotoMediaItem -Album canary -WhatIf @loud }

# Web addresses whose query lets in whoever has it.
$signed = "${endpoint}emulator/items/$((Get-GPhotoMediaItem -First 1).Id)/original?sig=$($settings.Query)&token=$($settings.Query)"
Invoke-Step 'web address' { [pscustomobject]@{ Uri = $signed } | Send-GPhotoMediaItem -WhatIf @loud; Send-GPhotoMediaItem -Uri $signed -Album canary @loud }
Invoke-Step 'web address refused' {
    Send-GPhotoMediaItem -Uri "${endpoint}emulator/items/none/original?sig=$($settings.Query)", "http://example.com/a.jpg?sig=$($settings.Query)",
    "https://me:$($settings.Query)@example.com/a.jpg" @loud
}
Invoke-Step 'Takeout' {
    $items = Get-GPhotoTakeoutItem (Join-Path $export *.zip) @loud
    $items
    Get-GPhotoTakeoutItem (Join-Path $export *.zip) -Summary @loud
    $items.Where{ $_ -is [GPhotos.MediaItem] } | Select-Object -First 2 | Save-GPhotoMediaItem (Join-Path $out takeout) -Sidecar @loud
}
Invoke-Step 'change' {
    $album = Get-GPhotoAlbum canary
    $sent = Get-GPhotoMediaItem -Album $album | Select-Object -First 2
    Set-GPhotoMediaItem $sent[0] words -PassThru @loud
    Set-GPhotoAlbum $album -Title canary -CoverMediaItem $sent[0] -PassThru @loud
    Add-GPhotoAlbumEnrichment $album -Text words @loud
    Remove-GPhotoAlbumItem $album $sent[0] -PassThru -Confirm:$false @loud
    Add-GPhotoAlbumItem $album $sent[0] -PassThru @loud
    Set-GPhotoAlbum $album -Title other -WhatIf @loud
    Remove-GPhotoAlbumItem none $sent[0] -Confirm:$false @loud
}
Invoke-Step 'save' { Get-GPhotoMediaItem @loud | Save-GPhotoMediaItem (Join-Path $out saved) -Sidecar @loud }
Invoke-Step 'save again' { Get-GPhotoMediaItem @loud | Save-GPhotoMediaItem (Join-Path $out saved) @loud }
Invoke-Step 'new' { Get-GPhotoMediaItem -New -Destination (Join-Path $out saved) @loud; 'nothing is new' }
Invoke-Step 'what if' { Get-GPhotoMediaItem @loud | Save-GPhotoMediaItem (Join-Path $out never) -WhatIf @loud }
Invoke-Step 'write error' { Get-GPhotoMediaItem @loud | Save-GPhotoMediaItem $client @loud }
Invoke-Step 'compare' { Compare-GPhotoMediaItem $folder -IncludeEqual @loud; Compare-GPhotoMediaItem $folder -Summary @loud }
Invoke-Step 'gallery' { Get-GPhotoMediaItem | Export-GPhotoGallery (Join-Path $out gallery.html) -PassThru @loud }
Invoke-Step 'quota report' { Get-GPhotosQuota @loud; Get-GPhotosQuota -All @loud }
Invoke-Step 'journal' { Get-GPhotoJournal @loud; Update-GPhotoJournal $folder @loud; Update-GPhotoJournal -WhatIf @loud }
Invoke-Step 'bucket' { Get-GPhotoMediaItem | Save-GPhotoMediaItem gs://backup/photos -ServiceAccountPath $key @loud }
Invoke-Step 'bucket missing' { Get-GPhotoMediaItem | Save-GPhotoMediaItem gs://nowhere/photos -ServiceAccountPath $key @loud }
Fault @{ kind = 'oauth.token'; status = 400; body = @{ error = 'invalid_grant'; error_description = 'Invalid JWT Signature.' }; count = 9 }
Invoke-Step 'service account refused' { Get-GPhotoMediaItem | Save-GPhotoMediaItem gs://backup/others -ServiceAccountPath $key @loud }
NoFault
foreach ($file in Get-ChildItem $settings.Keys) {
    Invoke-Step "key file $($file.BaseName)" { Get-GPhotoMediaItem -First 1 | Save-GPhotoMediaItem gs://backup/others -ServiceAccountPath $file.FullName @loud }
}
Invoke-Step 'unknown' { Get-GPhotoMediaItem -Id unknown @loud; Get-GPhotoAlbum -Id unknown @loud; Get-GPhotoMediaItem -Album unknown @loud }
Invoke-Step 'missing file' { Send-GPhotoMediaItem missing.jpg @loud }

# What the server does wrong.
Fault @{ path = '/v1/mediaItems'; status = 503; headers = @{ 'Retry-After' = '0' } }
Invoke-Step 'retry' { Get-GPhotoMediaItem @loud }
Fault @{ path = '/v1/mediaItems'; quota = 'daily' }
Invoke-Step 'quota' { Get-GPhotoMediaItem @loud }
Fault @{ path = '/v1/mediaItems'; body = '<html>' }
Invoke-Step 'nonsense' { Get-GPhotoMediaItem @loud }
Fault @{ path = '/v1/uploads'; status = 403; count = 9 }
Invoke-Step 'upload refused' { Send-GPhotoMediaItem (Join-Path $folder a.jpg) -Force @loud }
NoFault
Fault @{ path = '/v1/mediaItems:batchCreate'; status = 400 }
Invoke-Step 'creation refused' { Send-GPhotoMediaItem (Join-Path $folder a.jpg) -Force @loud }
Fault @{ path = '/v1/mediaItems:batchCreate'; body = @{ newMediaItemResults = @() } }
Invoke-Step 'creation unanswered' { Send-GPhotoMediaItem (Join-Path $folder a.jpg) -Force @loud }
# Sessions: their addresses stand in the journal and are as good as tokens.
Fault @{ kind = 'uploads.*'; breakAfterBytes = 20000000; count = 1 }
Invoke-Step 'large file, broken line' { Send-GPhotoMediaItem (Join-Path $large 1.jpg) -VerifyChecksum @loud }
NoFault
Fault @{ kind = '*finalize'; status = 403; count = 9 }
Invoke-Step 'large file refused' { Send-GPhotoMediaItem (Join-Path $large 2.jpg) @loud }
Invoke-Step 'journal with a session' { Get-GPhotoJournal @loud }
NoFault
Fault @{ kind = 'uploads.query'; status = 403; count = 9 }
Invoke-Step 'question refused' { Send-GPhotoMediaItem (Join-Path $large 2.jpg) @loud }
NoFault
Invoke-Step 'session gone on with' { Send-GPhotoMediaItem (Join-Path $large 2.jpg) @loud }
Fault @{ path = '/v1/mediaItems:batchCreate'; quota = 'daily' }
Invoke-Step 'journal with a token' { Send-GPhotoMediaItem (Join-Path $large 3.jpg) @loud; Get-GPhotoJournal -State Uploaded @loud }
NoFault
Invoke-Step 'sent already' { Send-GPhotoMediaItem $folder -Recurse -AlbumFromFolder @loud }
Invoke-Step 'forgotten' { Get-GPhotoJournal | Remove-GPhotoJournal -WhatIf @loud; Get-GPhotoJournal | Remove-GPhotoJournal -PassThru -Confirm:$false @loud }
Fault @{ path = '/lr/'; status = 404; count = 99 }
Invoke-Step 'download refused' { Get-GPhotoMediaItem @loud | Save-GPhotoMediaItem (Join-Path $out other) @loud }
Invoke-Step 'thumbnail refused' { Get-GPhotoMediaItem | Export-GPhotoGallery (Join-Path $out empty.html) -PassThru @loud }
NoFault
Fault @{ path = '/lr/'; status = 302; headers = @{ Location = 'http://example.com/' }; count = 99 }
Invoke-Step 'download redirected' { Get-GPhotoMediaItem @loud | Save-GPhotoMediaItem (Join-Path $out other) @loud }
NoFault
Fault @{ path = '/lr/'; count = 1; cutAfterBytes = 10 }
Invoke-Step 'download cut' { Get-GPhotoMediaItem -First 1 @loud | Save-GPhotoMediaItem (Join-Path $out other) @loud }
NoFault
Fault @{ path = '/token'; status = 400; body = @{ error = 'invalid_grant'; error_description = 'Bad Request' }; count = 9 }
Invoke-Step 'renewal refused' { Connect-GPhotos @loud }
Fault @{ path = '/revoke'; status = 400; count = 9 }
Invoke-Step 'revocation refused' { Disconnect-GPhotos -Revoke @loud }
NoFault

# Sign-ins that are made elsewhere, kept elsewhere, carried elsewhere.
Invoke-Step 'refresh token' { Connect-GPhotos -RefreshToken $refreshToken -ClientSecretPath $client @loud; Get-GPhotoMediaItem @loud }
Invoke-Step 'access token' { Connect-GPhotos -AccessToken $accessToken @loud; Get-GPhotoMediaItem @loud }
Invoke-Step 'tokens made up' {
    Connect-GPhotos -AccessToken (ToSecret "ya29.$('made-up-' * 8)") @loud
    Connect-GPhotos -RefreshToken (ToSecret "1//0$('made-up-' * 8)") -ClientSecretPath $client @loud
}
Invoke-Step 'pick' { Select-GPhotoMediaItem -NoBrowser -KeepSession @loud | Save-GPhotoMediaItem (Join-Path $out picked) -Sidecar @loud }
Fault @{ path = '/ppa/'; status = 403; count = 99 }
Invoke-Step 'pick refused' { Select-GPhotoMediaItem -NoBrowser @loud | Save-GPhotoMediaItem (Join-Path $out unpicked) @loud }
NoFault
Fault @{ path = '/ppa/'; status = 302; headers = @{ Location = 'https://example.com/' }; count = 99 }
Invoke-Step 'pick redirected' { Select-GPhotoMediaItem -NoBrowser @loud | Save-GPhotoMediaItem (Join-Path $out unpicked) @loud }
NoFault
Fault @{ path = '/picker/v1/mediaItems'; status = 404; count = 9 }
Invoke-Step 'picked no more' { Select-GPhotoMediaItem -NoBrowser @loud }
NoFault
$vault = @{}
function global:Get-Secret { param($Name, $Vault) if ($Name -notin $vault.Keys) { throw "The secret $Name was not found." }; $vault[$Name] }
function global:Set-Secret { param($Name, $Secret, $Vault) $vault[$Name] = $Secret.Copy() }
function global:Remove-Secret { param($Name, $Vault) $vault.Remove($Name) }
Invoke-Step 'vault' { SignIn @{ ProfileName = 'locked'; Vault = 'mine' }; Connect-GPhotos -ProfileName locked @loud; Get-GPhotosContext @loud }
function global:Get-Secret { param($Name, $Vault) throw 'The vault is locked.' }
function global:Set-Secret { param($Name, $Secret, $Vault) throw 'The vault is locked.' }
Invoke-Step 'vault locked' { Connect-GPhotos -ProfileName locked @loud; SignIn @{ ProfileName = 'locked'; Vault = 'mine' }; Disconnect-GPhotos locked @loud }
Remove-Item function:Get-Secret, function:Set-Secret, function:Remove-Secret
Invoke-Step 'sign-in that stays' { SignIn @{ ProfileName = 'stays' }; Get-GPhotoMediaItem @loud }
if (Get-Command Export-GPhotosProfile -ErrorAction Ignore) {
    Invoke-Step 'carried' {
        SignIn @{ ProfileName = 'carried' }
        $file = Join-Path $out sign-in.json
        Export-GPhotosProfile -ProfileName carried -Path $file -Passphrase $passphrase @loud
        Export-GPhotosProfile -ProfileName carried -Path $file -Passphrase $passphrase @loud
        Import-GPhotosProfile $file -Passphrase (ToSecret wrong) @loud
        Import-GPhotosProfile $file -Passphrase $passphrase @loud
        Import-GPhotosProfile $file -Passphrase $passphrase -Force @loud
        Import-GPhotosProfile $client -Passphrase $passphrase @loud
    }
}
Fault @{ path = '/tokeninfo'; status = 503; count = 1; headers = @{ 'Retry-After' = '0' } }
Invoke-Step 'tokeninfo repeated' { Connect-GPhotos -AccessToken $accessToken @loud }
Fault @{ path = '/tokeninfo'; status = 400; count = 9 }
Invoke-Step 'tokeninfo refused' { Connect-GPhotos -AccessToken $accessToken @loud }
NoFault
Invoke-Step 'nobody listens' { Connect-GPhotos -RefreshToken $refreshToken -ClientSecretPath $client -Endpoint http://127.0.0.1:9/ @loud }
Invoke-Step 'endpoint refused' { Connect-GPhotos -ClientSecretPath $client -Endpoint "https://me:$($settings.Query)@example.com/?key=$($settings.Query)" @loud }
foreach ($how in 'passwordChanged', 'rapt', 'removed', 'clientDisabled', 'accountDisabled') {
    Invoke-Step "ended: $how" {
        Connect-GPhotos -RefreshToken (RefreshToken) -ClientSecretPath $client -ProfileName ended @loud
        $null = Admin oauth/end @{ how = $how }
        $null = Invoke-RestMethod "${endpoint}emulator/tokens" -Method Delete
        Get-GPhotoMediaItem @loud
        Send-GPhotoMediaItem (Join-Path $folder b.jpg) -Force @loud
    }
}
$env:BROWSER = '/no/such/browser'
$env:GPHOTOS_INTERACTIVE = '1'
Invoke-Step 'no browser' { Connect-GPhotos -ClientSecretPath $client @loud }
Invoke-Step 'sign out' { Disconnect-GPhotos -ProfileName default -Revoke @loud }
Invoke-Step 'damaged profile' {
    Set-Content (Join-Path ([Environment]::GetFolderPath('LocalApplicationData')) GPhotos default.profile.json) '{ "refreshToken": "emu-refresh-damaged-damaged" '
    Connect-GPhotos @loud
    Get-GPhotosContext -ListAvailable @loud
}
Remove-Item (Join-Path ([Environment]::GetFolderPath('LocalApplicationData')) GPhotos default.profile.json) -ErrorAction Ignore

'step errors of the past'
foreach ($one in $Error) { Format-Everything $one }
$null = Stop-Transcript
"ran: $($global:ran -join ', ')"
'done'
