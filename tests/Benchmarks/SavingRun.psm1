#Requires -Version 7.6
Set-StrictMode -Version Latest
Import-Module (Join-Path $PSScriptRoot ChildShell.psm1), (Join-Path $PSScriptRoot EmulatorAdmin.psm1)

# Saves the emulator's whole library in a process of its own, and looks at what came of it.

$script:Module = (Resolve-Path (Join-Path $PSScriptRoot ../../output/GPhotos)).Path

# Whatever leaves the cmdlet, with its moment: results, warnings, errors, and what -Verbose tells.
$script:Save = @'
$endpoint, $token, $module, $folder, $report, $lanes = $args
Import-Module $module
$null = Connect-GPhotos -Endpoint $endpoint -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force)
[Console]::Out.WriteLine('go'); [Console]::Out.Flush()
$watch = [System.Diagnostics.Stopwatch]::StartNew()
try {
    Get-GPhotoMediaItem | Save-GPhotoMediaItem -Destination $folder -ThrottleLimit $lanes -Verbose *>&1 | ForEach-Object {
        $isResult = $_ -is [GPhotos.SaveResult]
        [pscustomobject]@{
            Seconds  = $watch.Elapsed.TotalSeconds
            Kind     = $_.GetType().Name
            Status   = $isResult ? $_.Status : ''
            Id       = $isResult ? $_.Id : ''
            FullName = $isResult ? $_.FullName : ''
            Text     = $isResult ? '' : "$_"
        }
    } | Export-Csv $report
    $watch.Elapsed.TotalSeconds
}
catch {
    "$_"
    exit 1
}
'@

function Start-SavingRun {
    <#
    .SYNOPSIS
        Begins to save everything into a folder; the report is written at the end. Gives the child.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)] [uri] $Endpoint,
        [Parameter(Mandatory)] [string] $Token,
        [Parameter(Mandatory)] [string] $Folder,
        [Parameter(Mandatory)] [string] $Report,
        [Parameter(Mandatory)] [string] $Data,
        [int] $ThrottleLimit = 8
    )

    if ($PSCmdlet.ShouldProcess($Folder, 'Save')) {
        Start-ChildShell $script:Save -ArgumentList $Endpoint, $Token, $script:Module, $Folder, $Report, $ThrottleLimit -Environment @{ XDG_DATA_HOME = $Data }
    }
}

function Get-ServedAddress {
    <#
    .SYNOPSIS
        Where the bytes of each item of the library are: its id, its file name, its address. A page at a time, since they may not live long.
    #>
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param([Parameter(Mandatory)] [uri] $Endpoint, [Parameter(Mandatory)] [string] $Token)

    $page = ''
    do {
        $reply = Invoke-RestMethod "${Endpoint}v1/mediaItems?pageSize=100$page" -Headers @{ Authorization = "Bearer $Token" }
        foreach ($item in $reply.mediaItems) {
            [pscustomobject]@{ Id = $item.id; FileName = $item.filename; Address = $item.baseUrl + ($item.mimeType -like 'video/*' ? '=dv' : '=d') }
        }
        $more = $reply.PSObject.Properties['nextPageToken']
        if ($more) { $page = '&pageToken=' + [uri]::EscapeDataString($more.Value) }
    } while ($more)
}

function Get-ServedHash {
    <#
    .SYNOPSIS
        What the emulator serves for each item of the library: ids and the hash of the bytes. Fetched here, not by the module.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [uri] $Endpoint,
        [Parameter(Mandatory)] [string] $Token,
        [ValidateSet('SHA256', 'MD5')] [string] $Algorithm = 'SHA256'
    )

    $hashes = @{}
    $client = [System.Net.Http.HttpClient]::new()
    try {
        Get-ServedAddress $Endpoint $Token | ForEach-Object {
            $body = $client.GetStreamAsync($_.Address).GetAwaiter().GetResult()
            $hashes[$_.Id] = (Get-FileHash -InputStream $body -Algorithm $Algorithm).Hash
            $body.Dispose()
        }
    }
    finally { $client.Dispose() }
    $hashes
}

function Get-SavedFile {
    <#
    .SYNOPSIS
        The files in a destination, partial ones too, without the catalog.
    #>
    [CmdletBinding()]
    [OutputType([System.IO.FileInfo])]
    param([Parameter(Mandatory)] [string] $Folder)

    Get-ChildItem -LiteralPath $Folder -File -Recurse -Force | Where-Object { $_.Directory.Name -ne '.gphotos' }
}

function Measure-SavedFile {
    <#
    .SYNOPSIS
        Holds the files of a destination against what is served: how many there are, how many items have a file of their own with the right bytes, and what lies
        there beside.
    #>
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory)] [string] $Folder,
        [Parameter(Mandatory)] [hashtable] $Served,

        # What the last run reported: which item has which file.
        [Parameter(Mandatory)] [AllowEmptyCollection()] [object[]] $Report
    )

    $files = @(Get-SavedFile $Folder)
    $left = [System.Collections.Generic.HashSet[string]]::new([string[]] @($files.FullName))
    $right = 0
    foreach ($row in $Report) {
        # A file that two items claim is right for one of them.
        if (-not $row.FullName -or -not $left.Remove($row.FullName)) { continue }
        $right += [int] ((Get-FileHash -LiteralPath $row.FullName).Hash -eq $Served[$row.Id])
    }
    [pscustomobject]@{
        Files    = $files.Count
        Right    = $right
        Strays   = $left.Count
        Partials = @($files | Where-Object Name -Like '*.partial').Count
    }
}

Export-ModuleMember -Function Start-SavingRun, Get-ServedAddress, Get-ServedHash, Get-SavedFile, Measure-SavedFile
