namespace GPhotos;

/// <summary>One per media item given to Save-GPhotoMediaItem that did not end in an error.</summary>
public sealed class SaveResult
{
    /// <summary>What became of it.</summary>
    public SaveStatus Status { get; init; }

    /// <summary>The full path of the file; for <see cref="SaveStatus.Pending"/> the path it will have, or null.</summary>
    public string? FullName { get; init; }

    /// <summary>The length in bytes; 0 while pending.</summary>
    public long Length { get; init; }

    /// <summary>SHA-256 of the bytes on disk in lower-case hex; null unless they were written by this run.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Google's name of the item, where no file can safely bear it; else null.</summary>
    public string? RenamedFrom { get; init; }

    /// <summary>The media item.</summary>
    public required MediaItem MediaItem { get; init; }

    /// <summary>The id of the media item, so that results chain by property name.</summary>
    public string Id => MediaItem.Id;

    /// <summary>The path.</summary>
    public override string ToString() => FullName ?? MediaItem.FileName;
}
