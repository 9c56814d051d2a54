namespace GPhotos;

/// <summary>Into which folders of a destination media items go. Dates are those of the creation time in UTC: the same on every machine.</summary>
public enum SaveLayout
{
    /// <summary>All in one folder.</summary>
    Flat,

    /// <summary>2017.</summary>
    Year,

    /// <summary>2017/10.</summary>
    YearMonth,

    /// <summary>2017/10/05.</summary>
    YearMonthDay,

    /// <summary>The title of the album the item was listed from; items that were not listed from an album go into no folder.</summary>
    Album,
}
