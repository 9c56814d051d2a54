using System.Buffers;

namespace GPhotos.Core.Storage;

/// <summary>A stretch of an object that is kept until the bucket has confirmed it, in a borrowed buffer.</summary>
internal sealed class ChunkBuffer(int size) : IDisposable
{
    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(size);
    private int _count;

    /// <summary>Where in the object it begins.</summary>
    public long Offset { get; private set; }

    /// <summary>What it holds. Stays the same until <see cref="DropUpTo"/> or <see cref="Append"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _count);

    /// <summary>Whether no more can be added.</summary>
    public bool IsFull => _count == size;

    /// <summary>Adds as many of the bytes as there is room for. How many that were.</summary>
    public int Append(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_buffer is null, this);
        int count = Math.Min(bytes.Length, size - _count);
        bytes[..count].CopyTo(_buffer.AsSpan(_count));
        _count += count;
        return count;
    }

    /// <summary>Drops what stands before a position of the object; what does not moves to the front. False when the position is outside.</summary>
    public bool DropUpTo(long position)
    {
        if (position < Offset || position > Offset + _count)
        {
            return false;
        }

        int dropped = (int)(position - Offset);
        _buffer.AsSpan(dropped, _count - dropped).CopyTo(_buffer);
        (Offset, _count) = (position, _count - dropped);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
