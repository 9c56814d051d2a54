namespace GPhotos;

/// <summary>What to list. Everything set must hold; dates and ranges are alternatives of one another.</summary>
/// <remarks>Limits are Google's: https://developers.google.com/photos/library/guides/apply-filters.</remarks>
public sealed record MediaItemQuery
{
    /// <summary>Only items of this album, in the album's order. Google allows no other filter beside it.</summary>
    public string? AlbumId { get; init; }

    /// <summary>The title of that album, where it is known: the items are to bear it.</summary>
    public string? AlbumTitle { get; init; }

    /// <summary>Days, months or years; at most 5.</summary>
    public IReadOnlyList<PhotoDate> Dates { get; init; } = [];

    /// <summary>Ranges of dates; at most 5.</summary>
    public IReadOnlyList<PhotoDateRange> DateRanges { get; init; } = [];

    /// <summary>Any of these categories; at most 10.</summary>
    public IReadOnlyList<ContentCategory> IncludedCategories { get; init; } = [];

    /// <summary>None of these categories; at most 10.</summary>
    public IReadOnlyList<ContentCategory> ExcludedCategories { get; init; } = [];

    /// <summary>Photos, videos or both.</summary>
    public MediaType MediaType { get; init; }

    /// <summary>Only favourites.</summary>
    public bool FavoritesOnly { get; init; }

    /// <summary>Archived items too.</summary>
    public bool IncludeArchived { get; init; }

    /// <summary>The order asked for.</summary>
    public MediaItemOrder Order { get; init; }

    /// <summary>Whether this asks for everything the app can see.</summary>
    public bool IsUnfiltered =>
        AlbumId is null && Dates.Count + DateRanges.Count + IncludedCategories.Count + ExcludedCategories.Count == 0
        && MediaType == MediaType.All && !FavoritesOnly;

    /// <summary>Items asked for in one call, 1 to 100.</summary>
    public int PageSize { get; init; } = 100;
}
