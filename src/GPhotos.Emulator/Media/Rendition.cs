using System.Text;
using GPhotos.Emulator.Library;

namespace GPhotos.Emulator.Media;

/// <summary>What comes down for an item under some parameters.</summary>
/// <param name="ContentType">The type of the bytes, which need not be the item's.</param>
/// <param name="Body">The bytes.</param>
internal sealed record Rendition(string ContentType, IReadOnlyList<ByteSlice> Body)
{
    private static readonly string[] Shown =
        ["image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "image/avif", "image/x-icon"];

    public long Length => Body.Sum(piece => piece.Length);

    /// <summary>The rendition, or null where the item has none of that kind.</summary>
    public static Rendition? Of(MediaItem item, DownloadParameters parameters, DateTimeOffset now) => parameters switch
    {
        { Video: true } => item.Facts.IsVideo ? Video(item, now) : MovingPart(item),
        { Sized: true } => Thumbnail(item, parameters.Name),
        _ => item.Facts.IsVideo ? Thumbnail(item, parameters.Name) : Photo(item),
    };

    /// <summary>Other bytes of the same type and about the same length, different for each seed.</summary>
    public Rendition Remade(ulong seed, DateTime captured)
    {
        // Of whole blocks, and more than a synthetic picture's natural size: so all that are made are of one length.
        const int Block = 8192;
        int size = (int)((Length + Block - 1) / Block * Block);
        return new Rendition(ContentType, [ByteSlice.Of(SyntheticBytes.Make(ContentType, seed, captured, size))]);
    }

    private static Rendition? Video(MediaItem item, DateTimeOffset now)
    {
        if (item.VideoStatus(now) != "READY")
        {
            return null;
        }

        string type = DownloadType.Of(item);
        ByteSlice original = item.Content.Open();
        return type == item.Facts.MimeType ? new Rendition(type, [original])
            : type == "video/mp4" ? new Rendition(type, Mp4Transcode.Of(original))
            : MadeUp(item, type);
    }

    private static Rendition? MovingPart(MediaItem item)
    {
        ByteSlice bytes = item.Content.Open();
        return MotionPhoto.FindVideo(bytes) is long start ? new Rendition("video/mp4", [bytes.From(start)]) : null;
    }

    private static Rendition Photo(MediaItem item)
    {
        string type = DownloadType.Of(item);
        if (type != item.Facts.MimeType)
        {
            return MadeUp(item, type);
        }

        ByteSlice original = Still(item.Content.Open());
        return new Rendition(type, type == "image/jpeg" && JpegSegments.IsJpeg(original) ? JpegDownload.Of(original) : [original]);
    }

    // Nothing here scales pictures: the size asked for is written into the bytes, so that no form passes for another.
    private static Rendition Thumbnail(MediaItem item, string size)
    {
        if (!Shown.Contains(item.Facts.MimeType))
        {
            ByteSlice picture = ByteSlice.Of(SyntheticJpeg.Make(item.Key, item.CreationTime));
            return new Rendition("image/jpeg", JpegDownload.Of(picture, size));
        }

        ByteSlice original = Still(item.Content.Open());
        return new Rendition(item.Facts.MimeType, JpegSegments.IsJpeg(original)
            ? JpegDownload.Of(original, size)
            : [original, ByteSlice.Of(Encoding.ASCII.GetBytes(size))]);
    }

    private static ByteSlice Still(ByteSlice photo) => MotionPhoto.FindVideo(photo) is long start ? photo.Slice(0, start) : photo;

    private static Rendition MadeUp(MediaItem item, string type) =>
        new(type, [ByteSlice.Of(SyntheticBytes.Make(type, item.Key, item.CreationTime, 0))]);
}
