namespace GPhotos;

/// <summary>A photo or video of Google Photos, as the door it was reached through describes it.</summary>
/// <remarks>
/// Google's APIs give no byte size, no hash and no modified time. Places, people and the length are known of Takeout items only.
/// See https://developers.google.com/photos/library/reference/rest/v1/mediaItems and
/// https://developers.google.com/photos/picker/reference/rest/v1/mediaItems.
/// </remarks>
public sealed class MediaItem
{
    /// <summary>
    /// The lasting id. The Library API binds it to the OAuth project that uploaded the item: another project sees another id. Of a Takeout item
    /// it is made of the item's place in the archive, the same each time it is read.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The file name shown to the user. Data from the server: never a path to write to unchecked.</summary>
    public string FileName { get; init; } = "";

    /// <summary>The description the user wrote, or null. Below 1,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>The MIME type of the stored item. A download may come in another type (HEIC often comes as JPEG).</summary>
    public string MimeType { get; init; } = "";

    /// <summary>When the picture was taken, in UTC. The upload time where the file holds no capture date.</summary>
    public DateTimeOffset CreationTime { get; init; }

    /// <summary>Whether this is a photo or a video.</summary>
    public MediaType MediaType { get; init; }

    /// <summary>Width in pixels; 0 when Google does not say.</summary>
    public long Width { get; init; }

    /// <summary>Height in pixels; 0 when Google does not say.</summary>
    public long Height { get; init; }

    /// <summary>The camera's maker, or null.</summary>
    public string? CameraMake { get; init; }

    /// <summary>The camera's model, or null.</summary>
    public string? CameraModel { get; init; }

    /// <summary>Focal length in millimetres, photos only.</summary>
    public double? FocalLength { get; init; }

    /// <summary>The aperture's f-number, photos only.</summary>
    public double? ApertureFNumber { get; init; }

    /// <summary>The ISO sensitivity, photos only.</summary>
    public int? IsoEquivalent { get; init; }

    /// <summary>The exposure time, photos only.</summary>
    public TimeSpan? ExposureTime { get; init; }

    /// <summary>Frames a second, videos only.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>Whether Google has finished with a video. A video can be downloaded only when it is Ready.</summary>
    public VideoStatus? VideoStatus { get; init; }

    /// <summary>The title of the album it was listed from, of a Takeout item the first of its albums; else null. The APIs do not say in which albums an item is.</summary>
    public string? AlbumTitle { get; internal set; }

    /// <summary>The titles of all albums that a Takeout item is in; empty where that is not known.</summary>
    public IReadOnlyList<string> AlbumTitles { get; init; } = [];

    /// <summary>The door it was reached through.</summary>
    public MediaItemSource Source => Origin?.Source ?? MediaItemSource.Library;

    /// <summary>The number of bytes, of Takeout items; null where nobody says.</summary>
    public long? Length { get; init; }

    /// <summary>Where it was taken, in degrees north of the equator, -90 to 90; null where that is not known. The APIs never say.</summary>
    public double? Latitude { get; init; }

    /// <summary>Where it was taken, in degrees east of Greenwich, -180 to 180; null where that is not known.</summary>
    public double? Longitude { get; init; }

    /// <summary>Metres above the sea; null where that is not known.</summary>
    public double? Altitude { get; init; }

    /// <summary>The names that the user gave to people in it, of Takeout items; empty where that is not known.</summary>
    public IReadOnlyList<string> People { get; init; } = [];

    /// <summary>Whether the user marked it as a favourite; null where that is not known.</summary>
    public bool? IsFavorite { get; init; }

    /// <summary>Whether it is archived; null where that is not known.</summary>
    public bool? IsArchived { get; init; }

    /// <summary>Whether it lies in the bin; null where that is not known.</summary>
    public bool? IsTrashed { get; init; }

    /// <summary>The archive or folder that holds a Takeout item, as a full path; else null.</summary>
    public string? ArchivePath { get; init; }

    /// <summary>The path of a Takeout item in its archive; else null. Data from the archive: never a path to write to unchecked.</summary>
    public string? EntryName { get; init; }

    /// <summary>The page of this item on photos.google.com, for its owner.</summary>
    public Uri? ProductUrl => Uri.TryCreate(ProductAddress, UriKind.Absolute, out Uri? page) ? page : null;

    /// <summary><see cref="ProductUrl"/> as it came: a listing of a hundred thousand need not parse what few will read.</summary>
    internal string? ProductAddress { get; init; }

    /// <summary>Where its bytes come from; null for the Library API.</summary>
    internal MediaOrigin? Origin { get; init; }

    /// <summary>
    /// The stem of the download address. Whoever holds it can fetch the picture for an hour, so it is kept out of every
    /// public member: output is printed, exported and logged.
    /// </summary>
    internal string? BaseUrl { get; init; }

    /// <summary>When <see cref="BaseUrl"/> was handed out, by this machine's clock in UTC.</summary>
    internal DateTimeOffset BaseUrlTime { get; init; }

    /// <summary>The file name.</summary>
    public override string ToString() => FileName;
}
