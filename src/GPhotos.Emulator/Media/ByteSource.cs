using System.Buffers;

namespace GPhotos.Emulator.Media;

/// <summary>Bytes that can be read at any place, whether they lie in memory or in a file.</summary>
internal abstract class ByteSource
{
    private const int OneRead = 64 * 1024;

    public abstract long Length { get; }

    /// <summary>Fills the destination with the bytes from an offset on; they must be there.</summary>
    public abstract void Read(long offset, Span<byte> destination);

    /// <summary>Hands bytes on without holding more of them than one read brings.</summary>
    public virtual void CopyTo(IBufferWriter<byte> writer, long offset, int length)
    {
        for (int done = 0; done < length;)
        {
            int count = Math.Min(OneRead, length - done);
            Read(offset + done, writer.GetSpan(count)[..count]);
            writer.Advance(count);
            done += count;
        }
    }
}

/// <summary>Bytes in memory.</summary>
internal sealed class MemoryBytes(ReadOnlyMemory<byte> bytes) : ByteSource
{
    public override long Length => bytes.Length;

    public override void Read(long offset, Span<byte> destination) =>
        bytes.Span.Slice((int)offset, destination.Length).CopyTo(destination);

    public override void CopyTo(IBufferWriter<byte> writer, long offset, int length) =>
        writer.Write(bytes.Span.Slice((int)offset, length));
}
