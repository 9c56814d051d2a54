#Requires -Version 7.6

BeforeDiscovery {
    $schedules = Resolve-Path (Join-Path $PSScriptRoot ../../samples/schedules)
    $scripts = Get-ChildItem $schedules -Filter *.ps1 -Recurse | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } }
    $hasSystemd = [bool](Get-Command systemd-analyze -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $schedules = (Resolve-Path (Join-Path $PSScriptRoot ../../samples/schedules)).Path
    $backup = Join-Path $schedules backup.ps1
    $shell = (Get-Process -Id $PID).Path
    $moduleFolder = (Resolve-Path (Join-Path $PSScriptRoot ../../output)).Path

    # Runs a program to its end, without anything to read, and gives its exit code and what it wrote.
    function Invoke-Quietly([string] $program, [string[]] $arguments, [hashtable] $environment = @{}) {
        $start = [System.Diagnostics.ProcessStartInfo]::new($program, $arguments)
        $start.Environment['PSModulePath'] = $moduleFolder + [System.IO.Path]::PathSeparator + $env:PSModulePath
        foreach ($name in $environment.Keys) { $start.Environment[$name] = $environment[$name] }
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $output, $problem = $process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync()
        if (-not $process.WaitForExit(60000)) {
            $process.Kill($true)
            throw "$program did not end by itself."
        }
        [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output.Result.Trim(); Problem = $problem.Result.Trim() }
    }
}

Describe 'samples/schedules/backup.ps1' {
    BeforeAll {
        $null = Start-TestEmulator -ArgumentList '--items', '4'
        $client = Save-ClientSecret (Join-Path $TestDrive client.json)
        $null = Connect-ThroughPage $client -Parameter @{ ProfileName = 'nightly' }

        function Backup([string] $destination, [string] $profileName = 'nightly', [string[]] $more = @()) {
            Invoke-Quietly $shell (@('-NoProfile', '-NonInteractive', '-File', $backup, '-Destination', $destination, '-ProfileName', $profileName, '-LogPath', $log) + $more)
        }

        function FilesIn([string] $path) {
            Get-ChildItem $path -File -Recurse -Force -ErrorAction Ignore | Where-Object { $_.Directory.Name -ne '.gphotos' }
        }
    }

    AfterAll { Stop-TestEmulator }

    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $log = Join-Path $folder logs backup.log
        $saved = Join-Path $folder saved
    }

    AfterEach { Clear-Fault }

    It 'saves everything, says so in one line, and ends with 0' {
        $run = Backup $saved

        $run.Problem | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
        @(FilesIn $saved).Count | Should -Be 4
        $line = @(Get-Content $log)
        $line.Count | Should -Be 1
        $line[0] | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d OK '
        $line[0] | Should -BeLike "* OK ${saved}: 4 saved (* MB), 0 already saved, 0 pending, 0 failed in * s"
        $run.Output | Should -BeExactly $line[0]
    }

    It 'fetches nothing the second time, and adds its line to the log' {
        $null = Backup $saved
        Reset-CallCount
        $run = Backup $saved

        $run.ExitCode | Should -Be 0
        Get-CallCount media.get | Should -Be 0
        @(Get-Content $log).Count | Should -Be 2
        @(Get-Content $log)[1] | Should -Match ' 0 saved \(0[.,]0 MB\), 4 already saved, 0 pending, 0 failed '
    }

    It 'saves into a bucket with the key file of a service account' {
        $null = Invoke-Emulator buckets -Method Post -Body @{ name = 'nightly-backup' }
        $key = Join-Path $TestDrive key.json
        Invoke-WebRequest "$($env:GPHOTOS_ENDPOINT)emulator/service_account.json" -OutFile $key
        $run = Backup gs://nightly-backup/photos -more '-ServiceAccountPath', $key

        $run.Problem | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
        @(Invoke-Emulator buckets/nightly-backup/objects | ForEach-Object { $_ }).Count | Should -Be 4
        Get-Content $log | Should -Match ' OK gs://nightly-backup/photos: 4 saved '
    }

    It 'ends with 3 when there is no such bucket' {
        $key = Join-Path $TestDrive key.json
        Invoke-WebRequest "$($env:GPHOTOS_ENDPOINT)emulator/service_account.json" -OutFile $key
        $run = Backup gs://no-such-bucket -more '-ServiceAccountPath', $key

        $run.ExitCode | Should -Be 3
        $run.Problem | Should -BeLike '* FAILED *no-such-bucket*'
    }

    It 'ends with 1 when an item failed, names it, and saves the others' {
        $id = Add-TestItem @{ fileName = 'gone.jpg'; lost = $true }
        $run = Backup $saved
        $null = Invoke-Emulator "items/$id" -Method Delete

        $run.ExitCode | Should -Be 1
        $run.Output | Should -BeNullOrEmpty -Because 'cron mails standard error alone'
        @(FilesIn $saved).Count | Should -Be 4
        $line = @(Get-Content $log)
        $line.Count | Should -Be 1
        $line[0] | Should -Match ' INCOMPLETE .* 4 saved .* 1 failed .*; errors: .*gone\.jpg'
        $run.Problem | Should -BeExactly $line[0]
        (Backup $saved).ExitCode | Should -Be 0 -Because 'what failed is gone by now'
    }

    It 'ends with 1 when Google still works on a video' {
        $id = Add-TestItem @{ fileName = 'clip.mp4'; mimeType = 'video/mp4'; processingSeconds = 3600 }
        $run = Backup $saved
        $null = Invoke-Emulator "items/$id" -Method Delete

        $run.ExitCode | Should -Be 1
        Get-Content $log | Should -Match ' INCOMPLETE .* 4 saved .* 1 pending, 0 failed '
    }

    It 'ends with 1 when the quota of the day ended the run' {
        Add-Fault @{ path = '/lr/'; after = 2; count = -1; quota = 'dailyMedia' }
        $run = Backup $saved

        $run.ExitCode | Should -Be 1
        Get-Content $log | Should -Match ' INCOMPLETE .* [1-9]\d* pending, 1 failed '
    }

    It 'tells warnings in its line, and ends with 0 all the same' {
        $id = Add-TestItem @{ fileName = 'x.jpg' }
        $null = Invoke-Emulator "items/$id" -Method Patch -Body @{ fileName = "../../two`nlines.jpg" }
        $run = Backup $saved
        $null = Invoke-Emulator "items/$id" -Method Delete

        $run.ExitCode | Should -Be 0
        $line = @(Get-Content $log)
        $line.Count | Should -Be 1
        $line[0] | Should -Match ' OK .*; warnings: .*two'
    }

    It 'ends with 2 when nobody is signed in' {
        $run = Backup $saved -profileName nobody

        $run.ExitCode | Should -Be 2
        Get-Content $log | Should -Match ' SIGN-IN NEEDED .* 0 saved .*nobody'
        $saved | Should -Not -Exist
    }

    It 'uses the default profile where none is named' {
        $run = Invoke-Quietly $shell '-NoProfile', '-NonInteractive', '-File', $backup, '-Destination', $saved, '-LogPath', $log

        (Get-GPhotosContext -ListAvailable | Where-Object IsDefault).ProfileName | Should -Be nightly
        $run.Problem | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
        @(FilesIn $saved).Count | Should -Be 4
    }

    It 'ends with 2 when others can read the sign-in, which no repeat mends' -Skip:$IsWindows {
        $kept = Join-Path $env:XDG_DATA_HOME GPhotos nightly.profile.json
        chmod 644 $kept
        try { $run = Backup $saved }
        finally { chmod 600 $kept }

        $run.ExitCode | Should -Be 2
        $run.Problem | Should -BeLike "* SIGN-IN NEEDED *Other users can read*$kept*"
        $saved | Should -Not -Exist
    }

    It 'ends with 3 when the destination cannot be used' {
        $null = New-Item $folder -ItemType Directory
        $run = Backup 'Env:/x'

        $run.ExitCode | Should -Be 3
        Get-Content $log | Should -Match ' FAILED '
    }

    It 'ends with 3 when another run is at work there, and leaves that one alone' {
        Add-Fault @{ kind = 'media.get'; hang = $true; count = 0 }
        $other = Use-Pipeline 'Get-GPhotoMediaItem | Save-GPhotoMediaItem $folder' -Variable @{ folder = $saved }
        try {
            Wait-Until { Get-CallCount media.get }
            $run = Backup $saved
        }
        finally { $null = Stop-Pipeline $other }

        $run.ExitCode | Should -Be 3
        $run.Problem | Should -BeLike '* FAILED *'
    }

    It 'ends with 3 when there is no module' {
        $run = Invoke-Quietly $shell '-NoProfile', '-NonInteractive', '-File', $backup, '-Destination', $saved, '-LogPath', $log -environment @{ PSModulePath = $folder }

        $run.ExitCode | Should -Be 3
        Get-Content $log | Should -Match ' FAILED .*GPhotos'
    }

    It 'ends with 3 when the log cannot be written, and says so' {
        $null = New-Item $folder -ItemType Directory
        Set-Content (Join-Path $folder logs) 'a file where the folder should be'
        $run = Backup $saved

        $run.ExitCode | Should -Be 3
        $run.Problem | Should -BeLike '*the log could not be written*'
        @(FilesIn $saved).Count | Should -Be 4
    }

    It 'does not ask for what is missing' {
        $run = Invoke-Quietly $shell '-NoProfile', '-NonInteractive', '-File', $backup

        $run.ExitCode | Should -Not -Be 0
        $run.Problem | Should -Match 'Destination'
    }

    # Last: nobody is signed in any more.
    It 'ends with 2 when the sign-in has ended' {
        $null = Invoke-Emulator 'tokens?refresh=true' -Method Delete
        $run = Backup $saved

        $run.ExitCode | Should -Be 2
        $run.Problem | Should -BeLike '*SIGN-IN NEEDED*'
        @(Get-Content $log).Count | Should -Be 1
    }
}

Describe 'samples/schedules: the files around the job' {
    It '<Name> can be read, and the analyzer finds nothing' -ForEach $scripts {
        $problems = $null
        $null = [System.Management.Automation.Language.Parser]::ParseFile($Path, [ref]$null, [ref]$problems)
        $problems | Should -BeNullOrEmpty
        if (Get-Module PSScriptAnalyzer -ListAvailable) { Invoke-ScriptAnalyzer $Path | ForEach-Object { "$($_.RuleName): $($_.Message)" } | Should -BeNullOrEmpty }
    }

    It 'the units pass systemd-analyze' -Skip:(-not $hasSystemd) {
        $units = (Get-ChildItem (Join-Path $schedules systemd)).FullName
        $run = Invoke-Quietly systemd-analyze (@('verify', '--user') + $units) -environment @{ XDG_RUNTIME_DIR = "$TestDrive" }

        $run.Problem | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
    }

    It 'the command of the crontab line runs in the bare environment that cron gives' -Skip:(-not $IsLinux) {
        # Everything in a home of its own; nobody is signed in there.
        $userHome = New-TestFolder $TestDrive
        $null = New-Item (Join-Path $userHome .local bin) -ItemType Directory
        Copy-Item $backup (Join-Path $userHome .local bin gphotos-backup.ps1)
        $line = Get-Content (Join-Path $schedules cron gphotos-backup.cron) | Where-Object { $_ -match '^[\d*]' }
        @($line).Count | Should -Be 1
        $line | Should -Match '^(\S+ ){5}pwsh '
        $line | Should -Not -Match '%' -Because 'cron makes a new line of it'
        $command = $line -replace '^(\S+ ){5}'
        $run = Invoke-Quietly env '-i', "HOME=$userHome", 'PATH=/usr/local/bin:/usr/bin:/bin', "PSModulePath=$moduleFolder", 'NO_COLOR=1', '/bin/sh', '-c', $command

        $run.ExitCode | Should -Be 2
        $run.Output | Should -BeNullOrEmpty
        $run.Problem | Should -BeLike '*SIGN-IN NEEDED*'
        Join-Path $userHome .local share GPhotos backup.log | Should -Exist
    }

    It 'the Windows task runs the job with quoted paths, and knows every parameter it is given' {
        # The cmdlets exist on Windows only. These have the parameters that Microsoft documents for them.
        function New-ScheduledTaskAction { param([string] $Execute, [string] $Argument, [string] $WorkingDirectory, [string] $Id) $PSBoundParameters }
        function New-ScheduledTaskTrigger { param([switch] $Weekly, [uint32] $WeeksInterval, [System.DayOfWeek[]] $DaysOfWeek, [datetime] $At, [timespan] $RandomDelay) $PSBoundParameters }
        function New-ScheduledTaskPrincipal { param([string] $UserId, [ValidateSet('None', 'Password', 'S4U', 'Interactive', 'Group', 'ServiceAccount', 'InteractiveOrPassword')] [string] $LogonType, [ValidateSet('Limited', 'Highest')] [string] $RunLevel) $PSBoundParameters }
        function New-ScheduledTaskSettingsSet {
            param([switch] $StartWhenAvailable, [switch] $RunOnlyIfNetworkAvailable, [switch] $AllowStartIfOnBatteries, [switch] $DontStopIfGoingOnBatteries,
                [ValidateSet('Parallel', 'Queue', 'IgnoreNew')] [string] $MultipleInstances, [timespan] $ExecutionTimeLimit, [int] $RestartCount, [timespan] $RestartInterval)
            $PSBoundParameters
        }
        function Register-ScheduledTask { param([string] $TaskName, $Action, $Trigger, $Principal, $Settings, [switch] $Force) $PSBoundParameters }

        $task = & (Join-Path $schedules windows Register-BackupTask.ps1) -Destination 'D:\My pictures\' -Confirm:$false
        $task.TaskName | Should -Be 'GPhotos backup'
        $task.Action.Execute | Should -Be $shell
        $task.Action.Argument | Should -BeExactly "-NoProfile -NonInteractive -WindowStyle Hidden -File `"$backup`" -Destination `"D:\My pictures`""
        $task.Principal.LogonType | Should -Be Interactive -Because 'the kept sign-in is protected with the keys of a user who is there'

        $task = & (Join-Path $schedules windows Register-BackupTask.ps1) -Destination x -ProfileName family -Confirm:$false
        $task.Action.Argument | Should -BeLike '* -ProfileName "family"'

        & (Join-Path $schedules windows Register-BackupTask.ps1) -Destination x -WhatIf | Should -BeNullOrEmpty
    }
}
