using System.Buffers.Text;
using System.Globalization;
using GPhotos.Core.Media;
using GPhotos.Core.Uploads;

namespace GPhotos.Core.Gallery;

/// <summary>Puts together what the page is told of an entry.</summary>
/// <param name="folder">The folder of the page, which links and paths start from.</param>
internal sealed class PageItems(string folder)
{
    private const string GooglePhotos = "photos.google.com";
    private const double UsualRatio = 4.0 / 3;

    /// <summary>Whether a file is a video, by its name.</summary>
    public static bool IsVideo(string path) => MediaFileType.Of(path)?.MimeType.StartsWith("video/", StringComparison.Ordinal) == true;

    public PageItem Of(GalleryEntry entry, Thumbnail? thumbnail)
    {
        PageItem item = entry.MediaItem is { } mediaItem ? OfItem(mediaItem) : OfFile(entry.Path ?? "");
        return item with
        {
            Name = entry.Name,
            Picture = thumbnail is null ? null : Base64Url.EncodeToString(thumbnail.WebP.Span),
            Ratio = Math.Round(RatioOf(item, thumbnail), 3),
            Side = entry.SideIndicator,
            MatchedBy = entry.MatchedBy,
            Reason = entry.Reason,
            Status = entry.Status,
            Place = entry.Path is { } path ? PlaceOf(path) : item.Place,
            File = entry.IsFile ? LinkTo(entry.Path!) : null,
            Candidates = entry.Candidates.Count == 0 ? null : [.. entry.Candidates.Select(PlaceOf)],
        };
    }

    private static PageItem OfItem(MediaItem item) =>
        new(item.FileName, item.CreationTime.Year > 1 ? item.CreationTime.ToUnixTimeMilliseconds() : null)
        {
            IsVideo = item.MediaType == MediaType.Video,
            Source = item.Source.ToString(),
            Albums = item.AlbumTitles.Count > 0 ? item.AlbumTitles : item.AlbumTitle is { } title ? [title] : null,
            Description = item.Description,
            IsFavorite = item.IsFavorite == true,
            Width = item.Width,
            Height = item.Height,
            Length = item.Length,
            MimeType = item.MimeType,
            Camera = string.Join(' ', new[] { item.CameraMake, item.CameraModel }.Where(s => !string.IsNullOrWhiteSpace(s))) is { Length: > 0 } camera ? camera : null,
            Exposure = ExposureOf(item),
            Place = item.ArchivePath is { } archive ? $"{System.IO.Path.GetFileName(archive)}: {item.EntryName}" : null,
            // Whatever a server may call an item's page, only one there is linked to.
            Page = item.ProductUrl is { Scheme: "https", Host: GooglePhotos } page ? page.AbsoluteUri : null,
        };

    private static PageItem OfFile(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists)
        {
            return new PageItem(file.Name, null) { IsVideo = IsVideo(path) };
        }

        MediaFacts facts = FactsOf(path);
        DateTime time = DateTime.SpecifyKind(facts.Captured?.Time ?? file.LastWriteTimeUtc, DateTimeKind.Utc);
        return new PageItem(file.Name, new DateTimeOffset(time).ToUnixTimeMilliseconds())
        {
            IsCameraClock = facts.Captured is { IsExact: false },
            IsFileTime = facts.Captured is null,
            IsVideo = IsVideo(path),
            Width = facts.IsTurned ? facts.Height : facts.Width,
            Height = facts.IsTurned ? facts.Width : facts.Height,
            Length = file.Length,
            MimeType = MediaFileType.Of(path)?.MimeType,
        };
    }

    // That it cannot be read is told once, by who wants its picture.
    private static MediaFacts FactsOf(string path)
    {
        try
        {
            return MediaFacts.Read(path);
        }
        catch (FileReadFailedException)
        {
            return MediaFacts.None;
        }
    }

    private static double RatioOf(PageItem item, Thumbnail? thumbnail) =>
        thumbnail is not null ? (double)thumbnail.Width / thumbnail.Height
        : item is { Width: > 0, Height: > 0 } ? (double)item.Width / item.Height
        : UsualRatio;

    private static string? ExposureOf(MediaItem item)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        List<string> parts = [];
        if (item.FocalLength is { } focal)
        {
            parts.Add(string.Create(invariant, $"{focal:0.#} mm"));
        }

        if (item.ApertureFNumber is { } aperture)
        {
            parts.Add(string.Create(invariant, $"f/{aperture:0.#}"));
        }

        if (item.ExposureTime is { TotalSeconds: > 0 and var seconds })
        {
            parts.Add(seconds < 0.5 ? string.Create(invariant, $"1/{1 / seconds:0} s") : string.Create(invariant, $"{seconds:0.#} s"));
        }

        if (item.IsoEquivalent is { } iso)
        {
            parts.Add(string.Create(invariant, $"ISO {iso}"));
        }

        if (item.FramesPerSecond is { } frames)
        {
            parts.Add(string.Create(invariant, $"{frames:0.##} frames a second"));
        }

        return parts.Count == 0 ? null : string.Join(", ", parts);
    }

    // A page that is handed on does not tell in whose home folder it was made.
    private string PlaceOf(string path) =>
        System.IO.Path.IsPathFullyQualified(path) ? System.IO.Path.GetRelativePath(folder, path) : path;

    private string LinkTo(string path)
    {
        string relative = System.IO.Path.GetRelativePath(folder, path);
        return System.IO.Path.IsPathFullyQualified(relative)
            ? new Uri(relative).AbsoluteUri
            : string.Join('/', relative.Split(System.IO.Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
    }
}
