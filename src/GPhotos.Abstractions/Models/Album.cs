namespace GPhotos;

/// <summary>An album this app created. The Library API shows no others.</summary>
/// <remarks>See https://developers.google.com/photos/library/reference/rest/v1/albums.</remarks>
public sealed class Album
{
    /// <summary>The lasting id.</summary>
    public required string Id { get; init; }

    /// <summary>The title, 500 characters at most. Google does not keep titles unique.</summary>
    public string Title { get; init; } = "";

    /// <summary>How many media items the album holds; 20,000 at most.</summary>
    public long MediaItemsCount { get; init; }

    /// <summary>Whether this app can add media items.</summary>
    public bool IsWriteable { get; init; }

    /// <summary>The id of the cover picture, or null while the album is empty.</summary>
    public string? CoverPhotoMediaItemId { get; init; }

    /// <summary>The page of this album on photos.google.com, for its owner.</summary>
    public Uri? ProductUrl { get; init; }

    /// <summary>The title.</summary>
    public override string ToString() => Title;
}
