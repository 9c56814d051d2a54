using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GPhotos.Emulator.Takeout;

/// <summary>The truth of an export, against which a reader is checked.</summary>
public sealed record TakeoutTruth
{
    /// <summary>The name of the file beside the parts.</summary>
    public const string FileName = "takeout-truth.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The options it was made by.</summary>
    public required TakeoutOptions Options { get; init; }

    /// <summary>The names of the parts, files or folders, in order.</summary>
    public required IReadOnlyList<string> Archives { get; init; }

    /// <summary>Every entry of every part.</summary>
    public required IReadOnlyList<TakeoutEntry> Entries { get; init; }

    /// <summary>Reads the truth that lies beside the parts.</summary>
    /// <param name="folder">The folder of the parts.</param>
    /// <returns>The truth.</returns>
    public static TakeoutTruth Read(string folder)
    {
        using FileStream stream = File.OpenRead(Path.Combine(folder, FileName));
        return JsonSerializer.Deserialize<TakeoutTruth>(stream, Json)!;
    }

    internal void Write(string folder)
    {
        using FileStream stream = File.Create(Path.Combine(folder, FileName));
        JsonSerializer.Serialize(stream, this, Json);
    }
}
