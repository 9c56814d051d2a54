using System.Globalization;

namespace GPhotos.Emulator.Wire;

/// <summary>The 429 bodies of the Library API, and one of the Picker. None carries a Retry-After.</summary>
internal static class QuotaErrors
{
    public static GoogleError? Named(string name) => name switch
    {
        "daily" => Daily(10_000),
        "dailyMedia" => DailyMedia(75_000),
        "perMinute" => PerMinute(30),
        "concurrent" => Concurrent(),
        "pickerPerMinute" => PickerPerMinute(),
        _ => null,
    };

    public static GoogleError Daily(long limit) => ForMetric(
        "daily", "All requests", "All requests per day", "ApiCallsPerProjectPerDay", limit, "all_requests");

    /// <summary>That the media host answers 429 was seen; its words were not, so these are modelled on the others.</summary>
    public static GoogleError DailyMedia(long limit) => ForMetric(
        "dailyMedia", "Media requests", "Media requests per day", "MediaRequestsPerProjectPerDay", limit, "media_requests");

    public static GoogleError PerMinute(long limit) => ForMetric(
        "writesPerMinute", "Write requests", "Write requests per minute per user", "WritesPerMinutePerUser", limit, "write_requests");

    /// <summary>Only for faults: the Picker's 100,000 calls a minute are counted by nobody here. Modelled on the others.</summary>
    public static GoogleError PickerPerMinute() => ForMetric(
        "pickerPerMinute", "All requests", "All requests per minute", "ApiCallsPerProjectPerMinute", 100_000, "all_requests",
        "photospicker.googleapis.com");

    public static GoogleError Concurrent() => new(
        429,
        "RESOURCE_EXHAUSTED",
        "Quota exceeded for quota 'concurrent write request' of service 'photoslibrary.googleapis.com'.")
    {
        Quota = "concurrentWrites",
    };

    private static GoogleError ForMetric(
        string quota, string metric, string limit, string limitId, long value, string metricId,
        string service = "photoslibrary.googleapis.com") =>
        new(
            429,
            "RESOURCE_EXHAUSTED",
            $"Quota exceeded for quota metric '{metric}' and limit '{limit}' of service '{service}' "
            + "for consumer 'project_number:1'.")
        {
            Quota = quota,
            Details = json =>
            {
                json.WriteStartObject();
                json.WriteString("@type", "type.googleapis.com/google.rpc.ErrorInfo");
                json.WriteString("reason", "RATE_LIMIT_EXCEEDED");
                json.WriteString("domain", "googleapis.com");
                json.WriteStartObject("metadata");
                json.WriteString("quota_limit", limitId);
                json.WriteString("quota_limit_value", value.ToString(CultureInfo.InvariantCulture));
                json.WriteString("quota_location", "global");
                json.WriteString("quota_metric", $"{service}/{metricId}");
                json.WriteString("service", service);
                json.WriteString("consumer", "projects/1");
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteStartObject();
                json.WriteString("@type", "type.googleapis.com/google.rpc.Help");
                json.WriteStartArray("links");
                json.WriteStartObject();
                json.WriteString("description", "Request a higher quota limit.");
                json.WriteString("url", "https://cloud.google.com/docs/quota#requesting_higher_quota");
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            },
        };
}
