using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Library;

/// <summary>The place in an album that an AlbumPosition means.</summary>
internal static class AlbumPlace
{
    /// <summary>The index among the album's entries at which something goes in. The caller holds the library's gate.</summary>
    public static int IndexIn(Album album, RequestObject? position)
    {
        position?.Allow("position", "relativeMediaItemId", "relativeEnrichmentItemId");
        string kind = position?.String("position") ?? "LAST_IN_ALBUM";
        string? item = position?.String("relativeMediaItemId");
        string? enrichment = position?.String("relativeEnrichmentItemId");
        if (item is not null && kind != "AFTER_MEDIA_ITEM")
        {
            throw GoogleError.InvalidArgument("A relative media item id goes with AFTER_MEDIA_ITEM only.");
        }

        if (enrichment is not null && kind != "AFTER_ENRICHMENT_ITEM")
        {
            throw GoogleError.InvalidArgument("A relative enrichment item id goes with AFTER_ENRICHMENT_ITEM only.");
        }

        return kind switch
        {
            "FIRST_IN_ALBUM" => 0,
            "LAST_IN_ALBUM" or "POSITION_TYPE_UNSPECIFIED" => album.Entries.Count,
            "AFTER_MEDIA_ITEM" => IndexBehind(album, entry => entry.Item is MediaItem here && here.Id == item && here.Owner == album.Owner)
                ?? throw GoogleError.InvalidIdInRequest(),
            "AFTER_ENRICHMENT_ITEM" => IndexBehind(album, entry => entry.Enrichment is Enrichment here && here.Id == enrichment)
                ?? throw GoogleError.InvalidArgument("Request contains an invalid enrichment item id."),
            _ => throw GoogleError.InvalidArgument($"Invalid value at 'album_position.position' (PositionType), \"{kind}\""),
        };
    }

    private static int? IndexBehind(Album album, Predicate<AlbumEntry> isIt)
    {
        for (int index = 0; index < album.Entries.Count; index++)
        {
            if (isIt(album.Entries[index]))
            {
                return index + 1;
            }
        }

        return null;
    }
}
