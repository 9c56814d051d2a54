using System.Text.Json;
using System.Text.Json.Serialization;

namespace GPhotos.Core.Storage;

// The wire shapes of https://cloud.google.com/storage/docs/json_api/v1/objects. 64-bit numbers are strings.

internal sealed class WireObject
{
    public string? Name { get; set; }

    public long? Size { get; set; }

    public string? Md5Hash { get; set; }

    public string? Crc32c { get; set; }

    public long? Generation { get; set; }

    public string? StorageClass { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    /// <summary>The model.</summary>
    /// <exception cref="JsonException">A field that every object has is missing.</exception>
    public StoredObject ToModel() =>
        this is { Name: { Length: > 0 } name, Size: { } size, Generation: { } generation }
            ? new StoredObject(name, size, Md5Hash, Crc32c, generation, StorageClass, Metadata ?? [])
            : throw new JsonException("An object lacks its name, size or generation.");
}

internal sealed record WireObjectPage(List<WireObject>? Items, string? NextPageToken);

internal sealed record WireNewObject(
    string Name,
    string ContentType,
    string? StorageClass,
    IReadOnlyDictionary<string, string>? Metadata,
    string? Md5Hash,
    string? Crc32c);

// A value of null takes the key away, so nulls inside the dictionary are written.
internal sealed record WireMetadataChange(IReadOnlyDictionary<string, string?> Metadata);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(WireObject))]
[JsonSerializable(typeof(WireObjectPage))]
[JsonSerializable(typeof(WireNewObject))]
[JsonSerializable(typeof(WireMetadataChange))]
internal sealed partial class StorageJsonContext : JsonSerializerContext;
