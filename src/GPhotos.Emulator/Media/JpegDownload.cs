using System.Buffers.Binary;

namespace GPhotos.Emulator.Media;

/// <summary>A JPEG as "=d" gives it: EXIF kept but for the place, and not the bytes that were uploaded.</summary>
internal static class JpegDownload
{
    private const byte App1 = 0xE1;
    private const byte StartOfScan = 0xDA;

    // Google recompresses; a comment right behind the start of the image makes the bytes differ just as surely.
    private static readonly byte[] Head = [0xFF, 0xD8, 0xFF, 0xFE, 0, 30, .. "re-encoded by the emulator\0\0"u8];

    public static IReadOnlyList<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> original)
    {
        List<ReadOnlyMemory<byte>> pieces = [Head];
        int copied = 2;
        foreach ((int start, int length) in ExifSegments(original.Span))
        {
            byte[] segment = original.Slice(start, length).ToArray();
            GpsRemover.Remove(segment.AsSpan(10));
            pieces.Add(original[copied..start]);
            pieces.Add(segment);
            copied = start + length;
        }

        pieces.Add(original[copied..]);
        return pieces;
    }

    private static List<(int Start, int Length)> ExifSegments(ReadOnlySpan<byte> jpeg)
    {
        List<(int, int)> found = [];
        for (int at = 2; at + 4 <= jpeg.Length && jpeg[at] == 0xFF && jpeg[at + 1] != StartOfScan;)
        {
            int length = 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (at + length > jpeg.Length)
            {
                break;
            }

            if (jpeg[at + 1] == App1 && length > 10 && jpeg[(at + 4)..].StartsWith("Exif\0\0"u8))
            {
                found.Add((at, length));
            }

            at += length;
        }

        return found;
    }
}
