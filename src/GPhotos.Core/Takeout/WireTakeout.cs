using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GPhotos.Core.Takeout;

// The JSONs of an export, as docs/takeout.md describes them: Google documents none. What is not of the kind that is awaited is left out, not an error:
// the "title" of another kind of JSON is a list.

internal sealed class WireTakeout
{
    [JsonConverter(typeof(TextOrNothing))]
    public string? Title { get; set; }

    [JsonConverter(typeof(TextOrNothing))]
    public string? Description { get; set; }

    [JsonConverter(typeof(TextOrNothing))]
    public string? Url { get; set; }

    public WireTakeoutTime? PhotoTakenTime { get; set; }

    public WireTakeoutPlace? GeoData { get; set; }

    public WireTakeoutPlace? GeoDataExif { get; set; }

    public List<WireTakeoutPerson?>? People { get; set; }

    [JsonConverter(typeof(YesOrNo))]
    public bool Favorited { get; set; }

    [JsonConverter(typeof(YesOrNo))]
    public bool Archived { get; set; }

    [JsonConverter(typeof(YesOrNo))]
    public bool Trashed { get; set; }

    [JsonConverter(typeof(TextOrNothing))]
    public string? Access { get; set; }

    public WireTakeoutAlbum? AlbumData { get; set; }
}

internal sealed class WireTakeoutAlbum
{
    [JsonConverter(typeof(TextOrNothing))]
    public string? Title { get; set; }
}

internal sealed class WireTakeoutTime
{
    [JsonConverter(typeof(TextOrNothing))]
    public string? Timestamp { get; set; }

    public long? Seconds => long.TryParse(Timestamp, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds) ? seconds : null;
}

internal sealed class WireTakeoutPlace
{
    public double Latitude { get; set; }

    public double Longitude { get; set; }

    public double Altitude { get; set; }

    // Nobody lives where both lines of zero cross: that is how Google says that it knows no place.
    public bool IsKnown => (Latitude != 0 || Longitude != 0) && Math.Abs(Latitude) <= 90 && Math.Abs(Longitude) <= 180;
}

internal sealed class WireTakeoutPerson
{
    [JsonConverter(typeof(TextOrNothing))]
    public string? Name { get; set; }
}

/// <summary>Text, or a number as text; of anything else nothing.</summary>
internal sealed class TextOrNothing : JsonConverter<string?>
{
    public override bool HandleNull => true;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number when reader.TryGetInt64(out long number):
                return number.ToString(CultureInfo.InvariantCulture);
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>True, or not.</summary>
internal sealed class YesOrNo : JsonConverter<bool>
{
    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        bool isTrue = reader.TokenType == JsonTokenType.True;
        reader.Skip();
        return isTrue;
    }

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
}

/// <summary>Made by the compiler: nothing is looked up by reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(WireTakeout))]
internal sealed partial class TakeoutJsonContext : JsonSerializerContext;
