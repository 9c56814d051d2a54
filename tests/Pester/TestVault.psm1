#Requires -Version 7.6
Set-StrictMode -Version Latest

# A vault of the tests' own behind the names that SecretManagement's commands have: a file for each secret in the folder of GPHOTOS_TEST_VAULT,
# so that another shell finds it, and a record of who called what with what.

$script:Calls = [System.Collections.Generic.List[pscustomobject]]::new()
$script:Answers = @{}

function Get-Secret {
    <#
    .SYNOPSIS
        As SecretManagement's: the secret as a SecureString.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [string] $Vault)

    Add-Call Get-Secret $PSBoundParameters
    if ($script:Answers.ContainsKey('Get-Secret')) { return & $script:Answers['Get-Secret'] }
    $file = Get-SecretFile $Vault $Name
    if (-not (Test-Path -LiteralPath $file)) { throw [System.Management.Automation.ItemNotFoundException]::new("The secret $Name was not found.") }
    ConvertTo-SecureString (Get-Content -LiteralPath $file -Raw) -AsPlainText -Force
}

function Set-Secret {
    <#
    .SYNOPSIS
        As SecretManagement's. What it says of -WhatIf and -Confirm, it does.
    #>
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'Low')]
    param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [object] $Secret, [Parameter(Mandatory)] [string] $Vault)

    Add-Call Set-Secret $PSBoundParameters
    if (-not $PSCmdlet.ShouldProcess($Vault)) { return }
    if ($script:Answers.ContainsKey('Set-Secret')) { return & $script:Answers['Set-Secret'] }
    Set-Content -LiteralPath (Get-SecretFile $Vault $Name) ([System.Net.NetworkCredential]::new('', [securestring]$Secret).Password) -NoNewline
    'what a vault may say'
}

function Remove-Secret {
    <#
    .SYNOPSIS
        As SecretManagement's.
    #>
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'Low')]
    param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [string] $Vault)

    Add-Call Remove-Secret $PSBoundParameters
    if (-not $PSCmdlet.ShouldProcess($Vault)) { return }
    if ($script:Answers.ContainsKey('Remove-Secret')) { return & $script:Answers['Remove-Secret'] }
    $file = Get-SecretFile $Vault $Name
    if (-not (Test-Path -LiteralPath $file)) { throw [System.Management.Automation.ItemNotFoundException]::new("The secret $Name was not found.") }
    Remove-Item -LiteralPath $file
}

function Get-SecretFile {
    <#
    .SYNOPSIS
        Where a secret stands.
    #>
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Vault, [Parameter(Mandatory)] [string] $Name)

    Join-Path $env:GPHOTOS_TEST_VAULT "$Vault.$Name"
}

function Get-VaultCall {
    <#
    .SYNOPSIS
        What was called so far in this shell: the command, its parameters by name, the thread and the runspace.
    #>
    $script:Calls
}

function Set-VaultAnswer {
    <#
    .SYNOPSIS
        Lets a command of the vault answer otherwise: Set-VaultAnswer @{ 'Get-Secret' = { throw 'locked' } }. Forgets the answers and the calls before.
    #>
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'It changes nothing but this module.')]
    param([hashtable] $Answer = @{})

    $script:Answers = $Answer
    $script:Calls.Clear()
}

function Add-Call([string] $Command, [hashtable] $Parameter) {
    $script:Calls.Add([pscustomobject]@{
            Command   = $Command
            Parameter = @{} + $Parameter
            ThreadId  = [Environment]::CurrentManagedThreadId
            Runspace  = [runspace]::DefaultRunspace.InstanceId
        })
}

Export-ModuleMember -Function Get-Secret, Set-Secret, Remove-Secret, Get-SecretFile, Get-VaultCall, Set-VaultAnswer -Variable @()
