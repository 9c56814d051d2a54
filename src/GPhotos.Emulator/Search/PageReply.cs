using System.Text.Json;
using GPhotos.Emulator.Hosting;

namespace GPhotos.Emulator.Search;

/// <summary>A page on the wire. An empty list is left out, name and all.</summary>
internal static class PageReply
{
    public static Reply Of<T>(string name, List<T> entries, Action<Utf8JsonWriter, T> write, string? nextPageToken) => Reply.Json(json =>
    {
        json.WriteStartObject();
        if (entries.Count > 0)
        {
            json.WriteStartArray(name);
            foreach (T entry in entries)
            {
                write(json, entry);
            }

            json.WriteEndArray();
        }

        if (nextPageToken is not null)
        {
            json.WriteString("nextPageToken", nextPageToken);
        }

        json.WriteEndObject();
    });
}
