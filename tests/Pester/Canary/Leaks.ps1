#Requires -Version 7.6

# Leaks, put in by hand: each kind of secret on each channel, one after the other. The reader must find every one.

param([Parameter(Mandatory)] [string] $InputPath)

$settings = Get-Content $InputPath -Raw | ConvertFrom-Json -AsHashtable
$null = Start-Transcript $settings.Transcript
function Confirm-Leak {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Secret)
    $PSCmdlet.ShouldProcess("leak $Secret")
}

$channels = [ordered]@{
    'verbose'         = { param($secret) Write-Verbose "leak $secret" -Verbose }
    'debug'           = { param($secret) Write-Debug "leak $secret" -Debug }
    'warning'         = { param($secret) Write-Warning "leak $secret" }
    'information'     = { param($secret) Write-Information @{ Leak = $secret } -InformationAction Continue }
    'error message'   = { param($secret) Write-Error "leak $secret" }
    'error target'    = { param($secret) Write-Error 'nothing' -TargetObject ([pscustomobject]@{ Leak = $secret }) }
    'error advice'    = { param($secret) Write-Error 'nothing' -RecommendedAction "leak $secret" }
    'inner exception' = { param($secret) try { throw [System.IO.IOException]::new('nothing', [System.IO.IOException]::new("leak $secret")) } catch { $_ } }
    'exception data'  = { param($secret) $fault = [System.IO.IOException]::new('nothing'); $fault.Data['leak'] = $secret; try { throw $fault } catch { $_ } }
    'object property' = { param($secret) [pscustomobject]@{ Leak = $secret } }
    'nested property' = { param($secret) [pscustomobject]@{ One = @{ Two = @{ Leak = $secret } } } }
}
$silent = [ordered]@{
    'progress'          = { param($secret) Write-Progress 'nothing' -Status "leak $secret" }
    'what if'           = { param($secret) $null = Confirm-Leak $secret -WhatIf }
    'transcript'        = { param($secret) $null = Write-Host "leak $secret" 6>&1 }
    'error of the past' = { param($secret) try { throw "leak $secret" } catch { $null = $_ } }
    'file'              = { param($secret, $kind) Set-Content (Join-Path $settings.Folder "$kind.txt") "leak $secret" }
    'database'          = { param($secret, $kind) [System.IO.File]::WriteAllBytes((Join-Path $settings.Folder "$kind.db"), [byte[]](0, 255, 1) + [System.Text.Encoding]::UTF8.GetBytes("leak$secret") + [byte[]](0, 254)) }
}

foreach ($kind in Get-SecretKind $settings.Known) {
    foreach ($channel in @($channels.Keys) + @($silent.Keys)) {
        $leak = $channels[$channel] ?? $silent[$channel]
        Invoke-Step "$($kind.Name) by $channel" { & $leak $kind.Example $kind.Name }
        if ($channel -eq 'error of the past') {
            "step $($kind.Name) by $channel, looked for"
            Format-Everything $Error[0]
        }
    }
}

$null = Stop-Transcript
'done'
