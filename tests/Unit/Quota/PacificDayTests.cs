using System.Globalization;
using GPhotos.Core.Quota;

namespace GPhotos.Tests.Quota;

public sealed class PacificDayTests
{
    [Theory]
    [InlineData("2026-01-15T07:59:59Z", "2026-01-14")]
    [InlineData("2026-01-15T08:00:00Z", "2026-01-15")]
    [InlineData("2026-07-15T06:59:59Z", "2026-07-14")]
    [InlineData("2026-07-15T07:00:00Z", "2026-07-15")]
    // The day of 23 hours.
    [InlineData("2026-03-08T07:59:59Z", "2026-03-07")]
    [InlineData("2026-03-08T08:00:00Z", "2026-03-08")]
    [InlineData("2026-03-09T06:59:59Z", "2026-03-08")]
    [InlineData("2026-03-09T07:00:00Z", "2026-03-09")]
    // The day of 25.
    [InlineData("2026-11-01T06:59:59Z", "2026-10-31")]
    [InlineData("2026-11-01T07:00:00Z", "2026-11-01")]
    [InlineData("2026-11-02T07:59:59Z", "2026-11-01")]
    [InlineData("2026-11-02T08:00:00Z", "2026-11-02")]
    public void A_day_is_from_midnight_to_midnight_in_Los_Angeles(string time, string day) =>
        Assert.Equal(DateOnly.Parse(day, CultureInfo.InvariantCulture), PacificDay.Of(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-03-08", 23)]
    [InlineData("2026-11-01", 25)]
    [InlineData("2026-05-05", 24)]
    public void A_day_ends_where_the_next_begins(string text, int hours)
    {
        DateOnly day = DateOnly.Parse(text, CultureInfo.InvariantCulture);
        DateTimeOffset end = PacificDay.EndOf(day);

        Assert.Equal(hours, (end - PacificDay.EndOf(day.AddDays(-1))).TotalHours);
        Assert.Equal((day, day.AddDays(1)), (PacificDay.Of(end.AddTicks(-1)), PacificDay.Of(end)));
    }

    [Fact]
    public void The_rule_for_systems_without_time_zones_says_the_same()
    {
        TimeZoneInfo real = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");
        TimeZoneInfo rule = PacificDay.ByRule();
        DateTime end = new(2031, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        for (DateTime hour = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc); hour < end; hour = hour.AddHours(1))
        {
            Assert.Equal(real.GetUtcOffset(hour), rule.GetUtcOffset(hour));
        }
    }
}
