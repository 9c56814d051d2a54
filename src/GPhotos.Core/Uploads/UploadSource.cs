namespace GPhotos.Core.Uploads;

/// <summary>Where bytes to be sent come from. It can be opened more than once: a broken line goes on where Google has got to.</summary>
internal abstract class UploadSource
{
    /// <summary>What messages and results call it: a path, or an address.</summary>
    public required string Name { get; init; }

    /// <summary>What the journal knows it by. Holds no secret, and differs where the bytes may.</summary>
    public virtual string Key => Name;

    /// <summary>The name it gets at Google.</summary>
    public required string FileName { get; init; }

    /// <summary>The number of bytes, as it was when it was looked at.</summary>
    public required long Length { get; init; }

    /// <summary>What kind of media it is.</summary>
    public required MediaFileType Type { get; init; }

    /// <summary>Tells, without reading it, whether it can have changed since it was looked at.</summary>
    public required string Stamp { get; init; }

    /// <summary>Whether it is on this machine, so that reading it once more, to learn who it is, costs nobody a transfer.</summary>
    public virtual bool IsLocal => false;

    /// <summary>Opens the bytes from a position on.</summary>
    public abstract Task<Stream> OpenAsync(long offset, CancellationToken cancellationToken);

    /// <summary>Reads from what <see cref="OpenAsync"/> gave. 0 at the end.</summary>
    /// <exception cref="FileReadFailedException">It cannot be read, and trying again would not help.</exception>
    public abstract ValueTask<int> ReadAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Throws when it is not what was looked at any more. Asked before its last byte leaves, so that Google never has a mixture.</summary>
    /// <exception cref="FileReadFailedException">It changed.</exception>
    public abstract void ThrowIfChanged();

    /// <summary>The error for bytes that are not those that were looked at.</summary>
    public FileReadFailedException Changed() => new($"'{Name}' changed while it was sent.", Name);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>What Google would not take is told before a byte is sent.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="type">What kind of media it is; null for none.</param>
    /// <param name="kind">What such files are called.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="done">What is not done with it then.</param>
    /// <exception cref="MediaRejectedException">It is of another type, empty, or too large.</exception>
    public static MediaFileType Accept(string name, MediaFileType? type, string kind, long length, string done = "sent")
    {
        if (type is null)
        {
            throw new MediaRejectedException($"'{name}' was not {done}: Google Photos takes no {kind}.", name, null);
        }

        if (length == 0)
        {
            throw new MediaRejectedException($"'{name}' was not {done}: it is empty.", name, null);
        }

        return length <= type.MaxLength
            ? type
            : throw new MediaRejectedException(
                $"'{name}' was not {done}: it has {length:N0} bytes, and Google takes {type.MaxLength:N0} of a {type.MimeType} file.", name, null);
    }
}
