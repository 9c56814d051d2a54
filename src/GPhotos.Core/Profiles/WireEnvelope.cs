using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GPhotos.Core.Profiles;

/// <summary>The file of an exported profile as it is written. Bytes are Base64.</summary>
internal sealed record WireEnvelope
{
    /// <summary>What the file is, for the person who finds it.</summary>
    [JsonPropertyOrder(0)]
    public required string Format { get; init; }

    [JsonPropertyOrder(1)]
    public required int Version { get; init; }

    /// <summary>How the passphrase becomes a key.</summary>
    [JsonPropertyOrder(2)]
    public required string Kdf { get; init; }

    [JsonPropertyOrder(3)]
    public required int Iterations { get; init; }

    [JsonPropertyOrder(4)]
    public required byte[] Salt { get; init; }

    [JsonPropertyOrder(5)]
    public required string Cipher { get; init; }

    /// <summary>What the cipher wants used once; null in the head that it authenticates, as all that follows.</summary>
    [JsonPropertyOrder(6)]
    public byte[]? Nonce { get; init; }

    [JsonPropertyOrder(7)]
    public byte[]? Tag { get; init; }

    [JsonPropertyOrder(8)]
    public byte[]? Ciphertext { get; init; }

    /// <summary>The one form of the file, byte for byte: a reader takes no other.</summary>
    public byte[] ToFile() => JsonSerializer.SerializeToUtf8Bytes(this, EnvelopeJson.File.WireEnvelope);

    /// <summary>What the cipher authenticates besides the profile: all before the nonce, as JSON without white space.</summary>
    public byte[] ToAssociatedData() =>
        JsonSerializer.SerializeToUtf8Bytes(this with { Nonce = null, Tag = null, Ciphertext = null }, EnvelopeJson.Compact.WireEnvelope);
}

/// <summary>
/// The JSON of exported profiles. Apart from that of the profiles kept here, which may change with the module: what was exported once must be read by
/// every later version.
/// </summary>
[JsonSerializable(typeof(WireEnvelope))]
[JsonSerializable(typeof(Profile))]
internal sealed partial class EnvelopeJson : JsonSerializerContext
{
    public static EnvelopeJson Compact { get; } = new(Written(indented: false));

    public static EnvelopeJson File { get; } = new(Written(indented: true));

    private static JsonSerializerOptions Written(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        // Base64 has a plus, which the default encoder escapes for the sake of HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
        NewLine = "\n",
    };
}
