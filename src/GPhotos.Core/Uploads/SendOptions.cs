namespace GPhotos.Core.Uploads;

/// <summary>How files are sent.</summary>
public sealed record SendOptions
{
    /// <summary>The album the media items go to; it must be one this app created. Null: to the library only.</summary>
    public string? AlbumId { get; init; }

    /// <summary>How many files travel at once, 1 or more. Media items are created one batch at a time all the same.</summary>
    public int ThrottleLimit { get; init; } = 8;
}
