#Requires -Version 7.6
Set-StrictMode -Version Latest

function New-SamplePicture {
    <#
    .SYNOPSIS
        Writes pictures that the emulator takes for JPEGs, each with bytes of its own, and gives their paths in order.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [string] $Folder,
        [Parameter(Mandatory)] [int] $Count,
        [int] $Length = 2000,
        [int] $Seed = 1
    )

    if (-not $PSCmdlet.ShouldProcess($Folder, "Write $Count pictures")) { return }
    $null = New-Item $Folder -ItemType Directory -Force
    $random = [System.Random]::new($Seed)
    [byte[]] $head = 0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 48, 0, 64, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0x34, 0xFF, 0xD9
    $bytes = [byte[]]::new($Length)
    foreach ($i in 1..$Count) {
        $random.NextBytes($bytes)
        $head.CopyTo($bytes, 0)
        $path = Join-Path $Folder ('{0:00000}.jpg' -f $i)
        [System.IO.File]::WriteAllBytes($path, $bytes)
        $path
    }
}
