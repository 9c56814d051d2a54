namespace GPhotos.Emulator.Library;

/// <summary>A place on the map, as an enrichment names it.</summary>
internal sealed record Place(string Name, double Latitude, double Longitude);

/// <summary>What stands in an album between its items: a text, a place, or the way from one place to another.</summary>
internal sealed record Enrichment(string Id)
{
    public string? Text { get; init; }

    public Place? Location { get; init; }

    public Place? Origin { get; init; }

    public Place? Destination { get; init; }
}

/// <summary>What stands at one place of an album: an item or an enrichment.</summary>
internal readonly record struct AlbumEntry(MediaItem? Item, Enrichment? Enrichment);
