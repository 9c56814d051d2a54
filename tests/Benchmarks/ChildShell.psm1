#Requires -Version 7.6
Set-StrictMode -Version Latest

# PowerShell processes that a program starts, measures and kills. Each has an end: none outlives its time.

$script:Shell = (Get-Process -Id $PID).Path

function Start-ChildShell {
    <#
    .SYNOPSIS
        Starts a script in a process of its own and returns when it has written a line that begins with 'go': no kill and no clock falls
        on the start of the shell. The arguments are its $args.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)] [string] $Script,
        [string[]] $ArgumentList = @(),
        [hashtable] $Environment = @{},
        [int] $TimeoutSeconds = 60
    )

    if (-not $PSCmdlet.ShouldProcess($script:Shell, 'Start')) { return }
    $quoted = $ArgumentList | ForEach-Object { "'$($_.Replace("'", "''"))'" }
    $start = [System.Diagnostics.ProcessStartInfo]::new($script:Shell, [string[]] @(
            '-NoProfile', '-NonInteractive', '-Command', "& { $Script } $quoted"))
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLineAsync()
    if (-not $line.Wait($TimeoutSeconds * 1000) -or $line.Result -notlike 'go*') {
        Stop-ChildShell $process
        throw "The child did not begin: $($line.IsCompleted ? $line.Result : 'nothing came')"
    }
    [pscustomobject]@{ Process = $process; FirstLine = $line.Result }
}

function Wait-ChildShell {
    <#
    .SYNOPSIS
        Waits for the end of a child and gives what it wrote. Throws when it fails, and kills it when it takes too long.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [pscustomobject] $Child, [int] $TimeoutSeconds = 600)

    $process = $Child.Process
    $text = $process.StandardOutput.ReadToEndAsync()
    if (-not $text.Wait($TimeoutSeconds * 1000) -or -not $process.WaitForExit(5000)) {
        Stop-ChildShell $process
        throw "The child was not done after $TimeoutSeconds s."
    }
    if ($process.ExitCode -ne 0) { throw "The child ended with $($process.ExitCode): $($text.Result)" }
    $text.Result.Trim()
}

function Stop-ChildShell {
    <#
    .SYNOPSIS
        Kills a child: SIGKILL where there are signals. No handler runs, nothing is flushed.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [System.Diagnostics.Process] $Process)

    if ($PSCmdlet.ShouldProcess($Process.Id, 'Kill') -and -not $Process.HasExited) {
        $Process.Kill()
        $Process.WaitForExit()
    }
}

Export-ModuleMember -Function Start-ChildShell, Wait-ChildShell, Stop-ChildShell
