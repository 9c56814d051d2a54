using System.Text.Json.Serialization;

namespace GPhotos.Emulator.Takeout;

/// <summary>Where an entry lies.</summary>
/// <param name="Archive">The name of the part.</param>
/// <param name="Path">The path within it, with slashes.</param>
public sealed record TakeoutPath(string Archive, string Path);

/// <summary>A place, in degrees and metres.</summary>
/// <param name="Latitude">North of the equator.</param>
/// <param name="Longitude">East of Greenwich.</param>
/// <param name="Altitude">Above the sea.</param>
public sealed record TakeoutPlace(double Latitude, double Longitude, double Altitude);

/// <summary>An album.</summary>
/// <param name="Title">As its owner wrote it; empty or null when it has none.</param>
/// <param name="Folder">The path of its folder, with slashes.</param>
public sealed record TakeoutAlbum(string? Title, string Folder);

/// <summary>The truth of one entry: what a reader should find out about it.</summary>
public sealed record TakeoutEntry
{
    /// <summary>The name of the part it lies in.</summary>
    public required string Archive { get; init; }

    /// <summary>Its path within the part, with slashes.</summary>
    public required string Path { get; init; }

    /// <summary>What it is.</summary>
    public required TakeoutRole Role { get; init; }

    /// <summary>What it is an example of.</summary>
    public required string Case { get; init; }

    /// <summary>Of a JSON: whether there is anything to read in it.</summary>
    public bool? Readable { get; init; }

    /// <summary>Of pictures and their JSONs: which media item it is of; copies in several folders have the same.</summary>
    public int? Item { get; init; }

    /// <summary>Of a picture: the JSON that tells of it; null when there is none that can be read, and all facts of it are null.</summary>
    public TakeoutPath? Json { get; init; }

    /// <summary>The name it was uploaded under.</summary>
    public string? Title { get; init; }

    /// <summary>When it was taken, UTC; null when Google did not know.</summary>
    public DateTime? Taken { get; init; }

    /// <summary>When it was uploaded, UTC.</summary>
    public DateTime? Created { get; init; }

    /// <summary>geoData; null for 0, 0.</summary>
    public TakeoutPlace? Location { get; init; }

    /// <summary>geoDataExif; null for 0, 0 and where it is missing.</summary>
    public TakeoutPlace? LocationExif { get; init; }

    /// <summary>What its owner wrote; null when nothing.</summary>
    public string? Description { get; init; }

    /// <summary>Who is on it.</summary>
    public IReadOnlyList<string>? People { get; init; }

    /// <summary>Whether it is a favourite.</summary>
    public bool? Favorited { get; init; }

    /// <summary>Whether it is archived.</summary>
    public bool? Archived { get; init; }

    /// <summary>Whether it is in the bin.</summary>
    public bool? Trashed { get; init; }

    /// <summary>Of a picture: the album in whose folder this copy lies.</summary>
    public TakeoutAlbum? Album { get; init; }

    /// <summary>Of a picture: every album its media item is in, also those whose folder has its JSON alone.</summary>
    public IReadOnlyList<TakeoutAlbum>? Albums { get; init; }

    /// <summary>The path of the original that this was made from; it lies in the same folder.</summary>
    public string? EditedOf { get; init; }

    /// <summary>The path of the other half of a live or motion photo; it lies in the same folder.</summary>
    public string? LivePartner { get; init; }

    /// <summary>The part that has the same path with the same bytes already.</summary>
    public string? RepeatOf { get; init; }

    /// <summary>Its length in bytes.</summary>
    [JsonInclude]
    public long Size { get; internal set; }

    /// <summary>Its hash, in lower-case hexadecimal.</summary>
    [JsonInclude]
    public string Sha256 { get; internal set; } = "";
}
