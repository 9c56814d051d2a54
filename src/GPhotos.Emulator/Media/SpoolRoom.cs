using Microsoft.Win32.SafeHandles;

namespace GPhotos.Emulator.Media;

/// <summary>The temporary files of one emulator, and how much lies in them.</summary>
internal sealed class SpoolRoom
{
    private int _files;
    private long _bytes;

    public int Files => Volatile.Read(ref _files);

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Opens an empty file that is gone once closed, however the process ends.</summary>
    public SafeFileHandle Open()
    {
        string path = Path.Combine(Path.GetTempPath(), $"gphotos-emulator-{Guid.NewGuid():N}");
        SafeFileHandle file = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            // Windows drops the file with its handle whatever happens. Elsewhere a killed process would leave it, but a file
            // that has lost its name lasts as long as its handle does.
            File.Delete(path);
        }

        Interlocked.Increment(ref _files);
        return file;
    }

    public void Grew(long bytes) => Interlocked.Add(ref _bytes, bytes);

    public void Close(SafeFileHandle file, long length)
    {
        file.Dispose();
        Interlocked.Decrement(ref _files);
        Interlocked.Add(ref _bytes, -length);
    }
}
