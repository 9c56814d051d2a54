using Microsoft.Win32.SafeHandles;

namespace GPhotos.Emulator.Media;

/// <summary>Bytes that come in: in memory while they are few, in a temporary file from then on, so that videos cost no memory.</summary>
internal sealed class Spool(SpoolRoom room) : ByteSource, IDisposable
{
    /// <summary>What may lie in memory.</summary>
    public const int MemoryLimit = 8 * 1024 * 1024;

    private MemoryStream? _memory = new();
    private SafeFileHandle? _file;
    private long _length;

    public override long Length => _length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_memory is not null && _length + bytes.Length > MemoryLimit)
        {
            MoveToFile(_memory);
        }

        if (_file is not null)
        {
            RandomAccess.Write(_file, bytes, _length);
            room.Grew(bytes.Length);
        }
        else
        {
            ObjectDisposedException.ThrowIf(_memory is null, this);
            _memory.Write(bytes);
        }

        _length += bytes.Length;
    }

    public override void Read(long offset, Span<byte> destination)
    {
        if (_file is not null)
        {
            FileBytes.Fill(_file, offset, destination);
        }
        else
        {
            ObjectDisposedException.ThrowIf(_memory is null, this);
            _memory.GetBuffer().AsSpan((int)offset, destination.Length).CopyTo(destination);
        }
    }

    public void Dispose()
    {
        if (_file is { IsClosed: false })
        {
            room.Close(_file, _length);
        }

        _memory?.Dispose();
        _memory = null;
    }

    private void MoveToFile(MemoryStream memory)
    {
        _file = room.Open();
        RandomAccess.Write(_file, memory.GetBuffer().AsSpan(0, (int)_length), 0);
        room.Grew(_length);
        memory.Dispose();
        _memory = null;
    }
}
