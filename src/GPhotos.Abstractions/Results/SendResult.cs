namespace GPhotos;

/// <summary>One per file given to Send-GPhotoMediaItem that did not end in an error.</summary>
public sealed class SendResult
{
    /// <summary>What became of it, from Google's own answer for this file.</summary>
    public SendStatus Status { get; init; }

    /// <summary>The full path of the file that was sent, or its web address.</summary>
    public required string FullName { get; init; }

    /// <summary>The description that was given, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The length in bytes.</summary>
    public long Length { get; init; }

    /// <summary>SHA-256 of the bytes that were sent, in lower-case hex; null while pending.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The id of the media item; null while pending, or when Google did not tell it.</summary>
    public string? Id { get; init; }

    /// <summary>The media item as Google described it; null where <see cref="Id"/> is, and for what was in the library already.</summary>
    public MediaItem? MediaItem { get; init; }

    /// <summary>The id of the album it was sent to, or null.</summary>
    public string? AlbumId { get; init; }

    /// <summary>The path.</summary>
    public override string ToString() => FullName;
}
