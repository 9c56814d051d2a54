namespace GPhotos;

/// <summary>The bytes of a media item could not be had.</summary>
public sealed class DownloadFailedException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public DownloadFailedException(string message, string id, Exception? inner = null)
        : base(message, inner) =>
        Id = id;

    /// <summary>The media item.</summary>
    public string Id { get; }
}
