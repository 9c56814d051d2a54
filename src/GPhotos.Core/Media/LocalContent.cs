namespace GPhotos.Core.Media;

/// <summary>The bytes of a media item that are on this machine already, such as in a Takeout archive: no base URL, no call of any quota.</summary>
internal abstract class LocalContent : MediaOrigin
{
    /// <summary>What messages and results call it: the archive's path and the entry's within it.</summary>
    public abstract string Name { get; }

    /// <summary>The number of bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Tells, without reading it, whether it can have changed since it was looked at.</summary>
    public abstract string Stamp { get; }

    /// <summary>
    /// Opens the bytes from their beginning. Many may be open at once, in any order. The stream throws <see cref="FileReadFailedException"/> where
    /// the archive is damaged or cannot be read, at the latest at its end, and before it gives more than <see cref="Length"/> bytes.
    /// </summary>
    /// <exception cref="FileReadFailedException">They cannot be read.</exception>
    public abstract Task<Stream> OpenAsync(CancellationToken cancellationToken);
}
