using GPhotos.Emulator.Library;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Uploads;

/// <summary>The place in an album that an AlbumPosition means.</summary>
internal static class AlbumPlace
{
    /// <summary>The index at which items go in. The caller holds the library's gate.</summary>
    public static int IndexIn(Album album, RequestObject? position, PhotoLibrary library)
    {
        position?.Allow("position", "relativeMediaItemId", "relativeEnrichmentItemId");
        string kind = position?.String("position") ?? "LAST_IN_ALBUM";
        string? relative = position?.String("relativeMediaItemId");
        if (relative is not null && kind != "AFTER_MEDIA_ITEM")
        {
            throw GoogleError.InvalidArgument("A relative media item id goes with AFTER_MEDIA_ITEM only.");
        }

        return kind switch
        {
            "FIRST_IN_ALBUM" => 0,
            "LAST_IN_ALBUM" or "POSITION_TYPE_UNSPECIFIED" => album.Items.Count,
            "AFTER_MEDIA_ITEM" when library.Find(relative ?? "") is MediaItem item && album.Contains(item) => album.IndexOf(item) + 1,
            "AFTER_MEDIA_ITEM" => throw GoogleError.InvalidIdInRequest(),
            "AFTER_ENRICHMENT_ITEM" => throw GoogleError.InvalidArgument("Request contains an invalid enrichment item id."),
            _ => throw GoogleError.InvalidArgument($"Invalid value at 'album_position.position' (PositionType), \"{kind}\""),
        };
    }
}
