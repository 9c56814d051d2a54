using System.Globalization;

namespace GPhotos;

/// <summary>
/// A date as Google's filters know it: a day (2017-10-05), a month (2017-10), a year (2017) or a day of every year (*-10-05).
/// </summary>
/// <remarks>
/// Google does not document the time zone of its date filter; capture times are UTC, so an item taken near midnight may be
/// found under the day before or after. See https://developers.google.com/photos/library/reference/rest/v1/mediaItems/search.
/// </remarks>
public readonly record struct PhotoDate
{
    private PhotoDate(int year, int month, int day) => (Year, Month, Day) = (year, month, day);

    /// <summary>1 to 9999, or 0 for every year.</summary>
    public int Year { get; }

    /// <summary>1 to 12, or 0 for the whole year.</summary>
    public int Month { get; }

    /// <summary>1 to 31, or 0 for the whole month.</summary>
    public int Day { get; }

    /// <summary>Makes a date from its parts, 0 meaning any.</summary>
    /// <exception cref="ArgumentException">Google knows no such date.</exception>
    public static PhotoDate Create(int year, int month, int day) =>
        Complaint(year, month, day) is { } complaint
            ? throw new ArgumentException(complaint)
            : new PhotoDate(year, month, day);

    /// <summary>The day of a point in time, as its own clock shows it.</summary>
    public static PhotoDate FromDateTime(DateTime value) => new(value.Year, value.Month, value.Day);

    /// <summary>Reads 2017-10-05, 2017-10, 2017, *-10-05 or 2017-10-*. The same under every culture.</summary>
    /// <exception cref="FormatException">The text is no such date; the message says why.</exception>
    public static PhotoDate Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Trim().Split('-');
        if (parts.Length > 3)
        {
            throw NotADate(text, "it has more than three parts");
        }

        Span<int> numbers = [0, 0, 0];
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] == "*")
            {
                continue;
            }

            int widest = i == 0 ? 4 : 2;
            if (parts[i].Length is 0 || parts[i].Length > widest
                || !int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])
                || numbers[i] == 0)
            {
                throw NotADate(text, $"'{parts[i]}' is not a {PartNames[i]}");
            }
        }

        return Complaint(numbers[0], numbers[1], numbers[2]) is { } complaint
            ? throw NotADate(text, complaint)
            : new PhotoDate(numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        string year = Year == 0 ? "*" : Year.ToString("0000", CultureInfo.InvariantCulture);
        return (Month, Day) switch
        {
            (0, _) => year,
            (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{year}-{Month:00}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{year}-{Month:00}-{Day:00}"),
        };
    }

    /// <summary>Whether both leave the same parts open. Google demands it of a range's two ends.</summary>
    internal bool HasSamePattern(PhotoDate other) =>
        (Year == 0, Month == 0, Day == 0) == (other.Year == 0, other.Month == 0, other.Day == 0);

    private static string[] PartNames => ["year", "month", "day"];

    private static string? Complaint(int year, int month, int day)
    {
        if (year is < 0 or > 9999)
        {
            return $"there is no year {year}";
        }

        if (month is < 0 or > 12)
        {
            return $"there is no month {month}";
        }

        if ((year, month, day) is (0, 0, 0) or (0, _, 0) or (_, 0, not 0))
        {
            return "Google knows a day, a month of a year, a year, or a day of every year";
        }

        // 29 February of every year is a date: a leap year stands in for "any".
        int lastDay = month == 0 ? 0 : DateTime.DaysInMonth(year == 0 ? 2000 : year, month);
        return day < 0 || day > lastDay ? $"there is no day {day} in that month" : null;
    }

    private static FormatException NotADate(string text, string why) =>
        new($"'{text}' is not a date: {why}. Write a day as 2017-10-05, a month as 2017-10, a year as 2017, or a day of every year as *-10-05.");
}
