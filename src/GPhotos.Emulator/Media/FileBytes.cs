using Microsoft.Win32.SafeHandles;

namespace GPhotos.Emulator.Media;

/// <summary>A file that others own. It is opened for each reading: a seeded folder may have more files than handles.</summary>
internal sealed class FileBytes(string path) : ByteSource
{
    public override long Length => new FileInfo(path).Length;

    public override void Read(long offset, Span<byte> destination)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        Fill(file, offset, destination);
    }

    /// <summary>Reads until the destination is full; the system may give less at a time.</summary>
    public static void Fill(SafeFileHandle file, long offset, Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            int read = RandomAccess.Read(file, destination, offset);
            if (read == 0)
            {
                throw new EndOfStreamException();
            }

            destination = destination[read..];
            offset += read;
        }
    }
}
