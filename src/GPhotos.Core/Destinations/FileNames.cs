using System.Security.Cryptography;
using System.Text;

namespace GPhotos.Core.Destinations;

/// <summary>The names a media item may have in a destination.</summary>
internal static class FileNames
{
    // What Google gives back as it is. Of anything else (HEIC, RAW) a JPEG may come, of any other video an MP4.
    private static readonly string[] KeptPhotos = [".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".gif", ".webp"];
    private static readonly string[] KeptVideos = [".mp4", ".m4v"];

    /// <summary>Best first: the plain one, then two with a marker that depends on nothing but the item's id and the form.</summary>
    public static IReadOnlyList<string> Candidates(MediaItem item, MediaForm form)
    {
        string of = form.IsOriginal ? item.Id : $"{item.Id} {form.Key}";
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(of)));
        string name = SafeFileName.Clean(item.FileName, "item-" + hash[..12]);
        return [name, SafeFileName.Mark(name, hash[..6]), SafeFileName.Mark(name, hash[..16])];
    }

    /// <summary>
    /// What else a file of that name may come to be called, known before its bytes are: claimed ahead, so that names do not depend on which
    /// download is through first.
    /// </summary>
    public static IReadOnlyList<string> Likely(string name, bool isVideo, bool withMotion)
    {
        List<string> likely = [];
        string extension = Path.GetExtension(name);
        if (!(isVideo ? KeptVideos : KeptPhotos).Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            likely.Add(SafeFileName.WithExtension(name, isVideo ? ".mp4" : ".jpg"));
        }

        if (withMotion && !isVideo)
        {
            likely.Add(SafeFileName.WithExtension(name, ".mp4"));
        }

        return likely;
    }

    /// <summary>The folder of a path, with a slash at its end, or empty.</summary>
    public static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];

    /// <summary>The folder an item belongs into, with a slash at its end; empty for the destination itself.</summary>
    public static string Folder(MediaItem item, SaveLayout layout)
    {
        DateTime taken = item.CreationTime.UtcDateTime;
        string? format = layout switch
        {
            SaveLayout.Year => "yyyy'/'",
            SaveLayout.YearMonth => "yyyy'/'MM'/'",
            SaveLayout.YearMonthDay => "yyyy'/'MM'/'dd'/'",
            _ => null,
        };
        if (format is not null)
        {
            return item.CreationTime == default ? "undated/" : taken.ToString(format, System.Globalization.CultureInfo.InvariantCulture);
        }

        return layout == SaveLayout.Album && item.AlbumTitle is { } title ? SafeFileName.Clean(title.Replace('/', '_').Replace('\\', '_'), "album") + "/" : "";
    }
}
