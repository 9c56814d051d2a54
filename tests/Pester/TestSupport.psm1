#Requires -Version 7.6
Set-StrictMode -Version Latest

# What every suite needs: the built module, an emulator of its own, tokens, faults, counts. Dot nothing, mock nothing: requests are real.

Import-Module (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)

$script:ModulePath = Join-Path $PSScriptRoot ../../output/GPhotos
$script:Emulator = $null
$script:SavedEnvironment = @{}

function Start-TestEmulator {
    <#
    .SYNOPSIS
        Starts an emulator for a suite, sets GPHOTOS_ENDPOINT to it, and gives profiles a folder of their own.
    #>
    param([string[]] $ArgumentList = @())

    Import-Module $script:ModulePath -Global
    $script:SavedEnvironment = @{ GPHOTOS_ENDPOINT = $env:GPHOTOS_ENDPOINT; XDG_DATA_HOME = $env:XDG_DATA_HOME }
    $script:Emulator = Start-EmulatorProcess -ArgumentList $ArgumentList
    $env:GPHOTOS_ENDPOINT = $script:Emulator.Endpoint
    $env:XDG_DATA_HOME = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-test-$([guid]::NewGuid().ToString('N'))"
    $script:Emulator
}

function Stop-TestEmulator {
    <#
    .SYNOPSIS
        Ends the suite's emulator, signs out, and puts the environment back.
    #>
    while (Get-GPhotosContext -ErrorAction Ignore) { Disconnect-GPhotos -ErrorAction Ignore }
    Stop-EmulatorProcess $script:Emulator
    Remove-Item $env:XDG_DATA_HOME -Recurse -Force -ErrorAction Ignore
    foreach ($name in $script:SavedEnvironment.Keys) { Set-Item "env:$name" $script:SavedEnvironment[$name] }
}

function Invoke-Emulator {
    <#
    .SYNOPSIS
        Calls one of the emulator's admin paths.
    #>
    param([Parameter(Mandatory)] [string] $Path, [string] $Method = 'Get', $Body)

    $request = @{ Uri = [uri]::new($script:Emulator.Endpoint, "emulator/$Path"); Method = $Method }
    if ($null -ne $Body) { $request += @{ Body = ConvertTo-Json $Body -Depth 5; ContentType = 'application/json' } }
    Invoke-RestMethod @request
}

function Connect-TestSession {
    <#
    .SYNOPSIS
        Signs the session in with an access token of the emulator.
    #>
    param([string[]] $Scope = @('photoslibrary.appendonly', 'photoslibrary.readonly.appcreateddata', 'photoslibrary.edit.appcreateddata'))

    $token = (Invoke-Emulator tokens -Method Post -Body @{ scopes = $Scope }).access_token
    Connect-GPhotos -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force) -WarningAction Ignore
}

function Get-CallCount {
    <#
    .SYNOPSIS
        How often the emulator was called since the last reset: all kinds as a hashtable, or one kind as a number.
    #>
    param([string] $Kind)

    $calls = (Invoke-Emulator stats).calls
    if (-not $Kind) { return $calls }
    $property = $calls.PSObject.Properties[$Kind]
    if ($property) { $property.Value } else { 0 }
}

function Reset-CallCount {
    <#
    .SYNOPSIS
        Starts the emulator's counters anew.
    #>
    $null = Invoke-Emulator stats -Method Delete
}

function Add-Fault {
    <#
    .SYNOPSIS
        Scripts a fault: @{ path = '/v1/uploads'; status = 503; count = 1 }.
    #>
    param([Parameter(Mandatory)] [hashtable] $Fault)

    $null = Invoke-Emulator faults -Method Post -Body $Fault
}

function Clear-Fault {
    <#
    .SYNOPSIS
        Takes every fault back and lets go of hanging requests.
    #>
    $null = Invoke-Emulator faults -Method Delete
}

function Use-Pipeline {
    <#
    .SYNOPSIS
        Runs a script in a runspace of its own that can be stopped as Ctrl+C stops it. Gives the PowerShell object and its handle.
    #>
    param([Parameter(Mandatory)] [string] $Script, [hashtable] $Variable = @{})

    $shell = [powershell]::Create()
    $null = $shell.AddScript("Import-Module '$script:ModulePath'").AddStatement()
    foreach ($name in $Variable.Keys) { $null = $shell.AddCommand('Set-Variable').AddParameter('Name', $name).AddParameter('Value', $Variable[$name]).AddStatement() }
    $null = $shell.AddScript($Script)
    [pscustomobject]@{ Shell = $shell; Handle = $shell.BeginInvoke() }
}

Export-ModuleMember -Function *-* -Variable @()
