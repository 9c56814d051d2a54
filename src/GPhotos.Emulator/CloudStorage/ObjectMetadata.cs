using System.Collections.Immutable;
using System.Text.Json;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>What a client says of an object: fields that Google knows, and pairs of its own.</summary>
internal sealed record ObjectMetadata(
    ImmutableSortedDictionary<string, string> Fields, ImmutableSortedDictionary<string, string> Custom)
{
    private static readonly string[] Known =
        ["cacheControl", "contentDisposition", "contentEncoding", "contentLanguage", "contentType", "customTime"];

    private static readonly ImmutableSortedDictionary<string, string> None =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static ObjectMetadata Empty { get; } = new(None, None);

    public string? ContentType => Fields.GetValueOrDefault("contentType");

    public ObjectMetadata WithContentType(string contentType) => this with { Fields = Fields.SetItem("contentType", contentType) };

    /// <summary>The metadata as a patch leaves it: what is named is set, what is null goes, all else stays.</summary>
    public ObjectMetadata Merge(RequestObject changes)
    {
        ImmutableSortedDictionary<string, string> fields = Fields;
        foreach (string name in Known)
        {
            fields = changes.IsNull(name) ? fields.Remove(name)
                : changes.String(name) is string value ? fields.SetItem(name, value)
                : fields;
        }

        return new ObjectMetadata(fields, changes.IsNull("metadata") ? None : MergeCustom(changes.Raw("metadata")));
    }

    // Read member by member: these names are the client's, and no spelling of a protocol buffer's.
    private ImmutableSortedDictionary<string, string> MergeCustom(JsonElement? changes)
    {
        if (changes is not JsonElement pairs)
        {
            return Custom;
        }

        if (pairs.ValueKind != JsonValueKind.Object)
        {
            throw StorageErrors.Invalid("Invalid value for: metadata");
        }

        ImmutableSortedDictionary<string, string> custom = Custom;
        foreach (JsonProperty pair in pairs.EnumerateObject())
        {
            custom = pair.Value.ValueKind switch
            {
                JsonValueKind.Null => custom.Remove(pair.Name),
                JsonValueKind.String => custom.SetItem(pair.Name, pair.Value.GetString()!),
                _ => throw StorageErrors.Invalid($"Invalid value for: metadata.{pair.Name}"),
            };
        }

        return custom;
    }
}
