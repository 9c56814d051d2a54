using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Search;

/// <summary>Which parts of a date are given; the others are zero on the wire.</summary>
internal enum DateShape
{
    Day,
    Month,
    Year,
    DayOfEveryYear,
}

/// <summary>A date with wildcards, as Google's Date message has them.</summary>
internal readonly record struct DatePattern(DateShape Shape, int Year, int Month, int Day)
{
    /// <summary>A number that orders dates of the same shape.</summary>
    public int Rank => (Year * 10000) + (Month * 100) + Day;

    public static DatePattern Read(RequestObject date)
    {
        date.Allow("year", "month", "day");
        int year = Part(date, "year", 9999);
        int month = Part(date, "month", 12);
        int day = Part(date, "day", 31);
        DateShape shape = (year > 0, month > 0, day > 0) switch
        {
            (true, true, true) => DateShape.Day,
            (true, true, false) => DateShape.Month,
            (true, false, false) => DateShape.Year,
            (false, true, true) => DateShape.DayOfEveryYear,
            _ => throw GoogleError.InvalidArgument("Invalid date: this combination of year, month and day is not supported."),
        };
        return new DatePattern(shape, year, month, day);
    }

    /// <summary>The parts of a day that this pattern looks at.</summary>
    public int RankOf(DateTime day) => Shape switch
    {
        DateShape.Day => (day.Year * 10000) + (day.Month * 100) + day.Day,
        DateShape.Month => (day.Year * 10000) + (day.Month * 100),
        DateShape.Year => day.Year * 10000,
        _ => (day.Month * 100) + day.Day,
    };

    private static int Part(RequestObject date, string name, int highest)
    {
        long value = date.Integer(name) ?? 0;
        return value >= 0 && value <= highest ? (int)value : throw GoogleError.InvalidArgument($"Invalid date: {name} {value}.");
    }
}
