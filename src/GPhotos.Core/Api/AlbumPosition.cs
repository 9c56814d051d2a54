namespace GPhotos.Core.Api;

/// <summary>A place in the order of an album.</summary>
/// <remarks>See https://developers.google.com/photos/library/reference/rest/v1/AlbumPosition.</remarks>
public sealed class AlbumPosition
{
    private readonly WireAlbumPosition _wire;

    private AlbumPosition(WireAlbumPosition wire) => _wire = wire;

    /// <summary>Before everything else.</summary>
    public static AlbumPosition First { get; } = new(new WireAlbumPosition("FIRST_IN_ALBUM", null, null));

    /// <summary>After everything else.</summary>
    public static AlbumPosition Last { get; } = new(new WireAlbumPosition("LAST_IN_ALBUM", null, null));

    internal string? MediaItemId => _wire.RelativeMediaItemId;

    /// <summary>Right after a media item of the album.</summary>
    public static AlbumPosition AfterMediaItem(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new(new WireAlbumPosition("AFTER_MEDIA_ITEM", id, null));
    }

    /// <summary>Right after a text, a place or a map of the album.</summary>
    public static AlbumPosition AfterEnrichment(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new(new WireAlbumPosition("AFTER_ENRICHMENT_ITEM", null, id));
    }

    internal WireAlbumPosition ToWire() => _wire;
}
