using System.Globalization;
using System.Text.Json;

namespace GPhotos.Emulator.Wire;

/// <summary>An object of a request body, read as strictly as Google reads it: unknown names and wrong types are refused.</summary>
internal sealed class RequestObject
{
    private readonly Dictionary<string, JsonElement> _members = [];
    private readonly string _path;

    private RequestObject(string path) => _path = path;

    public static RequestObject Empty { get; } = new("");

    public static RequestObject From(JsonElement element, string path)
    {
        RequestObject result = new(path);
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Refuse($"Invalid value at '{path}', expected an object.");
        }

        foreach (JsonProperty member in element.EnumerateObject())
        {
            result._members[JsonName(member.Name)] = member.Value;
        }

        return result;
    }

    /// <summary>Refuses every member that is not among <paramref name="names"/>.</summary>
    public RequestObject Allow(params ReadOnlySpan<string> names)
    {
        foreach (string name in _members.Keys)
        {
            if (!names.Contains(name))
            {
                string where = _path.Length == 0 ? "" : $" at '{_path}'";
                throw Refuse($"Invalid JSON payload received. Unknown name \"{name}\"{where}: Cannot find field.");
            }
        }

        return this;
    }

    public bool IsEmpty => _members.Count == 0;

    public bool Has(string name) => _members.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Whether the member is there and is null, which a patch means as: take it away.</summary>
    public bool IsNull(string name) => _members.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.Null;

    public string? String(string name) => !Has(name) ? null : _members[name] is { ValueKind: JsonValueKind.String } text
        ? text.GetString()
        : throw Mismatch(name, "string");

    public bool? Boolean(string name) => !Has(name) ? null : _members[name].ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Mismatch(name, "bool"),
    };

    /// <summary>A 64-bit or smaller number; in JSON for protocol buffers its digits may stand in a string.</summary>
    public long? Integer(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        JsonElement value = _members[name];
        bool known = value.ValueKind == JsonValueKind.Number
            ? value.TryGetInt64(out long number)
            : long.TryParse(value.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
        return known ? number : throw Mismatch(name, "int");
    }

    public double? Number(string name) => !Has(name) ? null
        : _members[name].ValueKind == JsonValueKind.Number ? _members[name].GetDouble()
        : throw Mismatch(name, "double");

    /// <summary>A time in ISO 8601; in UTC where it names no offset.</summary>
    public DateTimeOffset? Time(string name) => String(name) is not string text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
        : throw Mismatch(name, "Timestamp");

    public RequestObject? Object(string name) => Has(name) ? From(_members[name], Below(name)) : null;

    public IReadOnlyList<RequestObject> Objects(string name) =>
        [.. Elements(name).Select((element, index) => From(element, $"{Below(name)}[{index}]"))];

    public IReadOnlyList<string> Strings(string name) => [.. Elements(name).Select(element =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Mismatch(name, "string"))];

    /// <summary>The member as it stands, for what the emulator passes on without reading.</summary>
    public JsonElement? Raw(string name) => Has(name) ? _members[name] : null;

    private JsonElement.ArrayEnumerator Elements(string name) => !Has(name)
        ? default
        : _members[name] is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : throw Mismatch(name, "list");

    private string Below(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    /// <summary>A name in JSON's spelling. Google takes the names of the protocol buffer (album_id) beside those (albumId).</summary>
    public static string JsonName(string name) => !name.Contains('_', StringComparison.Ordinal) ? name : string.Concat(
        name.Split('_').Select((word, index) => index == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private GoogleError Mismatch(string name, string type) =>
        Refuse($"Invalid value at '{Below(name)}' ({type}), {_members[name].GetRawText()}");

    private static GoogleError Refuse(string message) => GoogleError.InvalidArgument(message);
}
