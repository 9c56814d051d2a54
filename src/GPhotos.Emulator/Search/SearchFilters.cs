using GPhotos.Emulator.Library;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Search;

/// <summary>All the filters of a search; an item has to pass every one.</summary>
internal sealed class SearchFilters
{
    private DateFilter? _date;
    private ContentFilter? _content;
    private string? _mediaType;
    private bool _favoritesOnly;
    private bool _includeArchived;

    public static SearchFilters None { get; } = new();

    public bool HasDate => _date is not null;

    /// <summary>True when there is a filter that an order cannot stand beside.</summary>
    public bool HasMoreThanDate { get; private init; }

    public static SearchFilters Read(RequestObject filters)
    {
        filters.Allow(
            "dateFilter", "contentFilter", "mediaTypeFilter", "featureFilter", "includeArchivedMedia", "excludeNonAppCreatedData");

        // All that is here was made by the app, so excluding the rest changes nothing; its type is still looked at.
        _ = filters.Boolean("excludeNonAppCreatedData");
        return new SearchFilters
        {
            _date = filters.Object("dateFilter") is RequestObject date ? DateFilter.Read(date) : null,
            _content = filters.Object("contentFilter") is RequestObject content ? ContentFilter.Read(content) : null,
            _mediaType = filters.Object("mediaTypeFilter") is RequestObject type ? ReadMediaType(type) : null,
            _favoritesOnly = filters.Object("featureFilter") is RequestObject feature && ReadFavorites(feature),
            _includeArchived = filters.Boolean("includeArchivedMedia") ?? false,
            HasMoreThanDate = filters.Has("contentFilter") || filters.Has("mediaTypeFilter") || filters.Has("featureFilter"),
        };
    }

    public bool Matches(MediaItem item) =>
        (_includeArchived || !item.IsArchived)
        && (!_favoritesOnly || item.IsFavorite)
        && (_mediaType is null or "ALL_MEDIA" || item.Facts.IsVideo == (_mediaType == "VIDEO"))
        && _content?.Matches(item) != false
        && _date?.Matches(item) != false;

    private static string ReadMediaType(RequestObject filter)
    {
        IReadOnlyList<string> types = filter.Allow("mediaTypes").Strings("mediaTypes");
        return types is ["ALL_MEDIA" or "VIDEO" or "PHOTO"]
            ? types[0]
            : throw GoogleError.InvalidArgument("A media type filter must have exactly one of ALL_MEDIA, VIDEO and PHOTO.");
    }

    private static bool ReadFavorites(RequestObject filter)
    {
        IReadOnlyList<string> features = filter.Allow("includedFeatures").Strings("includedFeatures");
        return features.All(feature => feature is "NONE" or "FAVORITES")
            ? features.Contains("FAVORITES")
            : throw GoogleError.InvalidArgument("Invalid value at 'filters.feature_filter.included_features' (Feature).");
    }
}
