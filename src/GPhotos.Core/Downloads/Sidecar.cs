using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GPhotos.Core.Destinations;

namespace GPhotos.Core.Downloads;

/// <summary>The metadata of a saved item as JSON beside its file: IMG_0001.jpg.json.</summary>
internal static class Sidecar
{
    public const string Extension = ".json";

    private static readonly SidecarJson Json = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        // A description reads as it was written; the file is no web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter<MediaType>(JsonNamingPolicy.CamelCase) },
    });

    public static string PathOf(string path) => path + Extension;

    /// <summary>Writes it, where it is not there as it is.</summary>
    /// <exception cref="FileExistsException">Somebody else's file has the name, such as one of a Takeout archive.</exception>
    public static Task WriteAsync(Destination destination, CatalogFile file, MediaItem item, CancellationToken cancellationToken)
    {
        string text = JsonSerializer.Serialize(SidecarText.Of(item, file), Json.SidecarText);
        // Its id in our own words tells a sidecar of ours from anybody else's.
        return destination.WriteTextAsync(item, PathOf(file.Path!), text, $"\"gphotosMediaItemId\": {JsonSerializer.Serialize(item.Id, Json.String)}", cancellationToken);
    }
}

/// <summary>What a sidecar holds. Names are those of the module's media items.</summary>
internal sealed record SidecarText(
    [property: JsonPropertyName("gphotosMediaItemId")] string Id,
    string FileName,
    string? Description,
    MediaType MediaType,
    string MimeType,
    DateTimeOffset? CreationTime,
    long? Width,
    long? Height,
    string? CameraMake,
    string? CameraModel,
    double? FocalLength,
    double? ApertureFNumber,
    int? IsoEquivalent,
    TimeSpan? ExposureTime,
    double? FramesPerSecond,
    Uri? ProductUrl,
    double? Latitude,
    double? Longitude,
    double? Altitude,
    IReadOnlyList<string>? People,
    IReadOnlyList<string>? AlbumTitles,
    string SavedAs,
    long Length,
    string? Sha256)
{
    public static SidecarText Of(MediaItem item, CatalogFile file) => new(
        item.Id,
        item.FileName,
        item.Description,
        item.MediaType,
        item.MimeType,
        item.CreationTime == default ? null : item.CreationTime,
        item.Width == 0 ? null : item.Width,
        item.Height == 0 ? null : item.Height,
        item.CameraMake,
        item.CameraModel,
        item.FocalLength,
        item.ApertureFNumber,
        item.IsoEquivalent,
        item.ExposureTime,
        item.FramesPerSecond,
        item.ProductUrl,
        item.Latitude,
        item.Longitude,
        item.Altitude,
        item.People is { Count: 0 } ? null : item.People,
        item.AlbumTitles is { Count: 0 } ? null : item.AlbumTitles,
        file.Path!,
        file.Length,
        file.Sha256);
}

/// <summary>Made by the compiler: nothing is looked up by reflection.</summary>
[JsonSerializable(typeof(SidecarText))]
internal sealed partial class SidecarJson : JsonSerializerContext;
