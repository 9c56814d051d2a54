namespace GPhotos.Core.Quota;

/// <summary>The days that Google counts by: from midnight to midnight in Los Angeles, so of 23, 24 or 25 hours.</summary>
internal static class PacificDay
{
    private static readonly TimeZoneInfo Pacific =
        TimeZoneInfo.TryFindSystemTimeZoneById("America/Los_Angeles", out TimeZoneInfo? zone) ? zone : ByRule();

    /// <summary>The day on which a moment lies.</summary>
    public static DateOnly Of(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Pacific).DateTime);

    /// <summary>When the day is over, in UTC.</summary>
    public static DateTimeOffset EndOf(DateOnly day)
    {
        DateTime midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Pacific.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>The zone by the rule that holds since 2007, for a system without time zones, as small containers are.</summary>
    internal static TimeZoneInfo ByRule()
    {
        DateTime two = new(1, 1, 1, 2, 0, 0);
        TimeZoneInfo.AdjustmentRule summer = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date,
            DateTime.MaxValue.Date,
            TimeSpan.FromHours(1),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(two, month: 3, week: 2, DayOfWeek.Sunday),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(two, month: 11, week: 1, DayOfWeek.Sunday));
        return TimeZoneInfo.CreateCustomTimeZone("Pacific", TimeSpan.FromHours(-8), "Pacific", "PST", "PDT", [summer]);
    }
}
