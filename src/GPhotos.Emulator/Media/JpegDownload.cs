using System.Text;

namespace GPhotos.Emulator.Media;

/// <summary>A JPEG as base URLs give it: EXIF kept but for the place, and not the bytes that were uploaded.</summary>
internal static class JpegDownload
{
    private const int ExifHead = 10;

    /// <summary>The JPEG as "=d" gives it, or with the size named that it should have.</summary>
    public static IReadOnlyList<ByteSlice> Of(ByteSlice original, string size = "")
    {
        List<ByteSlice> pieces = [ByteSlice.Of(Head(size))];
        long copied = 2;
        foreach ((long start, int length) in JpegSegments.App1Named(original, "Exif\0\0"u8))
        {
            byte[] segment = original.Peek(start, length);
            GpsRemover.Remove(segment.AsSpan(ExifHead));
            pieces.Add(original.Slice(copied, start - copied));
            pieces.Add(ByteSlice.Of(segment));
            copied = start + length;
        }

        pieces.Add(original.From(copied));
        return pieces;
    }

    // Google recompresses; a comment right behind the start of the image makes the bytes differ just as surely.
    private static byte[] Head(string size)
    {
        byte[] comment = Encoding.ASCII.GetBytes("re-encoded by the emulator\0\0" + size);
        return [0xFF, 0xD8, 0xFF, 0xFE, 0, (byte)(comment.Length + 2), .. comment];
    }
}
