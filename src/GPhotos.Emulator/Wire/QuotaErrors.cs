namespace GPhotos.Emulator.Wire;

/// <summary>The three 429 bodies of the Library API. None carries a Retry-After.</summary>
internal static class QuotaErrors
{
    public static GoogleError? Named(string name) => name switch
    {
        "daily" => Daily(),
        "perMinute" => PerMinute(),
        "concurrent" => Concurrent(),
        _ => null,
    };

    public static GoogleError Daily() => ForMetric(
        "All requests", "All requests per day", "ApiCallsPerProjectPerDay", "10000", "all_requests");

    public static GoogleError PerMinute() => ForMetric(
        "Write requests", "Write requests per minute per user", "WritesPerMinutePerUser", "30", "write_requests");

    public static GoogleError Concurrent() => new(
        429,
        "RESOURCE_EXHAUSTED",
        "Quota exceeded for quota 'concurrent write request' of service 'photoslibrary.googleapis.com'.");

    private static GoogleError ForMetric(string metric, string limit, string limitId, string value, string metricId) => new(
        429,
        "RESOURCE_EXHAUSTED",
        $"Quota exceeded for quota metric '{metric}' and limit '{limit}' of service 'photoslibrary.googleapis.com' "
        + "for consumer 'project_number:1'.")
    {
        Details = json =>
        {
            json.WriteStartObject();
            json.WriteString("@type", "type.googleapis.com/google.rpc.ErrorInfo");
            json.WriteString("reason", "RATE_LIMIT_EXCEEDED");
            json.WriteString("domain", "googleapis.com");
            json.WriteStartObject("metadata");
            json.WriteString("quota_limit", limitId);
            json.WriteString("quota_limit_value", value);
            json.WriteString("quota_location", "global");
            json.WriteString("quota_metric", $"photoslibrary.googleapis.com/{metricId}");
            json.WriteString("service", "photoslibrary.googleapis.com");
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
