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

function New-SampleVideo {
    <#
    .SYNOPSIS
        Writes one video as long as asked for: an empty box that MP4 readers skip, with bytes that no machine can squeeze.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [long] $Length,
        [int] $Seed = 7
    )

    if (-not $PSCmdlet.ShouldProcess($Path, "Write a video of $Length bytes")) { return }
    $file = [System.IO.File]::Create($Path)
    try {
        [byte[]] $head = [byte[]] @(0, 0, 0, 24) + [byte[]] [char[]] 'ftypisom' + @(0, 0, 2, 0) + [byte[]] [char[]] 'isommp41'
        $file.Write($head, 0, $head.Length)
        [byte[]] $size = [System.BitConverter]::GetBytes([uint32] ($Length - $head.Length))
        [array]::Reverse($size)
        [byte[]] $box = $size + [byte[]] [char[]] 'free'
        $file.Write($box, 0, $box.Length)
        $block = [byte[]]::new(1MB)
        $random = [System.Random]::new($Seed)
        while ($file.Length -lt $Length) {
            $random.NextBytes($block)
            $file.Write($block, 0, [int] [math]::Min($block.Length, $Length - $file.Length))
        }
    }
    finally { $file.Dispose() }
}

Export-ModuleMember -Function New-SamplePicture, New-SampleVideo
