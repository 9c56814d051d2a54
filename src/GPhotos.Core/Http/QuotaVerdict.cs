using System.Net;

namespace GPhotos.Core.Http;

/// <summary>What a 429 means. Google tells only in the body: the day is spent, or this minute is.</summary>
internal static class QuotaVerdict
{
    private const string DailyLimit = "ApiCallsPerProjectPerDay";

    /// <summary>Whether waiting does not help before midnight Pacific. Leaves the body readable.</summary>
    public static async ValueTask<bool> IsDailyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.TooManyRequests)
        {
            return false;
        }

        await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        return IsDaily(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Whether the body names the daily limit, by its machine-readable name or in its words.</summary>
    public static bool IsDaily(string body) =>
        body.Contains(DailyLimit, StringComparison.Ordinal) || body.Contains("per day", StringComparison.OrdinalIgnoreCase);

    /// <summary>The next midnight in Pacific time, in UTC: when Google counts anew.</summary>
    public static DateTimeOffset NextReset(DateTimeOffset now)
    {
        TimeZoneInfo pacific = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");
        DateTime midnight = TimeZoneInfo.ConvertTime(now, pacific).Date.AddDays(1);
        return new DateTimeOffset(midnight, pacific.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
