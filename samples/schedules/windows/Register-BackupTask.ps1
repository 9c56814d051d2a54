#Requires -Version 7.6
<#
.SYNOPSIS
    Registers backup.ps1 with the Windows Task Scheduler: every fourth Sunday night, under the user who runs this.
.DESCRIPTION
    The task runs while the user is signed in to Windows, also behind a locked screen, since the kept sign-in is protected by that user's
    keys, which Windows does not hand to a task of a user who is away. A night that was missed is made up for.
.EXAMPLE
    ./Register-BackupTask.ps1 -Destination D:\Pictures\GooglePhotos -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # A folder, or gs://bucket/prefix.
    [Parameter(Mandatory)] [string] $Destination,

    # The kept sign-in; the default profile unless one is named.
    [string] $ProfileName,

    # The key file of a service account, for a bucket.
    [string] $ServiceAccountPath,

    # The time of day.
    [datetime] $At = '03:17',

    [string] $TaskName = 'GPhotos backup',

    [string] $BackupPath = (Join-Path (Split-Path $PSScriptRoot) backup.ps1)
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# A backslash before the closing quote would take the quote for a character of the path.
function Get-Quoted([string] $Text) { '"{0}"' -f $Text.TrimEnd('\') }

$arguments = @(
    '-NoProfile', '-NonInteractive', '-WindowStyle', 'Hidden', '-File', (Get-Quoted (Resolve-Path -LiteralPath $BackupPath).Path)
    '-Destination', (Get-Quoted $Destination)
    if ($ProfileName) { '-ProfileName', (Get-Quoted $ProfileName) }
    if ($ServiceAccountPath) { '-ServiceAccountPath', (Get-Quoted (Resolve-Path -LiteralPath $ServiceAccountPath).Path) }
) -join ' '

if (-not $PSCmdlet.ShouldProcess("$TaskName`: pwsh $arguments", 'Register')) { return }

# The cmdlets know no monthly trigger.
$task = @{
    TaskName  = $TaskName
    Action    = New-ScheduledTaskAction -Execute (Get-Process -Id $PID).Path -Argument $arguments
    Trigger   = New-ScheduledTaskTrigger -Weekly -WeeksInterval 4 -DaysOfWeek Sunday -At $At
    Principal = New-ScheduledTaskPrincipal -UserId "$env:USERDOMAIN\$env:USERNAME" -LogonType Interactive -RunLevel Limited
    Settings  = New-ScheduledTaskSettingsSet -StartWhenAvailable -RunOnlyIfNetworkAvailable -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -MultipleInstances IgnoreNew -ExecutionTimeLimit (New-TimeSpan -Hours 12) -RestartCount 3 -RestartInterval (New-TimeSpan -Hours 1)
}
Register-ScheduledTask @task -Force
