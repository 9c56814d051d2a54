namespace GPhotos.Core.Api;

/// <summary>A text, a place or a way to put into an album.</summary>
public sealed class NewAlbumEnrichment
{
    private NewAlbumEnrichment(AlbumEnrichmentKind kind) => Kind = kind;

    /// <summary>Which of the three it is.</summary>
    public AlbumEnrichmentKind Kind { get; }

    internal string? Text { get; private init; }

    internal PhotoLocation? Place { get; private init; }

    internal PhotoLocation? Origin { get; private init; }

    internal PhotoLocation? Destination { get; private init; }

    /// <summary>A text.</summary>
    public static NewAlbumEnrichment OfText(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return new(AlbumEnrichmentKind.Text) { Text = text };
    }

    /// <summary>A place.</summary>
    public static NewAlbumEnrichment OfLocation(PhotoLocation location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return new(AlbumEnrichmentKind.Location) { Place = location };
    }

    /// <summary>A map with a way from one place to another.</summary>
    public static NewAlbumEnrichment OfRoute(PhotoLocation origin, PhotoLocation destination)
    {
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(destination);
        return new(AlbumEnrichmentKind.Route) { Origin = origin, Destination = destination };
    }

    internal WireNewEnrichmentItem ToWire() => new(
        Text is null ? null : new(Text),
        Place is null ? null : new(Wire(Place)),
        Origin is null || Destination is null ? null : new(Wire(Origin), Wire(Destination)));

    internal AlbumEnrichment ToModel(string id, string albumId) => new()
    {
        Id = id,
        AlbumId = albumId,
        Kind = Kind,
        Text = Text,
        Location = Place,
        Origin = Origin,
        Destination = Destination,
    };

    private static WireLocation Wire(PhotoLocation location) => new(location.Name, new(location.Latitude, location.Longitude));
}
