using System.Globalization;
using System.Text.Json;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>Replies of Cloud Storage with a resource in them, cut down to the <c>fields</c> that were asked for.</summary>
internal static class StorageReply
{
    public static Reply Json(Exchange exchange, Action<Utf8JsonWriter> write)
    {
        if (exchange.Query("fields") is not { Length: > 0 } fields)
        {
            return Reply.Json(write);
        }

        FieldMask mask = FieldMask.Parse(fields);
        using JsonBuffer whole = JsonBuffer.Rent();
        write(whole.Writer);
        using JsonDocument document = JsonDocument.Parse(whole.Finish());
        return Reply.Json(json => mask.Write(json, document.RootElement));
    }

    /// <summary>Numbers of 64 bits stand in strings.</summary>
    public static void WriteLong(this Utf8JsonWriter json, string name, long number) =>
        json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));

    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset time) =>
        json.WriteString(name, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
