namespace GPhotos.Emulator.Admin;

/// <summary>A request body over a line that breaks where a fault says so. What came before the break is still read.</summary>
internal sealed class BreakingBody(Stream inner, Fault fault) : Stream
{
    private bool _broken;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_broken)
        {
            throw new IOException("The line broke because a fault asked for it.");
        }

        int read = await inner.ReadAsync(buffer, cancellationToken);
        int passed = fault.PassBody(read, out _broken);
        return passed > 0 || !_broken ? passed : throw new IOException("The line broke because a fault asked for it.");
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
        // Nothing is written, so nothing waits to be.
    }
}
