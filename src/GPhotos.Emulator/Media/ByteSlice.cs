using System.Buffers;

namespace GPhotos.Emulator.Media;

/// <summary>A stretch of a source: what replies are put together from, and what ranges are cut from.</summary>
internal readonly record struct ByteSlice(ByteSource Source, long Start, long Length)
{
    public static ByteSlice Of(ReadOnlyMemory<byte> bytes) => Of(new MemoryBytes(bytes));

    public static ByteSlice Of(ByteSource source) => new(source, 0, source.Length);

    public ByteSlice Slice(long start, long length) => new(Source, Start + start, length);

    public ByteSlice From(long start) => Slice(start, Length - start);

    public void Read(long offset, Span<byte> destination) => Source.Read(Start + offset, destination);

    public void CopyTo(IBufferWriter<byte> writer, long offset, int length) => Source.CopyTo(writer, Start + offset, length);

    /// <summary>Up to so many bytes from an offset on.</summary>
    public byte[] Peek(long offset, int most)
    {
        byte[] bytes = new byte[Math.Clamp(Length - offset, 0, most)];
        Read(offset, bytes);
        return bytes;
    }
}
