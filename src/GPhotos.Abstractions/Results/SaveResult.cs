namespace GPhotos;

/// <summary>One per media item given to Save-GPhotoMediaItem that did not end in an error.</summary>
public sealed class SaveResult
{
    /// <summary>What became of it.</summary>
    public SaveStatus Status { get; init; }

    /// <summary>The full path of the file, or the gs:// address of the object; null while pending.</summary>
    public string? FullName { get; init; }

    /// <summary>The length in bytes; 0 while pending.</summary>
    public long Length { get; init; }

    /// <summary>
    /// SHA-256 of the bytes that were saved, in lower-case hex. Null while pending, and where a file was changed by somebody after it was saved.
    /// </summary>
    public string? Sha256 { get; init; }

    /// <summary>Google's name of the item, where the file has another: a name no file can bear, one that was taken, or an ending that is not that of the bytes.</summary>
    public string? RenamedFrom { get; init; }

    /// <summary>The moving part of a motion photo, where it was asked for and there is one.</summary>
    public string? MotionFullName { get; init; }

    /// <summary>The file with the item's metadata, where it was asked for.</summary>
    public string? SidecarFullName { get; init; }

    /// <summary>Where the file that stood there was moved, since somebody had changed it; else null.</summary>
    public string? SetAsideAs { get; init; }

    /// <summary>The media item. Of one that was given by its id and is saved already, what the catalog knows of it.</summary>
    public required MediaItem MediaItem { get; init; }

    /// <summary>The id of the media item, so that results chain by property name.</summary>
    public string Id => MediaItem.Id;

    /// <summary>The path.</summary>
    public override string ToString() => FullName ?? MediaItem.FileName;
}
