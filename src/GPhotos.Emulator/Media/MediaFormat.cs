using System.Text;

namespace GPhotos.Emulator.Media;

/// <summary>Tells media from other bytes by how they begin, and not by any name.</summary>
internal static class MediaFormat
{
    private static readonly (int Offset, byte[] Magic, string MimeType)[] Signatures =
    [
        (0, [0xFF, 0xD8, 0xFF], "image/jpeg"),
        (0, [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], "image/png"),
        (0, [.. "GIF87a"u8], "image/gif"),
        (0, [.. "GIF89a"u8], "image/gif"),
        (0, [.. "II*\0"u8], "image/tiff"),
        (0, [.. "MM\0*"u8], "image/tiff"),
        (0, [.. "BM"u8], "image/bmp"),
        (0, [0, 0, 1, 0], "image/x-icon"),
        (0, [.. "FUJIFILMCCD-RAW"u8], "image/x-fuji-raf"),
        (0, [.. "IIU\0"u8], "image/x-panasonic-rw2"),
        (0, [.. "IIRO"u8], "image/x-olympus-orf"),
        (0, [0x1A, 0x45, 0xDF, 0xA3], "video/x-matroska"),
        (0, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11], "video/x-ms-wmv"),
        (0, [0x00, 0x00, 0x01, 0xBA], "video/mpeg"),
        (0, [0x00, 0x00, 0x01, 0xB3], "video/mpeg"),
        (8, [.. "WEBP"u8], "image/webp"),
        (8, [.. "AVI "u8], "video/x-msvideo"),
    ];

    /// <summary>How many bytes tell all there is to tell.</summary>
    public const int Needed = 256;

    // The smallest real picture is larger; two letters of text must not pass for a bitmap.
    private const int SmallestFile = 26;

    /// <summary>The MIME type, or null for bytes that are no picture and no video.</summary>
    public static string? Sniff(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < SmallestFile)
        {
            return null;
        }

        if (bytes[4..].StartsWith("ftyp"u8))
        {
            return ForBrand(Encoding.ASCII.GetString(bytes.Slice(8, 4)));
        }

        foreach ((int offset, byte[] magic, string mimeType) in Signatures)
        {
            if (bytes[offset..].StartsWith(magic) && (offset == 0 || bytes.StartsWith("RIFF"u8))
                && (mimeType != "image/bmp" || bytes.Slice(6, 4).IndexOfAnyExcept((byte)0) < 0))
            {
                return mimeType;
            }
        }

        return IsTransportStream(bytes) ? "video/mp2t" : null;
    }

    private static string ForBrand(string brand) => brand switch
    {
        "heic" or "heix" or "heim" or "heis" or "mif1" or "msf1" or "hevc" => "image/heif",
        "avif" or "avis" => "image/avif",
        "qt  " => "video/quicktime",
        _ when brand.StartsWith("3g", StringComparison.Ordinal) => "video/3gpp",
        _ when brand.StartsWith("crx", StringComparison.Ordinal) => "image/x-canon-cr3",
        _ => "video/mp4",
    };

    private static bool IsTransportStream(ReadOnlySpan<byte> bytes) =>
        (bytes.Length > 188 && bytes[0] == 0x47 && bytes[188] == 0x47)
        || (bytes.Length > 196 && bytes[4] == 0x47 && bytes[196] == 0x47);
}
