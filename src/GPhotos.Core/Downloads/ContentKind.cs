using GPhotos.Core.Destinations;
using MetadataExtractor.Util;

namespace GPhotos.Core.Downloads;

/// <summary>What bytes are, by their beginning: Google may send a JPEG for what it calls IMG_1.HEIC.</summary>
internal static class ContentKind
{
    /// <summary>How much of the beginning is looked at.</summary>
    public const int HeadLength = 512;

    // The first is what a file of the kind gets; the others it may keep.
    private static readonly Dictionary<FileType, (string MimeType, string[] Extensions)> Kinds = new()
    {
        [FileType.Jpeg] = ("image/jpeg", [".jpg", ".jpeg", ".jpe", ".jfif"]),
        [FileType.Png] = ("image/png", [".png"]),
        [FileType.Gif] = ("image/gif", [".gif"]),
        [FileType.WebP] = ("image/webp", [".webp"]),
        [FileType.Heif] = ("image/heic", [".heic", ".heif", ".hif", ".avif"]),
        [FileType.Bmp] = ("image/bmp", [".bmp", ".dib"]),
        [FileType.Ico] = ("image/x-icon", [".ico"]),
        [FileType.Avi] = ("video/x-msvideo", [".avi", ".divx"]),
        [FileType.Mp4] = ("video/mp4", [".mp4", ".m4v", ".3gp", ".3g2"]),
        [FileType.QuickTime] = ("video/quicktime", [".mov", ".qt"]),
    };

    private static readonly string[] Known = [.. Kinds.Values.SelectMany(k => k.Extensions)];

    /// <summary>The MIME type of the bytes; null when they are of no kind that is told apart (RAW, MKV and others keep what they are called).</summary>
    public static string? MimeTypeOf(ReadOnlySpan<byte> head) => Find(head)?.MimeType;

    /// <summary>The name with the ending that the bytes ask for.</summary>
    public static string NameFor(string name, ReadOnlySpan<byte> head)
    {
        string extension = Path.GetExtension(name);
        if (Find(head) is { } kind)
        {
            return kind.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase) ? name : SafeFileName.WithExtension(name, kind.Extensions[0]);
        }

        // A TIFF may be any RAW; only what surely is not one loses its name.
        return TypeOf(head) == FileType.Tiff && (extension.Length == 0 || Known.Contains(extension, StringComparer.OrdinalIgnoreCase))
            ? SafeFileName.WithExtension(name, ".tif")
            : name;
    }

    /// <summary>Whether bytes that are announced as a type are a page or a message in the place of a picture.</summary>
    public static bool IsPage(string? contentType, ReadOnlySpan<byte> head) =>
        Find(head) is null && contentType is not null
        && (contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || contentType.Contains("json", StringComparison.OrdinalIgnoreCase));

    private static (string MimeType, string[] Extensions)? Find(ReadOnlySpan<byte> head) =>
        Kinds.TryGetValue(TypeOf(head), out (string, string[]) kind) ? kind : null;

    private static FileType TypeOf(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12)
        {
            return FileType.Unknown;
        }

        using MemoryStream stream = new(head.ToArray(), writable: false);
        return FileTypeDetector.DetectFileType(stream);
    }
}
