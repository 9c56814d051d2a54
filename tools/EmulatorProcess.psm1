#Requires -Version 7.6
Set-StrictMode -Version Latest

# Starts the built emulator as a process of its own, for the demo, the Pester suites and the benchmarks.

function Start-EmulatorProcess {
    <#
    .SYNOPSIS
        Starts the emulator on a free port. It ends with Stop-EmulatorProcess, or with this process. Many tests share one emulator, so it
        has no quotas by default; arguments of a test's own come last and win: '--writes-per-minute', '30'.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([pscustomobject])]
    param([string[]] $ArgumentList = @())

    $dll = Join-Path $PSScriptRoot ../output/emulator/GPhotos.Emulator.dll
    if (-not $PSCmdlet.ShouldProcess($dll, 'Start')) { return }

    $noQuotas = '--writes-per-minute', '0', '--daily-limit', '0', '--daily-media-limit', '0'
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', [string[]](@($dll, '--port', '0', '--stop-on-stdin-end') + $noQuotas + $ArgumentList))
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if ($line -notmatch '^emulator on (?<address>http://\S+)$') {
        throw "The emulator did not start: $line"
    }

    [pscustomobject]@{ Process = $process; Endpoint = [uri]$Matches.address }
}

function Stop-EmulatorProcess {
    <#
    .SYNOPSIS
        Ends an emulator that Start-EmulatorProcess started.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory)] [pscustomobject] $Emulator)

    if ($PSCmdlet.ShouldProcess($Emulator.Endpoint, 'Stop')) {
        $Emulator.Process.StandardInput.Close()
        if (-not $Emulator.Process.WaitForExit(5000)) { $Emulator.Process.Kill() }
        $Emulator.Process.Dispose()
    }
}

function Approve-ConsentPage {
    <#
    .SYNOPSIS
        Does what a person does in the browser: opens the consent page, ticks boxes, presses Allow, and is sent to the listener.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [uri] $Page,

        # The scopes left ticked, by the end of their name; all by default.
        [string[]] $Scope,

        # Press Cancel instead.
        [switch] $Refuse
    )

    $html = (Invoke-WebRequest $Page).Content
    $form = @(
        foreach ($tag in [regex]::Matches($html, '<(input|button)\b[^>]*>').Value) {
            $name = [regex]::Match($tag, '\bname="([^"]*)"').Groups[1].Value
            $value = [System.Net.WebUtility]::HtmlDecode([regex]::Match($tag, '\bvalue="([^"]*)"').Groups[1].Value)
            $isButton = $tag -match '^<button|type="submit"'
            $isCancel = $tag -match 'cancel|deny'
            if (-not $name -or ($isButton -and $isCancel -ne [bool]$Refuse)) { continue }
            if ($name -eq 'scope' -and $Scope -and -not ($Scope | Where-Object { $value.EndsWith($_) })) { continue }
            '{0}={1}' -f [uri]::EscapeDataString($name), [uri]::EscapeDataString($value)
        }
    ) -join '&'
    $null = Invoke-WebRequest $Page -Method Post -Body $form -ContentType 'application/x-www-form-urlencoded'
}

Export-ModuleMember -Function Start-EmulatorProcess, Stop-EmulatorProcess, Approve-ConsentPage
