using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace GPhotos.Core.Gallery;

/// <summary>What the page knows of one entry. Names are those that its scripts read (Page/items.js). No place, no person, no address of bytes.</summary>
/// <param name="Name">The file name.</param>
/// <param name="Time">When it was taken, in milliseconds since 1970 UTC; null where that is not known.</param>
internal sealed record PageItem(string Name, long? Time)
{
    /// <summary>Whether the time is what the camera's clock showed, wherever it was.</summary>
    public bool IsCameraClock { get; init; }

    /// <summary>Whether the time is only that of the file's last change.</summary>
    public bool IsFileTime { get; init; }

    public bool IsVideo { get; init; }

    /// <summary>Library, Picker or Takeout; null for a file alone.</summary>
    public string? Source { get; init; }

    public IReadOnlyList<string>? Albums { get; init; }

    public string? Description { get; init; }

    public bool IsFavorite { get; init; }

    public long Width { get; init; }

    public long Height { get; init; }

    public long? Length { get; init; }

    public string? MimeType { get; init; }

    public string? Camera { get; init; }

    public string? Exposure { get; init; }

    /// <summary>The thumbnail as base64url, which needs no escapes; null where there is none.</summary>
    public string? Picture { get; init; }

    /// <summary>Width by height of what is shown.</summary>
    public double Ratio { get; init; }

    public string? Side { get; init; }

    public string? MatchedBy { get; init; }

    public string? Reason { get; init; }

    public string? Status { get; init; }

    /// <summary>Where it stands, for people to read.</summary>
    public string? Place { get; init; }

    /// <summary>A link to the file, or null.</summary>
    public string? File { get; init; }

    /// <summary>Its page on photos.google.com, or null.</summary>
    public string? Page { get; init; }

    public IReadOnlyList<string>? Candidates { get; init; }
}

// What an HTML page could mistake for markup is written as an escape; letters of all scripts as they are.
[JsonSerializable(typeof(PageItem))]
internal sealed partial class PageJson : JsonSerializerContext
{
    public static PageJson Escaped { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    });
}
