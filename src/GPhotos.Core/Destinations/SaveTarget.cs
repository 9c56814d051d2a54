namespace GPhotos.Core.Destinations;

/// <summary>What a sink is opened for.</summary>
/// <param name="Item">The media item.</param>
/// <param name="Form">In which form.</param>
/// <param name="File">What the catalog knows of it.</param>
/// <param name="Path">The path it will have.</param>
internal sealed record SaveTarget(MediaItem Item, MediaForm Form, CatalogFile File, string Path)
{
    /// <summary>The MIME type of the bytes.</summary>
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>How long the server says it is; null when it does not.</summary>
    public long? Length { get; init; }

    /// <summary>What the server calls the bytes, when it promises that the same name means the same bytes (a strong ETag).</summary>
    public string? Tag { get; init; }

    /// <summary>What is to become of what stands under the path.</summary>
    public Overwrite Overwrite { get; init; }
}

/// <summary>What is to become of what stands under a path.</summary>
internal enum Overwrite
{
    /// <summary>It is left alone.</summary>
    No,

    /// <summary>It is the item's own and not what was saved: replaced, but set aside unless it is just the head of the whole.</summary>
    Repair,

    /// <summary>It is replaced, whatever it is.</summary>
    Force,
}
