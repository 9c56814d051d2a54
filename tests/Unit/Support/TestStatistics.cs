using System.Text.Json;

namespace GPhotos.Tests.Support;

/// <summary>What the emulator counted.</summary>
internal sealed class TestStatistics(JsonElement json)
{
    public long Total => json.GetProperty("total").GetInt64();

    public long InFlight => json.GetProperty("inFlight").GetInt64();

    public long UploadBytes => json.GetProperty("uploadBytes").GetInt64();

    public long Calls(string kind) => Of("calls", kind);

    public long MaxInFlight(string kind) => Of("maxInFlight", kind);

    public long Statuses(int status) => Of("statuses", $"{status}");

    private long Of(string map, string key) =>
        json.GetProperty(map).TryGetProperty(key, out JsonElement value) ? value.GetInt64() : 0;
}
