using System.Buffers.Binary;

namespace GPhotos.Emulator.Media;

/// <summary>Walks the segments that stand before the picture of a JPEG.</summary>
internal static class JpegSegments
{
    private const byte App1 = 0xE1;
    private const byte StartOfScan = 0xDA;
    private const int Head = 4;

    /// <summary>Whether the bytes begin as a JPEG does.</summary>
    public static bool IsJpeg(ByteSlice bytes) => bytes.Peek(0, 2) is [0xFF, 0xD8];

    /// <summary>Where the APP1 segments lie that begin with a name, head and all.</summary>
    public static List<(long Start, int Length)> App1Named(ByteSlice jpeg, ReadOnlySpan<byte> name)
    {
        List<(long, int)> found = [];
        for (long at = 2; ;)
        {
            byte[] head = jpeg.Peek(at, Head + name.Length);
            if (head.Length < Head || head[0] != 0xFF || head[1] == StartOfScan)
            {
                return found;
            }

            int length = 2 + BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2));
            if (at + length > jpeg.Length)
            {
                return found;
            }

            if (head[1] == App1 && length > Head + name.Length && head.AsSpan(Head).StartsWith(name))
            {
                found.Add((at, length));
            }

            at += length;
        }
    }
}
