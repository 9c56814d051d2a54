using System.Globalization;
using GPhotos.Core.Http;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Http;

public sealed class QuotaTests
{
    [Fact]
    public async Task A_spent_day_is_told_at_once_with_the_hour_it_ends()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        google.Clock.Set(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
        await google.FaultAsync(new { path = "/v1/mediaItems", quota = "daily", count = 0 });

        QuotaExceededException error = await Assert.ThrowsAsync<QuotaExceededException>(() => google.Client.MediaItems.AllAsync());

        Assert.Equal(new DateTimeOffset(2026, 7, 2, 7, 0, 0, TimeSpan.Zero), error.ResetsAt);
        Assert.Equal(429, error.HttpStatus);
        Assert.True(error.EndsTheRun);
        Assert.Empty(google.Clock.Waits);
        Assert.Equal(1, (await google.StatisticsAsync()).Total);
    }

    [Theory]
    [InlineData("Quota exceeded for quota metric 'All requests' and limit 'All requests per day' of service 'x'.", "Day")]
    [InlineData("""{ "metadata": { "quota_limit": "ApiCallsPerProjectPerDay" } }""", "Day")]
    [InlineData("Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user' of service 'x'.", "Minute")]
    [InlineData("""{ "metadata": { "quota_limit": "WritesPerMinutePerUser" } }""", "Minute")]
    [InlineData("Quota exceeded for quota 'concurrent write request' of service 'photoslibrary.googleapis.com'.", "ConcurrentWrite")]
    [InlineData("Insufficient tokens for quota 'photoslibrary.googleapis.com/upload_requests' and limit 'UploadsPerMinute'", "Other")]
    [InlineData("""{ "error": { "code": 429, "message": "Resource has been exhausted (e.g. check quota)." } }""", "Other")]
    [InlineData("", "Other")]
    public void The_limit_is_told_by_its_name_or_its_words(string body, string kind) => Assert.Equal(kind, $"{QuotaVerdict.Of(body)}");

    [Theory]
    [InlineData("2026-01-15T20:00:00Z", "2026-01-16T08:00:00Z")]
    [InlineData("2026-07-15T20:00:00Z", "2026-07-16T07:00:00Z")]
    [InlineData("2026-01-15T07:59:59Z", "2026-01-15T08:00:00Z")]
    [InlineData("2026-01-15T08:00:00Z", "2026-01-16T08:00:00Z")]
    // Clocks go forward on 8 March at two in the morning: that day has 23 hours, and its midnight lies before the change.
    [InlineData("2026-03-07T20:00:00Z", "2026-03-08T08:00:00Z")]
    [InlineData("2026-03-08T08:00:00Z", "2026-03-09T07:00:00Z")]
    // Clocks go back on 1 November: that day has 25.
    [InlineData("2026-10-31T20:00:00Z", "2026-11-01T07:00:00Z")]
    [InlineData("2026-11-01T07:00:00Z", "2026-11-02T08:00:00Z")]
    [InlineData("2026-12-31T23:00:00+05:30", "2027-01-01T08:00:00Z")]
    public void The_day_ends_at_midnight_Pacific(string now, string reset)
    {
        DateTimeOffset actual = QuotaVerdict.NextReset(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));

        Assert.Equal(DateTimeOffset.Parse(reset, CultureInfo.InvariantCulture), actual);
        Assert.Equal(TimeSpan.Zero, actual.Offset);
    }
}
