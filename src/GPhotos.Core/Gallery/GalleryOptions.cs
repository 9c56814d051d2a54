namespace GPhotos.Core.Gallery;

/// <summary>How a gallery is made.</summary>
public sealed record GalleryOptions
{
    /// <summary>The longer side of thumbnails in pixels, unless another is asked for.</summary>
    public const int DefaultThumbnailSize = 200;

    /// <summary>The full path of the page.</summary>
    public required string Path { get; init; }

    /// <summary>The heading; null for the name of the file.</summary>
    public string? Title { get; init; }

    /// <summary>The longer side of thumbnails, in pixels; 0 for none. Their weight grows with the square of it: about 2 KB at 200.</summary>
    public int ThumbnailSize { get; init; } = DefaultThumbnailSize;

    /// <summary>How many pictures are fetched or read at once, 1 or more.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>Keeps a page that is there.</summary>
    public bool NoClobber { get; init; }

    /// <summary>Replaces also a page that is read-only.</summary>
    public bool Force { get; init; }

    /// <summary>Looks whether the page can be written, before any work is done for it.</summary>
    /// <exception cref="FileExistsException">It is there, and is to be kept.</exception>
    /// <exception cref="FileWriteFailedException">It cannot be written.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ThrottleLimit, 1, nameof(ThrottleLimit));
        if (Directory.Exists(Path))
        {
            throw new FileWriteFailedException($"'{Path}' is a folder; name a file in it.", Path);
        }

        if (!Directory.Exists(System.IO.Path.GetDirectoryName(Path)))
        {
            throw new FileWriteFailedException($"'{Path}' cannot be written: its folder does not exist.", Path);
        }

        if (File.Exists(Path) && NoClobber)
        {
            throw new FileExistsException($"'{Path}' exists already, and -NoClobber keeps it.", Path);
        }

        if (File.Exists(Path) && !Force && File.GetAttributes(Path).HasFlag(FileAttributes.ReadOnly))
        {
            throw new FileWriteFailedException($"'{Path}' is read-only; -Force replaces it all the same.", Path);
        }
    }
}
