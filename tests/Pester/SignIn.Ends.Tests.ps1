#Requires -Version 7.6

# How sign-ins end, what is told then, and how one is made again. The emulator's clock only goes forward: the order is that of the days.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator -ArgumentList '--items', '2'
    $client = Save-ClientSecret (Join-Path $TestDrive client.json)
    $backup = (Resolve-Path (Join-Path $PSScriptRoot ../../samples/schedules/backup.ps1)).Path
    $shell = (Get-Process -Id $PID).Path

    function Days([int] $count) { $null = Invoke-Emulator clock -Method Post -Body @{ advanceSeconds = 86400 * $count } }

    function Rule([hashtable] $rules) { $null = Invoke-Emulator oauth -Method Post -Body $rules }

    function SignOut {
        $env:GPHOTOS_PROFILE = $null
        while (Get-GPhotosContext -ErrorAction Ignore) { Disconnect-GPhotos }
    }

    # The job of a schedule, and what it left in its log.
    function Backup([string] $log) {
        $start = [System.Diagnostics.ProcessStartInfo]::new($shell, [string[]]@('-NoProfile', '-NonInteractive', '-File', $backup, '-Destination', (Join-Path $TestDrive saved), '-LogPath', $log))
        $start.Environment['PSModulePath'] = (Resolve-Path (Join-Path $PSScriptRoot ../../output)).Path + [System.IO.Path]::PathSeparator + $env:PSModulePath
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $null, $problem = $process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync()
        $process.WaitForExit()
        [pscustomobject]@{ ExitCode = $process.ExitCode; Problem = $problem.Result.Trim(); Log = @(Get-Content $log) }
    }

    # A person at the prompt: a browser that approves, and counts how often it was opened.
    $opened = Join-Path $TestDrive opened
    $browser = Join-Path $TestDrive browser.sh
    if (-not $IsWindows) {
        $tools = Resolve-Path (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)
        Set-Content $browser "#!/bin/sh`necho '`$1' >> '$opened'`nexec '$shell' -NoProfile -NonInteractive -Command `"Import-Module '$tools'; Approve-ConsentPage '`$1'`""
        [System.IO.File]::SetUnixFileMode($browser, [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute')
    }
}

AfterAll {
    $env:GPHOTOS_PROFILE = $null
    Stop-TestEmulator
}

Describe 'A sign-in while the project is in Testing' {
    AfterAll { SignOut }

    It 'tells its end at the sign-in, in a warning and in the context' {
        Rule @{ publishingStatus = 'testing' }
        $output = @(Connect-ThroughPage $client -Parameter @{ WarningAction = 'Continue' } 3>&1)

        $output.Count | Should -Be 2
        "$($output[0])" | Should -BeLike '*Testing*seven days*Publish app*'
        $context = $output[1]
        ($context.SignInEndsAt - $context.SignedInAt).TotalDays | Should -BeGreaterThan 6.99
        $context.SignInTimeLeft.TotalDays | Should -BeGreaterThan 6.9
        $context.SignInTimeLeft.TotalDays | Should -BeLessOrEqual 7.01
    }

    It 'is ended on day seven, and says why and what to do' {
        Days 7
        $record = Get-ErrorOf { Connect-GPhotos }

        Assert-GPhotosError $record -Id SignInExpired -Category AuthenticationError -Target $null
        $record.Exception.LikelyReason | Should -Be TestingMode
        "$record" | Should -BeLike '*invalid_grant*while the OAuth client''s project was in Testing*'
        $record.ErrorDetails.RecommendedAction | Should -BeLike '*Publish app*Connect-GPhotos*'
    }

    It 'ends the job of a schedule with 2, and the one line in its log says why and what to do, however often it runs' {
        foreach ($night in 1, 2) {
            $log = Join-Path $TestDrive "night$night.log"
            $run = Backup $log

            $run.ExitCode | Should -Be 2
            $run.Log.Count | Should -Be 1
            $run.Log[0] | Should -BeLike '* SIGN-IN NEEDED * 1 failed *in Testing, where Google ends every sign-in after seven days*what to do: *Publish app*Connect-GPhotos*'
            $run.Problem | Should -BeExactly $run.Log[0]
        }
    }

    It 'is never made anew where nobody is' -Skip:$IsWindows {
        $env:BROWSER = $browser
        try { $lines = @(Invoke-ChildShell -Script 'try { Connect-GPhotos } catch { "$($_.FullyQualifiedErrorId) $($_.Exception.LikelyReason)" }') }
        finally { $env:BROWSER = $null }

        $lines | Should -BeLike 'SignInExpired,* TestingMode'
        $opened | Should -Not -Exist
    }

    It 'is made anew at the prompt by Connect-GPhotos alone, with the kept client and the same scopes' -Skip:$IsWindows {
        $before = Get-GPhotosContext
        $env:BROWSER, $env:GPHOTOS_INTERACTIVE = $browser, '1'
        try { $output = @(Connect-GPhotos -WarningAction Continue 3>&1 6>&1) }
        finally { $env:BROWSER = $env:GPHOTOS_INTERACTIVE = $null }

        $output.Count | Should -Be 3
        "$($output[0])" | Should -BeLike '*no longer takes the sign-in*Sign in again:'
        "$($output[1])" | Should -BeLike '*Publish app*' -Because 'this one ends after seven days, too'
        $output[2].Scopes | Should -Be $before.Scopes
        $output[2].ClientId | Should -Be $before.ClientId
        $output[2].Store | Should -Be File
        $output[2].SignedInAt | Should -BeGreaterThan $before.SignedInAt
        @(Get-Content $opened).Count | Should -Be 1
        (Backup (Join-Path $TestDrive cured.log)).ExitCode | Should -Be 0
    }
}

Describe 'A sign-in that ended' {
    BeforeAll { Rule @{ publishingStatus = 'inProduction' } }

    AfterEach {
        Rule @{ publishingStatus = 'inProduction'; grantLifetime = $null; maximumRefreshTokens = 100; restricted = $null }
        SignOut
    }

    It 'says <Reason> when <How>' -ForEach @(
        @{ How = 'the user removed the app'; Reason = 'Revoked'; End = { $null = Invoke-Emulator oauth/end -Method Post -Body @{ how = 'removed' } }; Why = 'myaccount.google.com/connections'; Cure = 'Connect-GPhotos at a prompt' }
        @{ How = 'the organisation asks for a new sign-in'; Reason = 'SessionControl'; End = { $null = Invoke-Emulator oauth/end -Method Post -Body @{ how = 'rapt' } }; Why = 'organisation'; Cure = 'administrator' }
        @{ How = 'the account signed in once too often with this client'; Reason = 'Revoked'; End = {
                Rule @{ maximumRefreshTokens = 1 }
                $null = Connect-ThroughPage $client -Parameter @{ ProfileName = 'another' }
                Disconnect-GPhotos another
            }; Why = '101st sign-in'; Cure = 'Connect-GPhotos at a prompt'
        }
        @{ How = 'the time was over that the user had granted'; Reason = 'TimeLimit'; Life = 86400 * 30; End = { Days 31 }; Why = 'granted for a time, until 20'; Cure = 'without a limit' }
        @{ How = 'nobody used it for six months'; Reason = 'Unused'; End = { Days 190 }; Why = 'six months'; Cure = 'twice a year' }
    ) {
        Rule @{ grantLifetime = $_['Life'] }
        $null = Connect-ThroughPage $client -Parameter @{ WarningAction = 'Ignore' }
        & $End
        # Some ends leave the access token its hour.
        $null = Invoke-Emulator tokens -Method Delete

        # The second finds what the first left behind.
        foreach ($time in 1, 2) {
            $record = Get-ErrorOf { Connect-GPhotos }
            Assert-GPhotosError $record -Id SignInExpired -Category AuthenticationError -Target $null
            $record.Exception.LikelyReason | Should -Be $Reason
            "$record" | Should -BeLike "*invalid_grant*$Why*"
            $record.ErrorDetails.RecommendedAction | Should -BeLike "*$Cure*"
        }

        # The cmdlets that go on with it are told the same, and by their own call.
        Assert-GPhotosError (Get-ErrorOf { Get-GPhotoMediaItem }) -Id SignInExpired -Category AuthenticationError -Target $null
    }

    It 'is not taken for one that goes on while its access token is still on file' {
        $null = Connect-ThroughPage $client
        $null = Invoke-Emulator oauth/end -Method Post -Body @{ how = 'removed' }

        $lines = @(Invoke-ChildShell -Script 'foreach ($script in { Get-GPhotoMediaItem }, { Connect-GPhotos }, { Get-GPhotoMediaItem }) { try { & $script } catch { $_.FullyQualifiedErrorId.Split(",")[0] } }')
        $lines | Should -Be 'SignInExpired', 'SignInExpired', 'SignInExpired'
    }

    It 'is gone on with by a session that is open when somebody signs in anew in another' {
        $null = Connect-ThroughPage $client
        $null = Invoke-Emulator 'tokens?refresh=true' -Method Delete
        Assert-GPhotosError (Get-ErrorOf { Get-GPhotoMediaItem }) -Id SignInExpired -Category AuthenticationError -Target $null

        $tools = (Resolve-Path (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)).Path
        $null = Invoke-ChildShell -ArgumentList "$tools|$client" -Script @'
$tools, $client = $Arguments[0].Split('|')
Import-Module $tools
Connect-GPhotos -ClientSecretPath $client -NoBrowser 6>&1 | ForEach-Object {
    if ($_ -is [System.Management.Automation.InformationRecord]) { Approve-ConsentPage ([regex]::Match("$_", 'http\S+').Value) }
}
'@
        @(Get-GPhotoMediaItem).Count | Should -Be 2
    }

    It 'says what became of the OAuth client when it is <How>' -ForEach @(
        @{ How = 'clientDeleted'; Cure = 'restored' }
        @{ How = 'clientDisabled'; Cure = 'disabled' }
    ) {
        # Nothing brings one back: each time another.
        $file = Join-Path $TestDrive "$How.json"
        Invoke-WebRequest ([uri]::new([uri]$env:GPHOTOS_ENDPOINT, "emulator/client_secret.json?client=$How")) -OutFile $file
        $null = Connect-ThroughPage $file
        $null = Invoke-Emulator oauth/end -Method Post -Body @{ how = $How; clientId = "emulator-client.$How" }
        $null = Invoke-Emulator tokens -Method Delete
        $record = Get-ErrorOf { Connect-GPhotos }

        Assert-GPhotosError $record -Id SignInFailed -Category AuthenticationError -Target $null
        "$record" | Should -BeLike "*$Cure*https://console.cloud.google.com/auth/clients*"
    }

    It 'says that id and secret are of no client' {
        $file = Join-Path $TestDrive wrong.json
        Get-Content $client -Raw | ForEach-Object { $_ -replace 'emulator-secret', 'not-the-secret' } | Set-Content $file
        $record = Get-ErrorOf { Connect-ThroughPage $file }

        Assert-GPhotosError $record -Id SignInFailed -Category AuthenticationError -Target $null
        "$record" | Should -BeLike '*invalid_client*https://console.cloud.google.com/auth/clients*'
    }

    It 'says who is not let in when the answer of the page is <_>' -ForEach 'org_internal', 'admin_policy_enforced', 'access_denied' {
        $record = Get-ErrorOf {
            Connect-ThroughPage $client -Answer {
                param($page)
                $query = [System.Web.HttpUtility]::ParseQueryString(([uri]$page).Query)
                $null = Invoke-WebRequest "$($query['redirect_uri'])?error=$_&state=$($query['state'])"
            }
        }

        Assert-GPhotosError $record -Id SignInFailed -Category AuthenticationError -Target $null
        "$record" | Should -BeLike "*'$_'.*$(@{ org_internal = 'Internal*auth/audience'; admin_policy_enforced = 'administrator'; access_denied = 'test user*auth/audience' }[$_])*"
    }
}

Describe 'The default profile' {
    BeforeAll {
        foreach ($name in 'work', 'home', 'spare') { $null = Connect-ThroughPage $client -Parameter @{ ProfileName = $name } }
        $folder = Join-Path ([Environment]::GetFolderPath('LocalApplicationData', 'DoNotVerify')) GPhotos

        # What a session sees that has just begun.
        function Fresh([hashtable] $environment = @{}) {
            $kept = $env:GPHOTOS_PROFILE
            $env:GPHOTOS_PROFILE = $environment['GPHOTOS_PROFILE']
            try {
                Invoke-ChildShell -Script @'
foreach ($script in { (Get-GPhotosContext -ErrorAction Stop) | ForEach-Object { "$_ $($_.IsDefault)" } }, { @(Get-GPhotoMediaItem).Count }) {
    try { & $script } catch { "$($_.FullyQualifiedErrorId.Split(',')[0]): $_" }
}
'@
            }
            finally { $env:GPHOTOS_PROFILE = $kept }
        }
    }

    AfterAll { foreach ($name in 'work', 'home', 'spare', 'Work') { Disconnect-GPhotos $name -ErrorAction Ignore } }

    It 'is the first that was kept' { Fresh | Should -Be 'work True', '2' }

    It 'is the one of $env:GPHOTOS_PROFILE' { Fresh @{ GPHOTOS_PROFILE = 'home' } | Should -Be 'home True', '2' }

    It 'is none, and says which there are, when $env:GPHOTOS_PROFILE names one that is not kept' {
        foreach ($line in Fresh @{ GPHOTOS_PROFILE = 'nobody' }) {
            $line | Should -BeLike "NotConnected: *profile 'nobody', which GPHOTOS_PROFILE names. Kept are: home, spare, work."
        }
    }

    It 'is told where it comes from when $env:GPHOTOS_PROFILE holds no name' {
        foreach ($line in Fresh @{ GPHOTOS_PROFILE = '../work' }) { $line | Should -BeLike "InvalidRequest: *GPHOTOS_PROFILE holds '../work'*" }
    }

    It 'is another after -Default, and none after it was forgotten' {
        $null = Connect-GPhotos -ProfileName spare -Default
        (Get-GPhotosContext -ListAvailable | Where-Object IsDefault).ProfileName | Should -Be spare
        Disconnect-GPhotos spare

        (Get-ErrorOf { Connect-GPhotos }).TargetObject | Should -Be default
        (Connect-GPhotos -ProfileName home -Default).IsDefault | Should -BeTrue
    }

    It 'is none when its file is damaged, and Connect-GPhotos -Default mends that' {
        [System.IO.File]::WriteAllBytes((Join-Path $folder default-profile), [byte[]](0, 255, 1, 10, 13, 47))
        (Get-ErrorOf { Connect-GPhotos }).FullyQualifiedErrorId | Should -BeLike 'NotConnected,*'
        (Connect-GPhotos -ProfileName work -Default).IsDefault | Should -BeTrue
        @(Get-GPhotosContext -ListAvailable).Count | Should -Be 2
    }

    It 'and the others are listed though one is damaged and another exposed' -Skip:$IsWindows {
        $paths = 'broken', 'open' | ForEach-Object { Join-Path $folder "$_.profile.json" }
        Copy-Item (Join-Path $folder work.profile.json) $paths[1]
        Set-Content $paths[0] '{ half'
        [System.IO.File]::SetUnixFileMode($paths[0], [System.IO.UnixFileMode]'UserRead, UserWrite')
        [System.IO.File]::SetUnixFileMode($paths[1], [System.IO.UnixFileMode]'UserRead, UserWrite, OtherRead')
        try { $all = @(Get-GPhotosContext -ListAvailable 2>&1) }
        finally { Remove-Item $paths }

        $all.Count | Should -Be 4
        @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] }) | Should -Be 'ProfileDamaged', 'ProfileExposed'
        @($all | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] }).ProfileName | Should -Be 'home', 'work'
    }

    It 'is forgotten however its name is spelt' {
        Disconnect-GPhotos WORK
        Join-Path $folder work.profile.json | Should -Not -Exist
        (Get-GPhotosContext -ListAvailable).ProfileName | Should -Be home
    }
}
