using System.Security.Cryptography;

namespace GPhotos.Core.Downloads;

/// <summary>
/// A file on its way: written beside its final name, hashed, flushed, given its times, and only then renamed. What is not committed is
/// deleted.
/// </summary>
internal sealed class PartialFile : IAsyncDisposable
{
    private readonly string _partialPath;
    private readonly string _finalPath;
    private readonly FileStream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private bool _committed;

    private PartialFile(string finalPath, string partialPath, FileStream stream) =>
        (_finalPath, _partialPath, _stream) = (finalPath, partialPath, stream);

    public long Length { get; private set; }

    /// <summary>Opens the partial file. What an earlier run left under that name is replaced, never trusted.</summary>
    /// <exception cref="FileWriteFailedException">The folder does not take files, or another run is writing this one.</exception>
    public static PartialFile Create(string finalPath)
    {
        string partialPath = finalPath + SafeFileName.PartialExtension;
        return Local(finalPath, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(finalPath)!);
            return new PartialFile(
                finalPath,
                partialPath,
                new FileStream(partialPath, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous));
        });
    }

    /// <summary>Starts over, for a transfer that broke off.</summary>
    public void Rewind() => Local(_finalPath, () =>
    {
        _stream.SetLength(0);
        _hash.GetHashAndReset();
        Length = 0;
        return true;
    });

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(_finalPath, e);
        }

        _hash.AppendData(bytes.Span);
        Length += bytes.Length;
    }

    /// <summary>Makes the file real under its final name. Its SHA-256 in lower-case hex.</summary>
    /// <exception cref="FileExistsException">A file of that name appeared meanwhile and is not to be replaced.</exception>
    public string Commit(DateTimeOffset creationTime, bool overwrite) => Local(_finalPath, () =>
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        if (FileTime.Of(creationTime) is { } time)
        {
            // Creation first: where a system keeps none, setting it moves the other.
            File.SetCreationTimeUtc(_partialPath, time);
            File.SetLastWriteTimeUtc(_partialPath, time);
        }

        if (!overwrite && File.Exists(_finalPath))
        {
            throw new FileExistsException($"'{_finalPath}' appeared while it was being downloaded, and was left alone.", _finalPath);
        }

        File.Move(_partialPath, _finalPath, overwrite);
        _committed = true;
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    });

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        _hash.Dispose();
        if (_committed)
        {
            // A file of that name is another run's by now.
            return;
        }

        try
        {
            File.Delete(_partialPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A partial file that stays behind is replaced by the next run.
        }
    }

    private static T Local<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, e);
        }
    }

    private static FileWriteFailedException Failed(string path, Exception e) => new($"'{path}' cannot be written: {e.Message}", path, e);
}
