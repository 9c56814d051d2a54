using System.Text.Json;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>
/// The <c>fields</c> parameter: which members of a reply are wanted, such as <c>nextPageToken,items(name,metadata/mtime)</c>.
/// </summary>
internal sealed class FieldMask
{
    // A member without entries of its own is wanted whole.
    private readonly Dictionary<string, FieldMask> _members = new(StringComparer.Ordinal);

    private FieldMask()
    {
    }

    public static FieldMask Parse(string text)
    {
        FieldMask mask = new();
        int at = 0;
        mask.ReadList(text, ref at);
        return at == text.Length ? mask : throw Refuse(text);
    }

    public void Write(Utf8JsonWriter json, JsonElement element)
    {
        if (_members.Count == 0)
        {
            element.WriteTo(json);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            json.WriteStartArray();
            foreach (JsonElement entry in element.EnumerateArray().Where(Reaches))
            {
                Write(json, entry);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteStartObject();
            foreach (JsonProperty member in element.EnumerateObject())
            {
                bool isNamed = _members.TryGetValue(member.Name, out FieldMask? below) || _members.TryGetValue("*", out below);
                if (isNamed && below!.Reaches(member.Value))
                {
                    json.WritePropertyName(member.Name);
                    below.Write(json, member.Value);
                }
            }

            json.WriteEndObject();
        }
    }

    private bool Reaches(JsonElement element) =>
        _members.Count == 0 || element.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    private void ReadList(string text, ref int at)
    {
        for (; ; at++)
        {
            ReadPath(text, ref at);
            if (at == text.Length || text[at] != ',')
            {
                return;
            }
        }
    }

    private void ReadPath(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && text[at] is not (',' or '/' or '(' or ')'))
        {
            at++;
        }

        string name = text[start..at].Trim();
        if (name.Length == 0)
        {
            throw Refuse(text);
        }

        if (!_members.TryGetValue(name, out FieldMask? below))
        {
            _members.Add(name, below = new FieldMask());
        }

        if (at < text.Length && text[at] == '/')
        {
            at++;
            below.ReadPath(text, ref at);
        }
        else if (at < text.Length && text[at] == '(')
        {
            at++;
            below.ReadList(text, ref at);
            if (at == text.Length || text[at++] != ')')
            {
                throw Refuse(text);
            }
        }
    }

    private static Wire.GoogleError Refuse(string text) =>
        new(400, "INVALID_ARGUMENT", $"Invalid field selection {text}") { Reason = "invalidParameter" };
}
