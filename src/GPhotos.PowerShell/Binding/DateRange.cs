namespace GPhotos.PowerShell.Binding;

/// <summary>The range that -StartDate and -EndDate name.</summary>
internal static class DateRange
{
    /// <summary>One range; none where neither end was named.</summary>
    /// <exception cref="ArgumentException">The ends do not go together.</exception>
    public static IReadOnlyList<PhotoDateRange> Between(PhotoDate? start, PhotoDate? end) => start is null && end is null
        ? []
        : [new PhotoDateRange(start ?? OpenEnd(end!.Value, 1, 1, 1), end ?? OpenEnd(start!.Value, 9999, 12, 31))];

    // The end that was not named has the pattern of the one that was: Google takes two days, two months or two years.
    private static PhotoDate OpenEnd(PhotoDate other, int year, int month, int day) =>
        PhotoDate.Create(other.Year == 0 ? 0 : year, other.Month == 0 ? 0 : month, other.Day == 0 ? 0 : day);
}
