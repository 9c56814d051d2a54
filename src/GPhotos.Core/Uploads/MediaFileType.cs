using System.Collections.Frozen;

namespace GPhotos.Core.Uploads;

/// <summary>What Google takes, by file name extension.</summary>
/// <remarks>From https://developers.google.com/photos/library/guides/upload-media; RAW formats are "some RAW" there, so the common ones.</remarks>
/// <param name="MimeType">Sent with the bytes.</param>
/// <param name="MaxLength">The largest file Google takes, in bytes: 200 MB for photos, 20 GB for videos.</param>
public sealed record MediaFileType(string MimeType, long MaxLength)
{
    private const long MaxPhoto = 200L * 1000 * 1000;
    private const long MaxVideo = 20L * 1000 * 1000 * 1000;

    private static readonly FrozenDictionary<string, MediaFileType> ByExtension = Table(
        (MaxPhoto,
        [
            ("image/avif", ".avif"), ("image/bmp", ".bmp"), ("image/gif", ".gif"), ("image/heic", ".heic"), ("image/heif", ".heif"),
            ("image/x-icon", ".ico"), ("image/jpeg", ".jpg .jpeg .jpe"), ("image/png", ".png"), ("image/tiff", ".tif .tiff"),
            ("image/webp", ".webp"), ("image/x-adobe-dng", ".dng"), ("image/x-canon-cr2", ".cr2"), ("image/x-canon-cr3", ".cr3"),
            ("image/x-canon-crw", ".crw"), ("image/x-nikon-nef", ".nef"), ("image/x-nikon-nrw", ".nrw"), ("image/x-sony-arw", ".arw"),
            ("image/x-olympus-orf", ".orf"), ("image/x-panasonic-rw2", ".rw2"), ("image/x-fuji-raf", ".raf"),
            ("image/x-pentax-pef", ".pef"), ("image/x-samsung-srw", ".srw"),
        ]),
        (MaxVideo,
        [
            ("video/3gpp", ".3gp"), ("video/3gpp2", ".3g2"), ("video/x-ms-asf", ".asf"), ("video/x-msvideo", ".avi .divx"),
            ("video/mp2t", ".m2t .m2ts .mts .tod"), ("video/x-m4v", ".m4v"), ("video/x-matroska", ".mkv"), ("video/mpeg", ".mmv .mod .mpg .mpeg"),
            ("video/quicktime", ".mov"), ("video/mp4", ".mp4"), ("video/x-ms-wmv", ".wmv"),
        ]));

    /// <summary>The type of a file by its name, or null when Google takes no such file.</summary>
    public static MediaFileType? Of(string path) => ByExtension.GetValueOrDefault(Path.GetExtension(path));

    // What servers say as well.
    private static readonly FrozenDictionary<string, string> ExtensionByAlias = new (string MimeType, string Extension)[]
    {
        ("image/jpg", ".jpg"), ("image/pjpeg", ".jpg"), ("image/x-png", ".png"), ("image/x-ms-bmp", ".bmp"), ("image/x-bmp", ".bmp"),
        ("image/vnd.microsoft.icon", ".ico"), ("image/dng", ".dng"), ("video/avi", ".avi"), ("video/msvideo", ".avi"),
        ("video/matroska", ".mkv"), ("video/mpg", ".mpg"),
    }.ToFrozenDictionary(p => p.MimeType, p => p.Extension, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> ExtensionByMimeType = ByExtension.GroupBy(p => p.Value.MimeType)
        .ToFrozenDictionary(g => g.Key, g => g.Select(p => p.Key).OrderBy(Rank).First(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The type of bytes by what a server calls them, or null when Google takes no such bytes.</summary>
    public static MediaFileType? OfMimeType(string mimeType) =>
        ByExtension.GetValueOrDefault(ExtensionByAlias.GetValueOrDefault(mimeType) ?? ExtensionByMimeType.GetValueOrDefault(mimeType) ?? "");

    /// <summary>The usual ending of a file of this type.</summary>
    internal string Extension => ExtensionByMimeType[MimeType];

    // Of a type with several the common one, which the tables name first for all but these.
    private static (bool, string) Rank(string extension) => (extension is not (".jpg" or ".tif" or ".avi" or ".mts" or ".mpg"), extension);

    private static FrozenDictionary<string, MediaFileType> Table(params (long MaxLength, (string MimeType, string Extensions)[] Types)[] groups) =>
        (from g in groups
         from t in g.Types
         from extension in t.Extensions.Split(' ')
         select (extension, type: new MediaFileType(t.MimeType, g.MaxLength))).ToFrozenDictionary(p => p.extension, p => p.type, StringComparer.OrdinalIgnoreCase);
}
