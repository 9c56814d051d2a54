namespace GPhotos;

/// <summary>What stands between the pictures of an album.</summary>
public enum AlbumEnrichmentKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A place.</summary>
    Location,

    /// <summary>A map with a way from one place to another.</summary>
    Route,
}
