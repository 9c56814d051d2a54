namespace GPhotos.Emulator.Quotas;

/// <summary>The day in Los Angeles: Google's daily quotas start anew at midnight there.</summary>
internal static class PacificDay
{
    // The rule in force since 2007. It stands here because not every system knows the zone, or knows it by this name.
    private static readonly TimeZoneInfo Pacific = TimeZoneInfo.CreateCustomTimeZone(
        "Pacific",
        TimeSpan.FromHours(-8),
        "Pacific time",
        "Pacific standard time",
        "Pacific daylight time",
        [
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), AtTwoOnSunday(3, 2), AtTwoOnSunday(11, 1)),
        ]);

    public static DateOnly Of(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Pacific).DateTime);

    private static TimeZoneInfo.TransitionTime AtTwoOnSunday(int month, int sunday) =>
        TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), month, sunday, DayOfWeek.Sunday);
}
