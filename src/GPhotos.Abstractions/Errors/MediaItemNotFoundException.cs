namespace GPhotos;

/// <summary>Google knows no such media item, or shows it to another app only.</summary>
public sealed class MediaItemNotFoundException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public MediaItemNotFoundException(string message, string id, Exception? inner = null)
        : base(message, inner) =>
        Id = id;

    /// <summary>The id that was asked for.</summary>
    public string Id { get; }
}
