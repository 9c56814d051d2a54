using Microsoft.Win32.SafeHandles;

namespace GPhotos.Core.Takeout;

/// <summary>Bytes in memory, or in a temporary file without a name once they are many. Readers outlive their owner.</summary>
/// <param name="mostInMemory">How many stay in memory.</param>
internal sealed class SpooledBytes(int mostInMemory) : IDisposable
{
    private MemoryStream? _memory = new();
    private SafeFileHandle? _file;
    private int _holders = 1;

    public long Length { get; private set; }

    public bool IsInMemory => _file is null;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_memory is not null && Length + bytes.Length > mostInMemory)
        {
            _file = Temporary();
            RandomAccess.Write(_file, _memory.GetBuffer().AsSpan(0, (int)Length), 0);
            _memory = null;
        }

        if (_memory is not null)
        {
            _memory.Write(bytes);
        }
        else
        {
            RandomAccess.Write(_file!, bytes, Length);
        }

        Length += bytes.Length;
    }

    /// <summary>Reads from the beginning. It can be searched.</summary>
    public Stream Open()
    {
        if (_memory is not null)
        {
            return new MemoryStream(_memory.GetBuffer(), 0, (int)Length, writable: false);
        }

        Interlocked.Increment(ref _holders);
        return new Reader(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _file?.Dispose();
        }
    }

    private static SafeFileHandle Temporary()
    {
        string path = Path.Join(Path.GetTempPath(), Path.GetRandomFileName());
        SafeFileHandle handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            // Without a name it goes with the process, however that ends.
            File.Delete(path);
        }

        return handle;
    }

    private sealed class Reader(SpooledBytes bytes) : Stream
    {
        private bool _isClosed;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => bytes.Length;

        public override long Position { get; set; }

        public override int Read(Span<byte> buffer)
        {
            int read = RandomAccess.Read(bytes._file!, buffer, Position);
            Position += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer.AsSpan(offset, count)));

        public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => Length + offset,
        };

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_isClosed)
            {
                _isClosed = true;
                bytes.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
