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

function New-DatedPicture {
    <#
    .SYNOPSIS
        Writes pictures as a camera does: JPEG with the time of capture in EXIF, without a zone, and bytes of their own. Takes objects with Path
        and Time.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory, ValueFromPipelineByPropertyName)] [string] $Path,
        [Parameter(Mandatory, ValueFromPipelineByPropertyName)] [datetime] $Time,
        [int] $Length = 20000,
        [int] $Seed = 5
    )

    begin {
        $random = [System.Random]::new($Seed)
        $ascii = [System.Text.Encoding]::ASCII
        # EXIF: the main directory leads to a second one, whose only entry is DateTimeOriginal.
        [byte[]] $exif = $ascii.GetBytes("Exif`0`0II*`0") + @(8, 0, 0, 0, 1, 0, 0x69, 0x87, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0) +
        @(1, 0, 0x03, 0x90, 2, 0, 20, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0)
        [byte[]] $tail = 0xFF, 0xC0, 0, 11, 8, 0x0B, 0xD0, 0x0F, 0xC0, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0
        [byte[]] $head = @(0xFF, 0xD8, 0xFF, 0xE1, 0, ($exif.Length + 22)) + $exif
        $timeAt, $tailAt = $head.Length, ($head.Length + 20)
        $bytes = [byte[]]::new($Length)
    }
    process {
        if (-not $PSCmdlet.ShouldProcess($Path, 'Write a picture')) { return }
        $random.NextBytes($bytes)
        $head.CopyTo($bytes, 0)
        $ascii.GetBytes($Time.ToString("yyyy:MM:dd HH:mm:ss`0", [cultureinfo]::InvariantCulture)).CopyTo($bytes, $timeAt)
        $tail.CopyTo($bytes, $tailAt)
        $bytes[-2], $bytes[-1] = 0xFF, 0xD9
        [System.IO.File]::WriteAllBytes($Path, $bytes)
    }
}

Export-ModuleMember -Function New-SamplePicture, New-SampleVideo, New-DatedPicture
