using System.Buffers.Binary;

namespace GPhotos.Emulator.Media;

/// <summary>A JPEG as "=d" gives it: EXIF kept but for the place, and not the bytes that were uploaded.</summary>
internal static class JpegDownload
{
    private const byte App1 = 0xE1;
    private const byte StartOfScan = 0xDA;
    private const int ExifHead = 10;

    // Google recompresses; a comment right behind the start of the image makes the bytes differ just as surely.
    private static readonly byte[] Head = [0xFF, 0xD8, 0xFF, 0xFE, 0, 30, .. "re-encoded by the emulator\0\0"u8];

    public static IReadOnlyList<ByteSlice> Of(ByteSlice original)
    {
        List<ByteSlice> pieces = [ByteSlice.Of(Head)];
        long copied = 2;
        foreach ((long start, int length) in ExifSegments(original))
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

    private static List<(long Start, int Length)> ExifSegments(ByteSlice jpeg)
    {
        List<(long, int)> found = [];
        for (long at = 2; ;)
        {
            byte[] head = jpeg.Peek(at, ExifHead);
            if (head.Length < 4 || head[0] != 0xFF || head[1] == StartOfScan)
            {
                return found;
            }

            int length = 2 + BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2));
            if (at + length > jpeg.Length)
            {
                return found;
            }

            if (head[1] == App1 && length > ExifHead && head.AsSpan(4).StartsWith("Exif\0\0"u8))
            {
                found.Add((at, length));
            }

            at += length;
        }
    }
}
