namespace GPhotos.Core.Destinations;

/// <summary>What a catalog knows of a media item in one form.</summary>
internal sealed record CatalogFile(long Key, string ItemId)
{
    /// <summary>The path it means to have, before its bytes are known; null before it claimed one.</summary>
    public string? Claim { get; init; }

    /// <summary>The path of the saved file; null while there is none.</summary>
    public string? Path { get; init; }

    public long Length { get; init; }

    public string? Sha256 { get; init; }

    /// <summary>The path of its moving part; empty: it has none; null: not known yet.</summary>
    public string? MotionPath { get; init; }

    public long MotionLength { get; init; }

    /// <summary>The item as it was when it was saved, without its base URL.</summary>
    public MediaItem? Item { get; init; }

    /// <summary>What a run that died left half, up to where it is safe on the disk.</summary>
    public CatalogPartial? Partial { get; init; }
}

/// <summary>A file that is half there.</summary>
/// <param name="Path">The path it will have.</param>
/// <param name="Tag">What the server called the bytes (a strong ETag): others are not to be joined to these.</param>
/// <param name="Length">How long the whole is.</param>
/// <param name="Safe">How much of it was on the disk for certain.</param>
/// <param name="Sha256">The SHA-256 of that much.</param>
internal sealed record CatalogPartial(string Path, string Tag, long Length, long Safe, string Sha256)
{
    /// <summary>Whether every byte is there, and only the name or the catalog's row may be missing.</summary>
    public bool IsWhole => Safe == Length;
}
