namespace GPhotos;

/// <summary>Google knows no such album, or shows it to another app only.</summary>
public sealed class AlbumNotFoundException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public AlbumNotFoundException(string message, string album, Exception? inner = null)
        : base(message, inner) =>
        Album = album;

    /// <summary>The id or title that was asked for.</summary>
    public string Album { get; }
}
