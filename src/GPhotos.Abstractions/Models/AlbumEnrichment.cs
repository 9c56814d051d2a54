namespace GPhotos;

/// <summary>A text, a place or a map that was put into an album. Google never lists them: this is the only time its id is told.</summary>
/// <remarks>See https://developers.google.com/photos/library/reference/rest/v1/albums/addEnrichment.</remarks>
public sealed class AlbumEnrichment
{
    /// <summary>The id, by which another one can be placed after it.</summary>
    public required string Id { get; init; }

    /// <summary>The album it stands in.</summary>
    public required string AlbumId { get; init; }

    /// <summary>Which of the three it is.</summary>
    public AlbumEnrichmentKind Kind { get; init; }

    /// <summary>The text; null for the other kinds.</summary>
    public string? Text { get; init; }

    /// <summary>The place; null for the other kinds.</summary>
    public PhotoLocation? Location { get; init; }

    /// <summary>Where the way begins; null for the other kinds.</summary>
    public PhotoLocation? Origin { get; init; }

    /// <summary>Where the way ends; null for the other kinds.</summary>
    public PhotoLocation? Destination { get; init; }

    /// <summary>The text, the place or the way.</summary>
    public override string ToString() => Kind switch
    {
        AlbumEnrichmentKind.Location => Location?.Name ?? "",
        AlbumEnrichmentKind.Route => $"{Origin?.Name} - {Destination?.Name}",
        _ => Text ?? "",
    };
}
