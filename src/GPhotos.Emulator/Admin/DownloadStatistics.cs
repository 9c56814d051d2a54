using System.Text.Json;

namespace GPhotos.Emulator.Admin;

/// <summary>Which items' bytes were fetched, how often and how many: every GET that was answered with them, in whole or in part.</summary>
internal sealed class DownloadStatistics
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Tally> _byId = new(StringComparer.Ordinal);

    public void Add(string id, long bytes)
    {
        lock (_lock)
        {
            Tally sofar = _byId.GetValueOrDefault(id);
            _byId[id] = new Tally(sofar.Count + 1, sofar.Bytes + bytes);
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _byId.Clear();
        }
    }

    /// <summary>Writes the numbers, with the items that were fetched more than once or with all of them.</summary>
    public void Write(Utf8JsonWriter json, bool all)
    {
        List<KeyValuePair<string, Tally>> items;
        lock (_lock)
        {
            items = [.. _byId];
        }

        json.WriteStartObject();
        json.WriteNumber("items", items.Count);
        json.WriteNumber("bytes", items.Sum(item => item.Value.Bytes));
        WriteItems(json, "moreThanOnce", items.Where(item => item.Value.Count > 1));
        if (all)
        {
            WriteItems(json, "all", items);
        }

        json.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, Tally>> items)
    {
        json.WriteStartArray(name);
        foreach ((string id, Tally tally) in items.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteNumber("count", tally.Count);
            json.WriteNumber("bytes", tally.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private readonly record struct Tally(long Count, long Bytes);
}
