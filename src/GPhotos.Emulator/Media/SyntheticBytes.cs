using System.Runtime.InteropServices;
using GPhotos.Emulator.Library;

namespace GPhotos.Emulator.Media;

/// <summary>Makes up the bytes of files: what begins them is right for their type, the rest is the seed's.</summary>
internal static class SyntheticBytes
{
    private const int NaturalVideo = 2048;

    /// <summary>The ftyp box of an MP4.</summary>
    public static readonly byte[] Mp4Head = FileType("isom", "mp42");

    /// <summary>The head of an mdat box that ends where the file does.</summary>
    public static readonly byte[] MediaBoxToTheEnd = [0, 0, 0, 0, .. "mdat"u8];

    // One pixel each, which readers take; what is appended to make them differ lies behind their end.
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private static readonly byte[] Gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    private static readonly byte[] Webp = Convert.FromBase64String("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");

    /// <summary>The bytes of a file.</summary>
    /// <param name="mimeType">Its type; a JPEG is made of what is not known, an MP4 of an unknown video.</param>
    /// <param name="seed">What makes it different from others.</param>
    /// <param name="captured">When it was taken.</param>
    /// <param name="size">Its size in bytes; the natural size when that is larger.</param>
    public static byte[] Make(string mimeType, ulong seed, DateTime captured, int size) => mimeType switch
    {
        "video/quicktime" => Boxed(FileType("qt  ", "qt  "), seed, size),
        _ when mimeType.StartsWith("video/", StringComparison.Ordinal) => Boxed(Mp4Head, seed, size),
        "image/heif" or "image/heic" => Boxed(FileType("heic", "mif1"), seed, size),
        "image/avif" => Boxed(FileType("avif", "mif1"), seed, size),
        "image/png" => Headed(Png, seed, size),
        "image/gif" => Headed(Gif, seed, size),
        "image/webp" => Headed(Webp, seed, size),
        "image/tiff" => Headed([.. "II*\0"u8], seed, size),
        _ when mimeType.StartsWith("image/x-", StringComparison.Ordinal) => Headed([.. "II*\0"u8], seed, size),
        _ => Padded(SyntheticJpeg.Make(seed, captured), seed, size),
    };

    /// <summary>A JPEG with an MP4 behind it, and the XMP that says so.</summary>
    public static byte[] MakeMotionPhoto(ulong seed, DateTime captured, int size)
    {
        byte[] video = Boxed(Mp4Head, seed, 0);
        byte[] photo = SyntheticJpeg.Make(seed, captured, MotionPhoto.XmpSegment(video.Length));
        return [.. Padded(photo, seed, size - video.Length), .. video];
    }

    private static byte[] FileType(string brand, string compatible) =>
        [0, 0, 0, 24, .. "ftyp"u8, .. brand.Select(letter => (byte)letter), 0, 0, 2, 0, .. brand.Select(letter => (byte)letter), .. compatible.Select(letter => (byte)letter)];

    private static byte[] Boxed(byte[] head, ulong seed, int size) =>
        Padded([.. head, .. MediaBoxToTheEnd], seed, Math.Max(size, NaturalVideo));

    private static byte[] Headed(byte[] head, ulong seed, int size) => Padded(head, seed, Math.Max(size, head.Length + 1024));

    private static byte[] Padded(byte[] bytes, ulong seed, int size)
    {
        int natural = bytes.Length;
        if (size > natural)
        {
            Array.Resize(ref bytes, size);
            Fill(bytes.AsSpan(natural), seed);
        }

        return bytes;
    }

    private static void Fill(Span<byte> bytes, ulong seed)
    {
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        for (int index = 0; index < words.Length; index++)
        {
            words[index] = seed = Identifier.Mix(seed);
        }
    }
}
