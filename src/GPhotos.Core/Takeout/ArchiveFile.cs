using Microsoft.Win32.SafeHandles;

namespace GPhotos.Core.Takeout;

/// <summary>
/// A file that many read at once through one stream: each thread has a position of its own, and every read is done where it was asked for. Whoever
/// seeks right before it reads, as the entries of a zip do, needs no lock. The file is open only while somebody holds it.
/// </summary>
internal sealed class ArchiveFile : Stream
{
    private readonly Lock _gate = new();
    private readonly ThreadLocal<long> _position = new();
    private readonly string _path;
    private SafeFileHandle? _handle;
    private int _holders;

    public ArchiveFile(string path)
    {
        FileInfo file = new(path);
        (_path, Length, Time) = (path, file.Length, file.LastWriteTimeUtc);
    }

    public override long Length { get; }

    /// <summary>When it was last written, in UTC, as it was found first.</summary>
    public DateTime Time { get; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Position
    {
        get => _position.Value;
        set => _position.Value = value;
    }

    /// <summary>Opens the file, if nobody has yet.</summary>
    /// <exception cref="IOException">It is not the file any more that it was.</exception>
    public void Hold()
    {
        lock (_gate)
        {
            if (_holders == 0)
            {
                FileInfo file = new(_path);
                if (!file.Exists)
                {
                    throw new FileNotFoundException("It is gone.", _path);
                }

                if (file.Length != Length || file.LastWriteTimeUtc != Time)
                {
                    throw new IOException("It changed since it was looked at.");
                }

                _handle = File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            }

            _holders++;
        }
    }

    /// <summary>Closes the file, if nobody else needs it.</summary>
    public void Release()
    {
        lock (_gate)
        {
            if (--_holders == 0)
            {
                _handle!.Dispose();
                _handle = null;
            }
        }
    }

    public override int Read(Span<byte> buffer)
    {
        long position = _position.Value;
        int read = RandomAccess.Read(_handle ?? throw new IOException("It is closed."), buffer, position);
        _position.Value = position + read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    // Done in place, on the thread whose position it is: a local disk answers at once.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new ValueTask<int>(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => _position.Value = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position.Value + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _handle?.Dispose();
            _position.Dispose();
        }

        base.Dispose(disposing);
    }
}
