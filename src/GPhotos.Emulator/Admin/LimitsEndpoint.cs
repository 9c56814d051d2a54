using System.Text.Json;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Quotas;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>/emulator/limits: the quotas in force, and what is used of them today.</summary>
internal sealed class LimitsEndpoint(Limits limits)
{
    public ValueTask<Reply> ShowAsync(Exchange exchange) => ValueTask.FromResult(Reply.Json(Write));

    /// <summary>Sets the limits that are named and leaves the others; what is used stays used.</summary>
    public async ValueTask<Reply> SetAsync(Exchange exchange)
    {
        RequestObject request = (await exchange.ReadJsonAsync()).Allow("daily", "dailyMedia", "writesPerMinute");
        limits.Daily = Limit(request, "daily") ?? limits.Daily;
        limits.DailyMedia = Limit(request, "dailyMedia") ?? limits.DailyMedia;
        limits.WritesPerMinute = Limit(request, "writesPerMinute") ?? limits.WritesPerMinute;
        return Reply.Json(Write);
    }

    private static long? Limit(RequestObject request, string name) =>
        request.Integer(name) is < 0 ? throw GoogleError.InvalidArgument($"{name} must not be negative.") : request.Integer(name);

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("daily", limits.Daily);
        json.WriteNumber("dailyMedia", limits.DailyMedia);
        json.WriteNumber("writesPerMinute", limits.WritesPerMinute);
        WriteUsed(json, "usedToday", limits.Requests);
        WriteUsed(json, "mediaUsedToday", limits.MediaRequests);
        json.WriteEndObject();
    }

    private static void WriteUsed(Utf8JsonWriter json, string name, DailyCounter counter)
    {
        json.WriteStartObject(name);
        foreach ((string project, long used) in counter.Used())
        {
            json.WriteNumber(project, used);
        }

        json.WriteEndObject();
    }
}
