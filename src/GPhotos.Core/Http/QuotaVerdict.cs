using System.Net;
using GPhotos.Core.Quota;

namespace GPhotos.Core.Http;

/// <summary>What a 429 means. Google tells only in the body: by the machine-readable name of the limit, or in its words.</summary>
internal static class QuotaVerdict
{
    /// <summary>Which limit an answer names; null when it is no 429. Leaves the body readable.</summary>
    public static async ValueTask<QuotaKind?> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.TooManyRequests)
        {
            return null;
        }

        await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        return Of(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Which limit the body of a 429 names. The day first: to wait for it would be to wait in vain.</summary>
    public static QuotaKind Of(string body) =>
        Names(body, "ApiCallsPerProjectPerDay", "per day") ? QuotaKind.Day
        : Names(body, "WritesPerMinutePerUser", "per minute") ? QuotaKind.Minute
        : Names(body, "concurrent write request", "concurrent write request") ? QuotaKind.ConcurrentWrite
        : QuotaKind.Other;

    /// <summary>The next midnight in Pacific time, in UTC: when Google counts anew.</summary>
    public static DateTimeOffset NextReset(DateTimeOffset now) => PacificDay.EndOf(PacificDay.Of(now));

    private static bool Names(string body, string limit, string words) =>
        body.Contains(limit, StringComparison.Ordinal) || body.Contains(words, StringComparison.OrdinalIgnoreCase);
}
