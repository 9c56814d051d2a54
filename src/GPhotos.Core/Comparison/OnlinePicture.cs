using GPhotos.Core.Media;
using GPhotos.Core.Uploads;

namespace GPhotos.Core.Comparison;

/// <summary>A media item, of whatever door.</summary>
internal sealed class OnlinePicture(MediaItem item) : ComparedPicture<LocalPicture>
{
    public MediaItem Item => item;

    public PictureName Name { get; } = PictureName.Of(item.FileName);

    public PictureKind Kind { get; } = PictureKind.Of(MediaFileType.Of(item.FileName)?.MimeType ?? item.MimeType, item.MediaType);

    /// <summary>When it was taken, or uploaded where its file does not say, in UTC; null where nobody says.</summary>
    public DateTime? Time => item.CreationTime == default ? null : item.CreationTime.UtcDateTime;

    /// <summary>Its bytes, where they are on this machine.</summary>
    public LocalContent? Content => item.Origin as LocalContent;

    /// <summary>Local files that could not be read and bear its name.</summary>
    public List<string> Unreadable { get; } = [];
}
