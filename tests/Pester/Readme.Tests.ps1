#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.7.0' }

# The README's commands, as a newcomer would type them, in a shell of their own.

BeforeDiscovery {
    $script:CanPlayBrowser = -not $IsWindows
}

Describe 'The commands of the README' {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)
        $repository = (Resolve-Path (Join-Path $PSScriptRoot ../..)).Path
        $text = Get-Content (Join-Path $repository README.md) -Raw
        $marked = [regex]::Matches($text, '(?s)<!-- commands: run by[^>]*-->\s*```powershell\s*(?<commands>.*?)```')
    }

    It 'are all run, step by step, without an error' -Skip:(-not $script:CanPlayBrowser) {
        $marked.Count | Should -Be 5
        # The module is built already, and the suite that runs this must not build it away under its own feet.
        $commands = ($marked.ForEach({ $_.Groups['commands'].Value }) -join "`n") -split "`r?`n" |
            Where-Object { $_ -and $_ -ne './build.ps1 build' }

        $emulator = Start-EmulatorProcess -ArgumentList '--seed-from', (Join-Path $repository samples/photos)
        try {
            Invoke-WebRequest "$($emulator.Endpoint)emulator/client_secret.json" -OutFile (Join-Path $TestDrive client_secret.json)
            # A person's browser: opens the page, presses Allow.
            $browser = Join-Path $TestDrive browser
            $shell = (Get-Process -Id $PID).Path
            @(
                "#!$shell", "Import-Module '$repository/tools/EmulatorProcess.psm1'", 'Approve-ConsentPage $args[0]'
            ) | Set-Content $browser
            chmod +x $browser

            $session = @(
                '$ErrorActionPreference = "Stop"', '$ProgressPreference = "SilentlyContinue"', "Set-Location '$repository'"
                # Each command is shown, so that a failure tells which it was.
                $commands.ForEach({ "Write-Output 'PS> $($_ -replace "'", "''")'"; $_ })
                "Write-Output 'The end'"
            ) -join "`n"
            $script = Join-Path $TestDrive session.ps1
            Set-Content $script $session

            $start = [System.Diagnostics.ProcessStartInfo]::new($shell, [string[]]@('-NoProfile', '-NonInteractive', '-File', $script))
            $start.RedirectStandardOutput = $start.RedirectStandardError = $true
            foreach ($pair in @{
                    HOME = "$TestDrive"; XDG_DATA_HOME = "$TestDrive/data"; BROWSER = $browser; GPHOTOS_INTERACTIVE = '1'; NO_COLOR = '1'
                    GPHOTOS_ENDPOINT = "$($emulator.Endpoint)"
                }.GetEnumerator()) { $start.Environment[$pair.Key] = $pair.Value }
            $process = [System.Diagnostics.Process]::Start($start)
            $errors = $process.StandardError.ReadToEndAsync()
            $output = $process.StandardOutput.ReadToEnd()
            $process.WaitForExit()

            $process.ExitCode | Should -Be 0 -Because "$output$($errors.Result)"
            $output.TrimEnd() | Should -BeLike '*The end'
            (Get-ChildItem (Join-Path $TestDrive Pictures/first-steps)).Count | Should -Be 12
            Get-ChildItem (Join-Path $TestDrive data/GPhotos) -Filter *.profile.json | Should -BeNullOrEmpty -Because 'Disconnect-GPhotos forgot the sign-in'
        }
        finally {
            Stop-EmulatorProcess $emulator
        }
    }
}
