#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $emulator = Start-TestEmulator -ArgumentList '--foreign-items', '250', '--short-pages', '--picker-poll-interval', '0.05'
    $null = Connect-TestSession -Picker

    # A browser that only writes down what it was shown.
    $shown = Join-Path $TestDrive shown.txt
    $browser = Join-Path $TestDrive browser.sh
    if (-not $IsWindows) {
        Set-Content $browser "#!/bin/sh`necho `"`$1`" >> '$shown'"
        [System.IO.File]::SetUnixFileMode($browser, [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute')
    }

    $savedBrowser, $savedInteractive = $env:BROWSER, $env:GPHOTOS_INTERACTIVE
    $env:BROWSER, $env:GPHOTOS_INTERACTIVE = $browser, '1'

    function Set-Picker([hashtable] $Setting) { $null = Invoke-Emulator picker -Method Post -Body $Setting }

    # What somebody does at the page: nothing, or picks so many and chooses Done.
    function Set-Person([Nullable[int]] $Picks, [int] $AfterMilliseconds = 100) {
        Set-Picker @{ autoPick = $Picks; autoPickAfterMilliseconds = $AfterMilliseconds }
    }

    function Get-OpenSession { @((Invoke-Emulator picker).sessions | Where-Object state -In 'picking', 'picked') }

    function Clear-Session { foreach ($session in Get-OpenSession) { $null = Invoke-Emulator "picker/$($session.id)/expire" -Method Post -Body @{} } }

    function Assert-NoSession { (Invoke-Emulator picker).live | Should -Be 0 -Because 'a session that is left open counts against the user' }

    function Assert-Served([object[]] $Result) {
        foreach ($one in $Result) {
            $stream = (Invoke-WebRequest ([uri]::new($emulator.Endpoint, "emulator/items/$($one.Id)/served"))).RawContentStream
            $stream.Position = 0
            $one.Sha256 | Should -BeExactly (Get-FileHash -InputStream $stream -Algorithm SHA256).Hash.ToLowerInvariant()
        }
    }
}

AfterAll {
    $env:BROWSER, $env:GPHOTOS_INTERACTIVE = $savedBrowser, $savedInteractive
    Stop-TestEmulator
}

Describe 'Select-GPhotoMediaItem' {
    BeforeEach {
        Clear-Fault
        Set-Person 5
        Set-Picker @{ timeoutMilliseconds = 1800000; sessionLimit = 20; inactiveUsers = @() }
        Clear-Session
        Reset-CallCount
    }

    It 'says so with the page to enable it where the API is not enabled, and keeps the sign-in' {
        $null = Invoke-Emulator oauth -Method Post -Body @{ disabledApis = @('photospicker') }
        try { $record = Get-ErrorOf { Select-GPhotoMediaItem 6>$null } } finally { $null = Invoke-Emulator oauth -Method Post -Body @{ disabledApis = @() } }

        Assert-GPhotosError $record -Id ApiDisabled -Category PermissionDenied -Target $null
        $record.ErrorDetails.RecommendedAction | Should -Match 'Google Photos Picker API.* at https://console\.\S+photospicker\.googleapis\.com'
        @(Select-GPhotoMediaItem 6>$null).Count | Should -Be 5
    }

    It 'gives what was picked, and leaves no session' {
        $items = @(Select-GPhotoMediaItem 6>$null)

        $items.Count | Should -Be 5
        foreach ($item in $items) {
            $item | Should -BeOfType ([GPhotos.MediaItem])
            "$($item.Source)" | Should -Be 'Picker'
            $item.Id, $item.FileName, $item.MimeType | Should -Not -BeNullOrEmpty
        }
        Assert-NoSession
        (Get-CallCount).PSObject.Properties.Name | Where-Object { $_ -like 'mediaItems.*' } | Should -BeNullOrEmpty
    }

    It 'opens the page that closes itself in the browser' -Skip:$IsWindows {
        Remove-Item $shown -ErrorAction Ignore
        $said = Select-GPhotoMediaItem 6>&1 | Where-Object { $_ -is [System.Management.Automation.InformationRecord] }

        Wait-Until { Test-Path $shown }
        $page = (Invoke-Emulator picker).sessions[-1].pickerUri
        Get-Content $shown | Should -Be "$page/autoclose"
        "$said" | Should -Match ([regex]::Escape($page))
    }

    It 'prints the plain address and a QR code with -NoBrowser' {
        Remove-Item $shown -ErrorAction Ignore
        $said = Select-GPhotoMediaItem -NoBrowser 6>&1 | Where-Object { $_ -is [System.Management.Automation.InformationRecord] }

        $page = (Invoke-Emulator picker).sessions[-1].pickerUri
        "$said" | Should -Match "(?m)^$([regex]::Escape($page))\r?$"
        "$said" | Should -Not -Match 'autoclose'
        @("$said" -split '\n' | Where-Object { $_ -match '^[█▀▄ ]{20,}$' }).Count | Should -BeGreaterThan 10
        Test-Path $shown | Should -BeFalse
    }

    It 'prints them where no browser can be started' -Skip:$IsWindows {
        $env:BROWSER = Join-Path $TestDrive no-such-browser
        try { $said = Select-GPhotoMediaItem 6>&1 | Where-Object { $_ -is [System.Management.Automation.InformationRecord] } }
        finally { $env:BROWSER = $browser }

        "$said" | Should -Match '█'
        Assert-NoSession
    }

    It 'lets Google bound what can be picked by -MaximumCount' {
        $null = Select-GPhotoMediaItem -MaximumCount 7 6>$null

        (Invoke-Emulator picker).sessions[-1].maxItemCount | Should -Be 7
        { Select-GPhotoMediaItem -MaximumCount 0 } | Should -Throw
        { Select-GPhotoMediaItem -MaximumCount 2001 } | Should -Throw
    }

    It 'gives nothing and ends the session when nothing was picked' {
        Set-Person 0
        @(Select-GPhotoMediaItem 6>$null).Count | Should -Be 0
        Assert-NoSession
    }

    It 'saves all of 250 items through every page while their addresses end again and again, and a second run downloads nothing' {
        Set-Person 250
        $folder = New-TestFolder $TestDrive
        $seen = 0
        $results = @(Select-GPhotoMediaItem 6>$null | Save-GPhotoMediaItem $folder -ThrottleLimit 4 | ForEach-Object {
                if (++$seen -in 30, 120, 200) { $null = Invoke-Emulator base-urls/expire -Method Post -Body @{} }
                $_
            })

        @($results | Where-Object Status -EQ Saved).Count | Should -Be 250
        Assert-SavedFile $results
        Assert-Served $results
        Assert-NoSession

        Reset-CallCount
        $again = @(Select-GPhotoMediaItem 6>$null | Save-GPhotoMediaItem $folder)
        @($again | Where-Object Status -EQ AlreadySaved).Count | Should -Be 250
        Get-CallCount picker.media.get | Should -Be 0
    }

    It 'leaves no session when the pipeline has enough with the first item' {
        Set-Person 250
        @(Select-GPhotoMediaItem 6>$null | Select-Object -First 1).Count | Should -Be 1
        Assert-NoSession
        Wait-Quiet
    }

    It 'leaves no session when something downstream throws' {
        { Select-GPhotoMediaItem 6>$null | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
        Assert-NoSession
    }

    It 'keeps the session with -KeepSession, tells how to go on with it, and gives the same items by -SessionId' {
        $output = @(Select-GPhotoMediaItem -KeepSession 6>&1)
        $items = @($output | Where-Object { $_ -is [GPhotos.MediaItem] })
        $kept = @(Get-OpenSession)

        $kept.Count | Should -Be 1
        "$($output | Where-Object { $_ -isnot [GPhotos.MediaItem] })" | Should -Match "Select-GPhotoMediaItem -SessionId $([regex]::Escape($kept[0].id))"

        $null = Invoke-Emulator base-urls/expire -Method Post -Body @{}
        $results = @($items | Save-GPhotoMediaItem (New-TestFolder $TestDrive))
        @($results | Where-Object Status -EQ Saved).Count | Should -Be 5

        $again = @(Select-GPhotoMediaItem -SessionId $kept[0].id 6>$null)
        $again.Id | Sort-Object | Should -Be ($items.Id | Sort-Object)
        Assert-NoSession
    }

    It 'waits in a kept session that nobody picked in yet' {
        Set-Person $null
        $run = Use-Pipeline 'Select-GPhotoMediaItem -KeepSession'
        Wait-Until { @(Get-OpenSession).Count -eq 1 -and (Get-CallCount picker.sessions.get) -gt 0 }
        $null = Stop-Pipeline $run
        $session = @(Get-OpenSession)[0].id

        $null = Invoke-Emulator "picker/$session/pick" -Method Post -Body @{ first = 3; afterMilliseconds = 300 }
        @(Select-GPhotoMediaItem -SessionId $session 6>$null).Count | Should -Be 3
        Assert-NoSession
    }

    It 'fails with PickingTimedOut when Google''s time is over, and leaves no session' {
        Set-Person $null
        Set-Picker @{ timeoutMilliseconds = 400 }
        $record = Get-ErrorOf { Select-GPhotoMediaItem 6>$null }

        Assert-GPhotosError $record -Id PickingTimedOut -Category OperationTimeout -Target (Invoke-Emulator picker).sessions[-1].id
        Assert-NoSession
    }

    It 'fails with PickingTimedOut when -Timeout is over' {
        Set-Person $null
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $record = Get-ErrorOf { Select-GPhotoMediaItem -Timeout 0.4 6>$null }

        Assert-GPhotosError $record -Id PickingTimedOut -Category OperationTimeout -Target (Invoke-Emulator picker).sessions[-1].id
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 10
        Assert-NoSession
    }

    It 'names each item that was not saved when the session ends in mid-save, and saves the others' {
        Set-Person 120
        $folder = New-TestFolder $TestDrive
        $seen = 0
        $output = @(Select-GPhotoMediaItem 6>$null | Save-GPhotoMediaItem $folder -ThrottleLimit 2 2>&1 | ForEach-Object {
                if (++$seen -eq 20) {
                    $null = Invoke-Emulator "picker/$(@(Get-OpenSession)[0].id)/expire" -Method Post -Body @{}
                    $null = Invoke-Emulator base-urls/expire -Method Post -Body @{}
                }
                $_
            })

        $failed = @($output | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        $results = @($output | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] })
        $results.Count + $failed.Count | Should -Be 120
        $results.Status | Select-Object -Unique | Should -Be 'Saved'
        $failed.Count | Should -BeGreaterThan 0
        foreach ($record in $failed) {
            Assert-GPhotosError $record -Id PickingSessionExpired -Category ObjectNotFound -Target $record.TargetObject
            $record.TargetObject | Should -BeOfType ([GPhotos.MediaItem])
            "$record" | Should -Match ([regex]::Escape($record.TargetObject.FileName))
        }
        @(@($results.Id) + @($failed.TargetObject.Id) | Select-Object -Unique).Count | Should -Be 120
        Assert-NoSession
    }

    It 'fails with PickingSessionExpired for a session that is over' {
        Assert-GPhotosError (Get-ErrorOf { Select-GPhotoMediaItem -SessionId gone 6>$null }) -Id PickingSessionExpired -Category ObjectNotFound -Target gone
    }

    It 'fails with PickingSessionLimitReached at once when too many sessions are open' {
        Set-Picker @{ sessionLimit = 1 }
        $null = Select-GPhotoMediaItem -KeepSession 6>$null
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $record = Get-ErrorOf { Select-GPhotoMediaItem 6>$null }

        Assert-GPhotosError $record -Id PickingSessionLimitReached -Category LimitsExceeded -Target $null
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 10
    }

    It 'fails with PermissionDenied for a user without an active account' {
        Set-Picker @{ inactiveUsers = @('user') }
        Assert-GPhotosError (Get-ErrorOf { Select-GPhotoMediaItem 6>$null }) -Id PermissionDenied -Category PermissionDenied -Target $null
    }

    It 'warns when the session of a pick that failed cannot be ended' {
        Set-Person $null
        Add-Fault @{ kind = 'picker.sessions.delete'; status = 403; count = 1; body = @{ error = @{ code = 403; status = 'PERMISSION_DENIED'; message = 'no' } } }
        $warnings = @(& { try { Select-GPhotoMediaItem -Timeout 0.2 6>$null 3>&1 } catch { Write-Debug "$_" } } | Where-Object { $_ -is [System.Management.Automation.WarningRecord] })

        $warnings.Count | Should -Be 1
        "$warnings" | Should -Match 'could not be ended'
    }
}

Describe 'Select-GPhotoMediaItem where nobody is' {
    BeforeEach { Clear-Fault; Clear-Session; Set-Person 5; $env:GPHOTOS_INTERACTIVE = $null; Reset-CallCount }

    AfterEach { $env:GPHOTOS_INTERACTIVE = '1' }

    It 'fails at once and spends no call' {
        $lines = @(Invoke-ChildShell -Script @'
$null = Connect-GPhotos -AccessToken (ConvertTo-SecureString $Arguments[0] -AsPlainText -Force) -WarningAction Ignore
try { Select-GPhotoMediaItem } catch { "$($_.FullyQualifiedErrorId) $_" }
'@ -ArgumentList (Invoke-Emulator tokens -Method Post -Body @{ scopes = @('photospicker.mediaitems.readonly') }).access_token)

        $lines | Should -Match '^InvalidRequest.*Nobody is here to pick.*-NoBrowser'
        Get-CallCount picker.sessions.create | Should -Be 0
    }

    It 'prints the address and waits with -NoBrowser' {
        $lines = @(Invoke-ChildShell -Script @'
$null = Connect-GPhotos -AccessToken (ConvertTo-SecureString $Arguments[0] -AsPlainText -Force) -WarningAction Ignore
"picked $(@(Select-GPhotoMediaItem -NoBrowser).Count)"
'@ -ArgumentList (Invoke-Emulator tokens -Method Post -Body @{ scopes = @('photospicker.mediaitems.readonly') }).access_token)

        $lines | Should -Contain 'picked 5'
        "$lines" | Should -Match 'http://\S+/picker/'
        Assert-NoSession
    }
}

Describe 'Select-GPhotoMediaItem and Ctrl+C' {
    BeforeEach {
        Clear-Fault
        Clear-Session
        Reset-CallCount
    }

    AfterEach { Clear-Fault }

    It 'leaves no session when it comes while the session is opened' {
        Set-Person $null
        Add-Fault @{ kind = 'picker.sessions.create'; latencyMs = 1500 }
        $run = Use-Pipeline 'Select-GPhotoMediaItem'
        Wait-Until { (Invoke-Emulator stats).inFlight -gt 0 }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 8
        Get-CallCount picker.sessions.create | Should -Be 1
        Assert-NoSession
        Wait-Quiet
    }

    It 'leaves no session when it comes while the person picks' {
        Set-Person $null
        $run = Use-Pipeline 'Select-GPhotoMediaItem'
        Wait-Until { (Get-CallCount picker.sessions.get) -gt 1 }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 8
        Assert-NoSession
        Wait-Quiet
    }

    It 'leaves no session when it comes while what was picked is listed' {
        Set-Person 250
        Add-Fault @{ kind = 'picker.mediaItems.list'; latencyMs = 1000; after = 1; count = 0 }
        $run = Use-Pipeline 'Select-GPhotoMediaItem'
        Wait-Until { (Get-CallCount picker.mediaItems.list) -gt 1 }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 8
        Assert-NoSession
        Wait-Quiet
    }

    It 'leaves no session and no half file when it comes while items are saved' {
        Set-Person 250
        $folder = New-TestFolder $TestDrive
        Add-Fault @{ kind = 'picker.media.get'; latencyMs = 200; after = 20; count = 0 }
        $run = Use-Pipeline 'Select-GPhotoMediaItem | Save-GPhotoMediaItem $folder' -Variable @{ folder = $folder }
        Wait-Until { (Get-CallCount picker.media.get) -gt 30 }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 8
        Assert-NoSession
        Wait-Quiet
        foreach ($file in Get-SavedFile $folder | Where-Object Extension -NE .partial) { $file.Length | Should -BeGreaterThan 0 }
    }

    It 'is through in some seconds when the session cannot be ended' {
        Set-Person $null
        $run = Use-Pipeline 'Select-GPhotoMediaItem'
        Wait-Until { (Get-CallCount picker.sessions.get) -gt 1 }
        Add-Fault @{ kind = 'picker.sessions.delete'; hang = $true }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 9
    }
}

Describe 'The scope of Select-GPhotoMediaItem' {
    BeforeAll {
        $client = Save-ClientSecret (Join-Path $TestDrive client_secret.json)
        $allScopes = 'photoslibrary.appendonly', 'photoslibrary.readonly.appcreateddata', 'photoslibrary.edit.appcreateddata'
        # Opens the consent page as a person does, and writes down what else it is shown.
        $person = Join-Path $TestDrive person.sh
        $tools = Resolve-Path (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)
        if (-not $IsWindows) {
            Set-Content $person "#!/bin/sh`ncase `"`$1`" in */picker/*) exit 0;; esac`nexec '$((Get-Process -Id $PID).Path)' -NoProfile -NonInteractive -Command `"Import-Module '$tools'; Approve-ConsentPage '`$1' `$PERSON`""
            [System.IO.File]::SetUnixFileMode($person, [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute')
        }
    }

    BeforeEach { Clear-Fault; Clear-Session; Set-Person 5; Reset-CallCount }

    AfterEach { $env:BROWSER, $env:PERSON, $env:GPHOTOS_INTERACTIVE = $browser, $null, '1' }

    AfterAll { $null = Connect-TestSession -Picker }

    It 'is asked for in the browser beside what was granted, once, and kept' -Skip:$IsWindows {
        $null = Connect-ThroughPage $client
        $env:BROWSER = $person
        Reset-CallCount

        @(Select-GPhotoMediaItem 6>$null).Count | Should -Be 5
        (Get-GPhotosContext).Scopes | Sort-Object | Should -Be ($allScopes + 'photospicker.mediaitems.readonly' | Sort-Object)
        Get-CallCount oauth.token | Should -Be 1

        # Another process needs no page any more.
        $lines = @(Invoke-ChildShell -Script '"picked $(@(Select-GPhotoMediaItem -NoBrowser 6>$null).Count), listed $(@(Get-GPhotoMediaItem -WarningAction Ignore).Count)"')
        $lines | Should -Contain 'picked 5, listed 0'
        Assert-NoSession
    }

    It 'serves the cmdlets behind it, which were begun with the sign-in before' -Skip:$IsWindows {
        $null = Connect-ThroughPage $client
        $env:BROWSER = $person
        $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName

        $saved = @(Select-GPhotoMediaItem 6>$null | Save-GPhotoMediaItem -Destination $folder)

        $saved.Status | Should -Be (, 'Saved' * 5)
        Assert-Served $saved
        Assert-NoSession
    }

    It 'leaves the sign-in as it was when it is not granted' -Skip:$IsWindows {
        $null = Connect-ThroughPage $client
        $env:BROWSER, $env:PERSON = $person, '-Scope appendonly, readonly.appcreateddata, edit.appcreateddata'

        Assert-GPhotosError (Get-ErrorOf { Select-GPhotoMediaItem 6>$null }) -Id ScopeMissing -Category PermissionDenied -Target photospicker.mediaitems.readonly
        (Get-GPhotosContext).Scopes | Should -Be $allScopes
        Get-CallCount picker.sessions.create | Should -Be 0
    }

    It 'is named with its command where <Name>' -ForEach @(
        @{ Name = 'no browser is to be opened'; Parameter = @{ NoBrowser = $true }; Interactive = '1'; Browser = $null }
        @{ Name = 'no browser can be started'; Parameter = @{}; Interactive = '1'; Browser = '/no/such/browser' }
    ) {
        $null = Connect-ThroughPage $client
        $env:GPHOTOS_INTERACTIVE = $Interactive
        if ($Browser) { $env:BROWSER = $Browser }
        $record = Get-ErrorOf { Select-GPhotoMediaItem @Parameter 6>$null }

        Assert-GPhotosError $record -Id ScopeMissing -Category PermissionDenied -Target photospicker.mediaitems.readonly
        $record.ErrorDetails.RecommendedAction | Should -Match 'Connect-GPhotos .*-Scope .*photospicker\.mediaitems\.readonly'
    }

    It 'is named for an access token that lacks it' {
        $null = Connect-TestSession
        Assert-GPhotosError (Get-ErrorOf { Select-GPhotoMediaItem 6>$null }) -Id ScopeMissing -Category PermissionDenied -Target photospicker.mediaitems.readonly
    }

    It 'is taken by Connect-GPhotos -Scope, and not missed without it' {
        $output = @(Connect-ThroughPage $client 3>&1)
        $output.Count | Should -Be 1 -Because "nobody is to be warned: $output"

        $output = @(Connect-ThroughPage $client -Parameter @{ Scope = 'photospicker.mediaitems.readonly' } 3>&1)
        $output.Count | Should -Be 1
        $output[0].Scopes | Should -Be 'photospicker.mediaitems.readonly'
        (TabExpansion2 'Connect-GPhotos -Scope photosp' 30).CompletionMatches.CompletionText | Should -Contain 'photospicker.mediaitems.readonly'
    }
}
