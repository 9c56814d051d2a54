#Requires -Version 7.6
Set-StrictMode -Version Latest

# Draws landscapes that nobody ever saw, each another, with a grain that costs as many bytes as leaves do, by the Skia of the built module.

$dependencies = (Resolve-Path (Join-Path $PSScriptRoot ../../output/GPhotos/dependencies)).Path
$system = $IsWindows ? 'win' : $IsMacOS ? 'osx' : 'linux'
$kind = $IsMacOS ? 'osx' : "$system-$([System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture.ToString().ToLowerInvariant())"
# Side by side, where the default load context looks for the native part.
$beside = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-skia-$PID"
$null = New-Item $beside -ItemType Directory -Force
Copy-Item (Join-Path $dependencies SkiaSharp.dll), (Join-Path $dependencies "runtimes/$kind/native/*SkiaSharp*") $beside
Add-Type -Path (Join-Path $beside SkiaSharp.dll)
# Loaded now, so that the copies can go; Windows keeps what is in use, and its own clean-up of the folder takes them.
[SkiaSharp.SKColorSpace]::CreateSrgb().Dispose()
Remove-Item $beside -Recurse -Force -ErrorAction Ignore

function Get-Colour([double] $Hue, [double] $Saturation, [double] $Lightness) {
    [SkiaSharp.SKColor]::FromHsl((($Hue % 360) + 360) % 360, $Saturation, $Lightness)
}

function Get-Ridge([System.Random] $Random, [int] $Width, [int] $Height, [double] $Base, [double] $Rise) {
    $path = [SkiaSharp.SKPath]::new()
    $path.MoveTo(0, $Height)
    $waves = foreach ($octave in 0..4) { , @(((1.1 + $Random.NextDouble()) * [math]::Pow(2, $octave)), ($Random.NextDouble() * 7), ($Rise / [math]::Pow(1.9, $octave))) }
    foreach ($step in 0..48) {
        $x = $step / 48
        $y = $Base
        foreach ($wave in $waves) { $y -= $wave[2] * [math]::Sin($wave[0] * 3.1 * $x + $wave[1]) }
        $path.LineTo($x * $Width, $y * $Height)
    }
    $path.LineTo($Width, $Height)
    $path.Close()
    $path
}

function Add-Shade($Canvas, [SkiaSharp.SKPath] $Path, [float] $Top, [float] $Bottom, [SkiaSharp.SKColor[]] $Colours) {
    $paint = [SkiaSharp.SKPaint]::new()
    $paint.IsAntialias = $true
    $paint.Shader = [SkiaSharp.SKShader]::CreateLinearGradient([SkiaSharp.SKPoint]::new(0, $Top), [SkiaSharp.SKPoint]::new(0, $Bottom), $Colours, [SkiaSharp.SKShaderTileMode]::Clamp)
    $Canvas.DrawPath($Path, $paint)
    $paint.Shader.Dispose()
    $paint.Dispose()
}

function Add-Exif([byte[]] $Jpeg, [datetime] $Taken) {
    # Little-endian TIFF: a directory that points to the EXIF directory, which holds the time and nothing else.
    $text = [System.Text.Encoding]::ASCII.GetBytes($Taken.ToString('yyyy:MM:dd HH:mm:ss', [cultureinfo]::InvariantCulture))
    [byte[]] $tiff = [byte[]] @(0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, 1, 0, 0x69, 0x87, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0) +
    [byte[]] @(1, 0, 0x03, 0x90, 2, 0, 20, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0) + $text + [byte[]] @(0)
    $length = $tiff.Length + 8
    [byte[]] $head = [byte[]] @(0xFF, 0xD8, 0xFF, 0xE1, [byte] ($length -shr 8), [byte] ($length -band 255), 0x45, 0x78, 0x69, 0x66, 0, 0) + $tiff
    $whole = [byte[]]::new($head.Length + $Jpeg.Length - 2)
    $head.CopyTo($whole, 0)
    [System.Array]::Copy($Jpeg, 2, $whole, $head.Length, $Jpeg.Length - 2)
    , $whole
}

function New-SamplePhoto {
    <#
    .SYNOPSIS
        Draws landscapes as JPEGs with EXIF times that go back from a day, and gives the files.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([System.IO.FileInfo])]
    param(
        [Parameter(Mandatory)] [string] $Folder,
        [Parameter(Mandatory)] [int] $Count,
        [int] $Width = 1280,
        [datetime] $Newest = '2026-06-20',
        [double] $HoursBetween = 9,
        [double] $Grain = 0.16,
        [int] $Seed = 1
    )

    if (-not $PSCmdlet.ShouldProcess($Folder, "Draw $Count pictures")) { return }
    $null = New-Item $Folder -ItemType Directory -Force
    $random = [System.Random]::new($Seed)
    $taken = $Newest
    foreach ($i in 1..$Count) {
        $shape = 1.5, 1.333, 1.333, 1.5, 0.75, 1.778, 1.0, 0.667, 2.4 | Get-Random -SetSeed ($Seed * 7919 + $i)
        $wide = $shape -ge 1 ? $Width : [int] ($Width * $shape)
        $high = [int] ($wide / $shape)
        $bitmap = [SkiaSharp.SKBitmap]::new($wide, $high)
        $canvas = [SkiaSharp.SKCanvas]::new($bitmap)
        $hue = 360 * $random.NextDouble()
        $night = $random.NextDouble() -lt 0.16
        $light = $night ? 14 : 72 + 14 * $random.NextDouble()
        $warm = 20 + 30 * $random.NextDouble()
        $all = [SkiaSharp.SKPath]::new()
        $all.AddRect([SkiaSharp.SKRect]::new(0, 0, $wide, $high))
        Add-Shade $canvas $all 0 ($high * 0.75) @((Get-Colour (205 + 25 * $random.NextDouble()) 52 ([math]::Max(5, $light - 22))), (Get-Colour (200 + 20 * $random.NextDouble()) 48 $light), (Get-Colour $warm 70 ($light + 8)))
        $sun = [SkiaSharp.SKPaint]::new()
        $sun.IsAntialias = $true
        $x, $y, $radius = ($wide * (0.15 + 0.7 * $random.NextDouble())), ($high * (0.16 + 0.3 * $random.NextDouble())), ($high * (0.035 + 0.035 * $random.NextDouble()))
        $sun.Shader = [SkiaSharp.SKShader]::CreateRadialGradient([SkiaSharp.SKPoint]::new($x, $y), $radius * 7, [SkiaSharp.SKColor[]] @('#f4fffbe8', '#60fff1cc', '#00fff1cc'), [float[]] @(0.12, 0.2, 1), [SkiaSharp.SKShaderTileMode]::Clamp)
        $canvas.DrawCircle($x, $y, $radius * 7, $sun)
        $layers = 3 + $random.Next(3)
        foreach ($layer in 1..$layers) {
            $depth = $layer / $layers
            $ridge = Get-Ridge $random $wide $high (0.44 + 0.46 * $depth) (0.075 * (1.25 - 0.6 * $depth))
            $lightness = ($night ? 24 : 62) * (1 - $depth) + ($night ? 5 : 20)
            Add-Shade $canvas $ridge ($high * (0.34 + 0.4 * $depth)) ($high * (0.75 + 0.3 * $depth)) @((Get-Colour ($hue + 40 * $depth) (18 + 32 * $depth) ($lightness + 9)), (Get-Colour ($hue + 55 * $depth) (16 + 30 * $depth) ($lightness - 4)))
            $ridge.Dispose()
        }
        $noise = [SkiaSharp.SKPaint]::new()
        $noise.Shader = [SkiaSharp.SKShader]::CreatePerlinNoiseFractalNoise(0.04, 0.06, 5, $random.Next(10000))
        $noise.BlendMode = [SkiaSharp.SKBlendMode]::Overlay
        $noise.Color = [SkiaSharp.SKColor]::new(255, 255, 255, [byte] (255 * $Grain))
        $canvas.DrawRect(0, $high * 0.4, $wide, $high * 0.6, $noise)
        $image = [SkiaSharp.SKImage]::FromBitmap($bitmap)
        $data = $image.Encode([SkiaSharp.SKEncodedImageFormat]::Jpeg, 86)
        $path = Join-Path $Folder ('IMG_{0:0000}.jpg' -f $i)
        [System.IO.File]::WriteAllBytes($path, (Add-Exif $data.ToArray() $taken))
        foreach ($owned in $data, $image, $noise.Shader, $noise, $sun.Shader, $sun, $all, $canvas, $bitmap) { $owned.Dispose() }
        $taken = $taken.AddHours(-2 * $HoursBetween * $random.NextDouble())
        [System.IO.FileInfo]::new($path)
    }
}

Export-ModuleMember -Function New-SamplePhoto
