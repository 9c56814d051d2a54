using SkiaSharp;

namespace GPhotos.Tests.Support;

/// <summary>Real pictures, such as a decoder takes.</summary>
internal static class DrawnPicture
{
    public static SKColor[] Corners { get; } = [SKColors.Red, SKColors.Lime, SKColors.Blue, SKColors.Yellow];

    public static byte[] Plain(int width, int height, SKColor colour, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg) =>
        Encode(width, height, (_, _) => colour, format);

    /// <summary>What no encoder can make small.</summary>
    public static byte[] Noise(int width, int height)
    {
        Random random = new(1);
        return Encode(width, height, (_, _) => new SKColor((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)));
    }

    /// <summary>A corner of each colour once it is turned as EXIF's orientation says: red, green, and below them blue, yellow.</summary>
    public static byte[] Turned(int width, int height, int orientation)
    {
        bool isTurned = orientation >= 5;
        byte[] stored = Encode(isTurned ? height : width, isTurned ? width : height, (column, row) =>
        {
            // The page of EXIF: which side of the picture the stored rows and columns begin at.
            (int x, int y) = orientation switch
            {
                2 => (width - 1 - column, row),
                3 => (width - 1 - column, height - 1 - row),
                4 => (column, height - 1 - row),
                5 => (row, column),
                6 => (width - 1 - row, column),
                7 => (width - 1 - row, height - 1 - column),
                8 => (row, height - 1 - column),
                _ => (column, row),
            };
            return Corners[(x < width / 2 ? 0 : 1) + (y < height / 2 ? 0 : 2)];
        });
        byte[] tiff = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];
        return WithExif(stored, tiff);
    }

    /// <summary>With an EXIF segment, which may hold anything: a preview.</summary>
    public static byte[] WithExif(byte[] jpeg, byte[] content)
    {
        int length = content.Length + 8;
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. "Exif\0\0"u8, .. content, .. jpeg.AsSpan(2)];
    }

    /// <summary>The colour in the middle of each quarter.</summary>
    public static SKColor[] QuartersOf(byte[] picture)
    {
        using SKBitmap bitmap = SKBitmap.Decode(picture);
        int x = bitmap.Width / 4, y = bitmap.Height / 4;
        return [bitmap.GetPixel(x, y), bitmap.GetPixel(3 * x, y), bitmap.GetPixel(x, 3 * y), bitmap.GetPixel(3 * x, 3 * y)];
    }

    public static bool IsLike(this SKColor colour, SKColor other) =>
        Math.Abs(colour.Red - other.Red) < 40 && Math.Abs(colour.Green - other.Green) < 40 && Math.Abs(colour.Blue - other.Blue) < 40;

    private static byte[] Encode(int width, int height, Func<int, int, SKColor> at, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg)
    {
        using SKBitmap bitmap = new(width, height);
        bitmap.Pixels = [.. from y in Enumerable.Range(0, height) from x in Enumerable.Range(0, width) select at(x, y)];
        using SKData data = bitmap.Encode(format, 92);
        return data.ToArray();
    }
}
