namespace GPhotos;

/// <summary>Where the bytes of a media item come from, when that is not the Library API. The client derives from it.</summary>
internal abstract class MediaOrigin
{
    /// <summary>The door.</summary>
    public abstract MediaItemSource Source { get; }
}
