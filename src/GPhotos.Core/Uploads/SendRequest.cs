using GPhotos.Core.Media;

namespace GPhotos.Core.Uploads;

/// <summary>A file to send.</summary>
/// <param name="Path">Its full path; of a web address what may be shown of it, without its query.</param>
public sealed record SendRequest(string Path)
{
    /// <summary>The longest description Google takes, in characters.</summary>
    public const int MaxDescriptionLength = 999;

    /// <summary>Bytes of the web, to be sent without a file in between.</summary>
    public SendRequest(Uri address)
        : this(WebAddress.Shown(address)) => Address = address;

    /// <summary>A media item whose bytes are on this machine, as those of Takeout archives are.</summary>
    public SendRequest(MediaItem mediaItem)
        : this((mediaItem?.Origin as LocalContent)?.Name ?? mediaItem?.FileName ?? throw new ArgumentNullException(nameof(mediaItem))) => MediaItem = mediaItem;

    /// <summary>The media item whose bytes are sent; null for a file or an address.</summary>
    public MediaItem? MediaItem { get; }

    /// <summary>Where on the web the bytes are, whole: its query may be a secret. Null for a file.</summary>
    public Uri? Address { get; }

    /// <summary>The description the user wrote, below 1,000 characters, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The album to put it in, by id or title; a title that no album has is made. Null, and no id either: to the library only.</summary>
    public string? Album { get; init; }

    /// <summary>The id of the album to put it in, where it is known: that spares the call that would look it up.</summary>
    public string? AlbumId { get; init; }

    /// <summary>Looks at what is on this machine, before a byte of it leaves.</summary>
    internal UploadSource LookAt() => MediaItem is { } item ? ContentSource.Of(item) : FileSource.At(Path);

    /// <summary>The path; never the whole of a web address.</summary>
    public override string ToString() => Path;
}
