namespace GPhotos.Core.Downloads;

/// <summary>How media items are saved.</summary>
public sealed record SaveOptions
{
    /// <summary>
    /// The full path of a folder, made when missing, or gs://bucket/prefix. Null: each request names its own.
    /// </summary>
    public string? Destination { get; init; }

    /// <summary>Into which folders of the destination. What is saved already stays where it is.</summary>
    public SaveLayout Layout { get; init; }

    /// <summary>How many items travel at once, 1 or more.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>Download again, and replace a file of the item's name.</summary>
    public bool Force { get; init; }

    /// <summary>Reads every file that is there and compares its hash; one that differs is downloaded again, and what stood there is set aside.</summary>
    public bool Verify { get; init; }

    /// <summary>Pictures made to fit into this size, in place of the originals; null for the originals.</summary>
    public PictureBounds? Size { get; init; }

    /// <summary>Cut to exactly the size, whose both sides must be set.</summary>
    public bool Crop { get; init; }

    /// <summary>Saves the moving part of motion photos as well: one more request for each photo.</summary>
    public bool Motion { get; init; }

    /// <summary>Writes the metadata as JSON beside each file.</summary>
    public bool Sidecar { get; init; }

    /// <summary>How long to wait for videos that Google still works on; those not ready by then come out as Pending.</summary>
    public TimeSpan VideoTimeout { get; init; }

    /// <summary>Whether the destination keeps a catalog in .gphotos. Without one, files are known again by name, time and length, at a request each.</summary>
    public bool UseCatalog { get; init; } = true;

    /// <summary>The storage class of new objects (STANDARD, NEARLINE, COLDLINE, ARCHIVE); null for the bucket's own.</summary>
    public string? StorageClass { get; init; }

    /// <summary>The key file of the service account that writes into the bucket; null for Application Default Credentials.</summary>
    public string? ServiceAccountPath { get; init; }

    /// <exception cref="InvalidRequestException">Two of them exclude each other.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ThrottleLimit, 1, nameof(ThrottleLimit));
        if (Crop && (Size is not { Width: not null, Height: not null }))
        {
            throw new InvalidRequestException("-Crop needs -Size with both sides, such as 2048x1536.");
        }

        if (Motion && Size is not null)
        {
            throw new InvalidRequestException("-Motion goes with originals; a thumbnail (-Size) has no moving part.");
        }
    }
}
