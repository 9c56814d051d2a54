namespace GPhotos;

/// <summary>The album holds as many media items as Google allows.</summary>
public sealed class AlbumFullException : GPhotosException
{
    /// <summary>How many media items an album can hold.</summary>
    public const int MaxItems = 20_000;

    /// <summary>Makes one.</summary>
    public AlbumFullException(string message, string albumId, Exception? inner = null)
        : base(message, inner) =>
        AlbumId = albumId;

    /// <summary>The album.</summary>
    public string AlbumId { get; }
}
