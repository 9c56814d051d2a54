#Requires -Version 7.6

# Nobody is there: no terminal, nothing to read, and a browser that would tell on us. All goes by itself or ends with an error and an exit code.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator -ArgumentList '--items', '5'
    $client = Save-ClientSecret (Join-Path $TestDrive client.json)
    $module = Resolve-Path (Join-Path $PSScriptRoot ../../output/GPhotos)
    $trace = Join-Path $TestDrive browser-was-here
    $browser = Join-Path $TestDrive browser.sh
    Set-Content $browser "#!/bin/sh`ntouch '$trace'`n"
    if (-not $IsWindows) { [System.IO.File]::SetUnixFileMode($browser, [System.IO.UnixFileMode]'UserRead, UserWrite, UserExecute') }

    # A shell as a scheduler starts it. It has a time limit: one that waits for somebody would wait for ever.
    function Invoke-Unattended([string] $Script, [switch] $File, [hashtable] $Environment = @{}, [string[]] $Switch = @('-NonInteractive')) {
        $text = "`$PSStyle.OutputRendering = 'PlainText'`nImport-Module '$module'`n$Script"
        $arguments = @('-NoProfile') + $Switch
        if ($File) {
            $path = Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).ps1"
            Set-Content $path $text
            $arguments += '-File', $path
        }
        else {
            $arguments += '-Command', $text
        }

        $start = [System.Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path, [string[]]$arguments)
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        # As under cron: no display either, and a browser that leaves a trace.
        foreach ($name in 'DISPLAY', 'WAYLAND_DISPLAY', 'TERM') { $null = $start.Environment.Remove($name) }
        $start.Environment['BROWSER'] = $browser
        foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
        $process = [System.Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $output, $problem = $process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync()
        $isOver = $process.WaitForExit(30000)
        if (-not $isOver) { $process.Kill($true) }
        $isOver | Should -BeTrue -Because 'nobody is there to answer'
        [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output.Result.Trim(); Problem = $problem.Result.Trim() }
        $process.Dispose()
    }

    function AssertNobodyAsked { $trace | Should -Not -Exist -Because 'no browser may be opened where nobody is' }
}

AfterAll { Stop-TestEmulator }

Describe 'Save-GPhotoMediaItem where nobody is and nobody is signed in' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        Reset-CallCount
    }

    It 'ends with NotConnected and exit code 1: <Name>' -ForEach @(
        @{ Name = 'a command'; Script = 'Get-GPhotoMediaItem | Save-GPhotoMediaItem ''{0}'''; File = $false; Switch = @('-NonInteractive') }
        @{ Name = 'a command by id'; Script = 'Save-GPhotoMediaItem -Id x -Destination ''{0}'''; File = $false; Switch = @('-NonInteractive') }
        @{ Name = 'a listing of what is new'; Script = 'Get-GPhotoMediaItem -New -Destination ''{0}'''; File = $false; Switch = @('-NonInteractive') }
        @{ Name = 'a script'; Script = '$ErrorActionPreference = ''Stop''; Get-GPhotoMediaItem | Save-GPhotoMediaItem ''{0}'''; File = $true; Switch = @('-NonInteractive') }
        @{ Name = 'a shell that was not told that nobody is there'; Script = 'Get-GPhotoMediaItem | Save-GPhotoMediaItem ''{0}'''; File = $false; Switch = @() }
    ) {
        $run = Invoke-Unattended ($Script -f $folder) -File:$File -Switch $Switch

        $run.ExitCode | Should -Be 1
        $run.Output | Should -BeNullOrEmpty
        $run.Problem | Should -Match 'Nobody is signed in'
        $run.Problem | Should -Match 'Connect-GPhotos' -Because 'the error says what to do'
        $folder | Should -Not -Exist
        (Invoke-Emulator stats).total | Should -Be 0
        AssertNobodyAsked
    }

    It 'tells scripts the id of the error' {
        (Invoke-Unattended "try { Save-GPhotoMediaItem -Id x -Destination '$folder' -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }").Output |
            Should -BeLike 'NotConnected,*SaveGPhotoMediaItemCommand'
    }
}

Describe 'Connect-GPhotos where nobody is' {
    AfterEach { Remove-Item $trace -ErrorAction Ignore }

    It 'ends with an error in place of a browser: <Name>' -Skip:$IsWindows -ForEach @(
        @{ Name = 'with -NonInteractive'; Switch = @('-NonInteractive') }
        @{ Name = 'without'; Switch = @() }
    ) {
        $run = Invoke-Unattended "try { Connect-GPhotos -ClientSecretPath '$client' -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }" -Switch $Switch

        AssertNobodyAsked
        $run.Output | Should -BeLike 'SignInFailed,*'
    }
}

Describe 'Save-GPhotoMediaItem where nobody is, with a sign-in that was kept' {
    BeforeAll { $null = Connect-ThroughPage $client }

    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        Reset-CallCount
    }

    AfterEach { Clear-Fault }

    It 'saves all, and a second run transfers nothing' {
        foreach ($status in 'Saved', 'AlreadySaved') {
            Reset-CallCount
            $run = Invoke-Unattended "Get-GPhotoMediaItem | Save-GPhotoMediaItem '$folder' | Group-Object Status | ForEach-Object { `"`$(`$_.Count) `$(`$_.Name)`" }"

            $run.Output | Should -BeExactly "5 $status"
            $run.Problem | Should -BeNullOrEmpty
            $run.ExitCode | Should -Be 0
        }

        Get-CallCount media.get | Should -Be 0
        Get-CallCount oauth.authorize | Should -Be 0
        @(Get-SavedFile $folder).Count | Should -Be 5
        AssertNobodyAsked
    }

    It 'does not ask before it writes, whatever the preference for confirming' {
        $run = Invoke-Unattended "`$ConfirmPreference = 'High'; (Get-GPhotoMediaItem | Save-GPhotoMediaItem '$folder' -Force).Count"
        $run.Output | Should -BeExactly 5
        $run.ExitCode | Should -Be 0
    }

    It 'fails in place of a question: <Name>' -ForEach @(
        @{ Name = 'a missing parameter'; Script = 'Save-GPhotoMediaItem -Destination ''{0}''' }
        @{ Name = 'a wish to be asked'; Script = 'Get-GPhotoMediaItem | Save-GPhotoMediaItem ''{0}'' -Confirm' }
    ) {
        $run = Invoke-Unattended ($Script -f $folder)
        $run.ExitCode | Should -Be 1
        $run.Problem | Should -Match 'interactive|missing mandatory'
        $folder | Should -Not -Exist
        AssertNobodyAsked
    }

    It 'ends with one error and exit code 1 when the sign-in has ended, and opens no browser' {
        # The access token that the processes share ends with it.
        $null = Invoke-Emulator tokens -Method Delete
        Add-Fault @{ path = '/token'; count = 0; status = 400; body = @{ error = 'invalid_grant'; error_description = 'Token has been expired or revoked.' } }
        $run = Invoke-Unattended "Get-GPhotoMediaItem | Save-GPhotoMediaItem '$folder'"

        $run.ExitCode | Should -Be 1
        $run.Problem | Should -Match 'Connect-GPhotos'
        Get-SavedFile $folder | Should -BeNullOrEmpty
        AssertNobodyAsked
    }
}
