using System.IO.Hashing;

namespace GPhotos.Core.Takeout;

/// <summary>The bytes of an entry, checked as they pass: no more and no fewer than announced, and of the checksum that the archive tells.</summary>
internal sealed class EntryStream(Stream inner, long length, uint? crc, Func<Exception, Exception> damaged, Action? closed = null) : Stream
{
    private readonly Crc32 _crc = new();
    private long _passed;
    private bool _isClosed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _passed;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = inner.Read(buffer);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw damaged(e);
        }

        Check(buffer[..read], isEnd: read == 0 && buffer.Length > 0);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw damaged(e);
        }

        Check(buffer.Span[..read], isEnd: read == 0 && buffer.Length > 0);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isClosed)
        {
            _isClosed = true;
            inner.Dispose();
            closed?.Invoke();
        }

        base.Dispose(disposing);
    }

    private void Check(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        _passed += bytes.Length;
        if (_passed > length)
        {
            throw damaged(new InvalidDataException($"It holds more bytes than the {length:N0} that are announced."));
        }

        if (crc is not null)
        {
            _crc.Append(bytes);
        }

        if (isEnd && _passed < length)
        {
            throw damaged(new InvalidDataException($"It holds {_passed:N0} bytes, not the {length:N0} that are announced."));
        }

        // As soon as the last byte is there: who knows the length need not ask for more.
        if (_passed == length && crc is not null && _crc.GetCurrentHashAsUInt32() != crc)
        {
            throw damaged(new InvalidDataException("Its bytes do not have the checksum that the archive tells."));
        }
    }
}
