namespace GPhotos.Core.Api;

/// <summary>Writes a query in the terms of mediaItems.search, and refuses what Google would refuse, before a call is spent.</summary>
/// <remarks>Rules: https://developers.google.com/photos/library/reference/rest/v1/mediaItems/search.</remarks>
internal static class SearchRequests
{
    public const int MaxPageSize = 100;
    private const int MaxDates = 5;
    private const int MaxCategories = 10;

    public static WireSearchRequest Create(MediaItemQuery query)
    {
        if (query.PageSize is < 1 or > MaxPageSize)
        {
            throw new InvalidRequestException($"A page holds 1 to {MaxPageSize} items; {query.PageSize} was asked for.");
        }

        // Google takes an empty id for none and would list the whole library.
        if (query.AlbumId is { Length: 0 })
        {
            throw new InvalidRequestException("The album's id is empty.");
        }

        WireFilters? filters = Filters(query);
        if (query.AlbumId is not null && filters is not null)
        {
            throw new InvalidRequestException("Google does not filter within an album. List the album, then use Where-Object.");
        }

        return new WireSearchRequest(query.AlbumId, query.PageSize, null, OrderBy(query, filters), filters);
    }

    private static WireFilters? Filters(MediaItemQuery query)
    {
        WireDateFilter? dates = Dates(query);
        WireContentFilter? content = Content(query);
        WireMediaTypeFilter? type = query.MediaType switch
        {
            MediaType.Photo => new(["PHOTO"]),
            MediaType.Video => new(["VIDEO"]),
            _ => null,
        };
        WireFeatureFilter? features = query.FavoritesOnly ? new(["FAVORITES"]) : null;
        return (dates, content, type, features, query.IncludeArchived) is (null, null, null, null, false)
            ? null
            : new(dates, content, type, features, query.IncludeArchived ? true : null);
    }

    private static WireDateFilter? Dates(MediaItemQuery query)
    {
        if (query.Dates.Count > MaxDates || query.DateRanges.Count > MaxDates)
        {
            throw new InvalidRequestException($"Google takes at most {MaxDates} dates and {MaxDates} ranges in one listing.");
        }

        if (query.DateRanges.FirstOrDefault(IsReversed) is { } reversed)
        {
            throw new InvalidRequestException($"The range ends before it starts: {reversed.Start} to {reversed.End}.");
        }

        return query.Dates.Count + query.DateRanges.Count == 0
            ? null
            : new(
                query.Dates.Count == 0 ? null : [.. query.Dates.Select(Wire)],
                query.DateRanges.Count == 0 ? null : [.. query.DateRanges.Select(r => new WireDateRange(Wire(r.Start), Wire(r.End)))]);
    }

    // Days of every year are left to Google: December to January may mean the turn of the year.
    private static bool IsReversed(PhotoDateRange range) =>
        range.Start.Year > 0
        && (range.Start.Year, range.Start.Month, range.Start.Day).CompareTo((range.End.Year, range.End.Month, range.End.Day)) > 0;

    private static WireContentFilter? Content(MediaItemQuery query)
    {
        if (query.IncludedCategories.Count > MaxCategories || query.ExcludedCategories.Count > MaxCategories)
        {
            throw new InvalidRequestException($"Google takes at most {MaxCategories} categories to include and {MaxCategories} to exclude.");
        }

        if (query.IncludedCategories.Intersect(query.ExcludedCategories).Select(c => (ContentCategory?)c).FirstOrDefault() is { } both)
        {
            throw new InvalidRequestException($"The category {both} is both asked for and excluded.");
        }

        return query.IncludedCategories.Count + query.ExcludedCategories.Count == 0
            ? null
            : new(Names(query.IncludedCategories), Names(query.ExcludedCategories));
    }

    // Google orders only a listing by date with no other filter; elsewhere its own order (newest first) is all there is.
    private static string? OrderBy(MediaItemQuery query, WireFilters? filters) =>
        filters is { DateFilter: not null, ContentFilter: null, MediaTypeFilter: null, FeatureFilter: null }
            ? query.Order switch
            {
                MediaItemOrder.OldestFirst => "MediaMetadata.creation_time",
                MediaItemOrder.NewestFirst => "MediaMetadata.creation_time desc",
                _ => null,
            }
            : null;

    private static string[]? Names(IReadOnlyList<ContentCategory> categories) =>
        categories.Count == 0 ? null : [.. categories.Distinct().Select(c => c.ToString().ToUpperInvariant())];

    private static WireDate Wire(PhotoDate date) => new(date.Year, date.Month, date.Day);
}
