namespace GPhotos;

/// <summary>A photo or video in Google Photos, as the Library API describes it.</summary>
/// <remarks>
/// Google gives no byte size, no hash and no modified time, so there are none here.
/// See https://developers.google.com/photos/library/reference/rest/v1/mediaItems.
/// </remarks>
public sealed class MediaItem
{
    /// <summary>The lasting id. Bound to the OAuth project that uploaded the item: another project sees another id.</summary>
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

    /// <summary>The title of the album it was listed from; null when it was not listed from one. Google itself does not say in which albums an item is.</summary>
    public string? AlbumTitle { get; internal set; }

    /// <summary>The page of this item on photos.google.com, for its owner.</summary>
    public Uri? ProductUrl => Uri.TryCreate(ProductAddress, UriKind.Absolute, out Uri? page) ? page : null;

    /// <summary><see cref="ProductUrl"/> as it came: a listing of a hundred thousand need not parse what few will read.</summary>
    internal string? ProductAddress { get; init; }

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
