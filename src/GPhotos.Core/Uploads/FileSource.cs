using System.Globalization;

namespace GPhotos.Core.Uploads;

/// <summary>A local file.</summary>
internal sealed class FileSource : UploadSource
{
    private FileSource()
    {
    }

    /// <summary>Looks at a file, before a byte of it leaves.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="done">What is not done with a file that Google would not take, for the message.</param>
    /// <exception cref="FileReadFailedException">There is no such file.</exception>
    /// <exception cref="MediaRejectedException">Google would not take it: empty, too large, or of another type.</exception>
    public static FileSource At(string path, string done = "sent")
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new FileReadFailedException($"'{path.Replace('\0', '?')}' is not a path.", path);
        }

        FileInfo file = new(path);
        FileInfo content = ContentOf(file);
        if (!content.Exists)
        {
            throw new FileReadFailedException(
                Directory.Exists(path) ? $"'{path}' is a folder, not a file." : $"'{path}' does not exist.", path);
        }

        return new FileSource
        {
            Name = path,
            FileName = file.Name,
            Length = content.Length,
            Type = Accept(path, MediaFileType.Of(path), $"'{file.Extension}' files", content.Length, done),
            Stamp = StampOf(content),
        };
    }

    public override bool IsLocal => true;

    public override Task<Stream> OpenAsync(long offset, CancellationToken cancellationToken) => Task.FromResult(Local<Stream>(() =>
    {
        FileStream stream = new(Name, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        stream.Position = offset;
        return stream;
    }));

    // A local disk answers at once: reading in place is several times quicker than by way of the pool.
    public override ValueTask<int> ReadAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellationToken) =>
        new(Local(() => stream.Read(buffer.Span)));

    public override void ThrowIfChanged()
    {
        if (Local(() => StampOf(ContentOf(new FileInfo(Name)))) != Stamp)
        {
            throw Changed();
        }
    }

    // A link has a length and a time of its own, which say nothing of the bytes behind it.
    private static FileInfo ContentOf(FileInfo file) =>
        file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;

    private static string StampOf(FileInfo file) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}");

    // A fault of the disk must not look like one of the network: that one would be tried again.
    private T Local<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileReadFailedException($"'{Name}' cannot be read: {e.Message}", Name, e);
        }
    }
}
