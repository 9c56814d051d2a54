using System.Formats.Tar;
using System.IO.Compression;

namespace GPhotos.Emulator.Takeout;

/// <summary>Writes the entries of one part.</summary>
internal abstract class PartWriter : IDisposable
{
    /// <summary>The one time that all files of all exports have: the same options make the same bytes.</summary>
    public static readonly DateTimeOffset Time = new(2024, 7, 12, 11, 23, 42, TimeSpan.Zero);

    public static PartWriter Create(TakeoutFormat format, string path) => format switch
    {
        TakeoutFormat.Zip => new ZipPart(path),
        TakeoutFormat.Tgz => new TarPart(path),
        _ => new FolderPart(path),
    };

    public abstract void Add(string path, byte[] content);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    private sealed class ZipPart(string path) : PartWriter
    {
        private readonly ZipArchive _archive = new(new FileStream(path, FileMode.CreateNew), ZipArchiveMode.Create);

        public override void Add(string path, byte[] content)
        {
            bool isText = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
            ZipArchiveEntry entry = _archive.CreateEntry(path, isText ? CompressionLevel.Fastest : CompressionLevel.NoCompression);
            entry.LastWriteTime = Time;
            using Stream stream = entry.Open();
            stream.Write(content);
        }

        protected override void Dispose(bool disposing)
        {
            _archive.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class TarPart(string path) : PartWriter
    {
        private readonly TarWriter _archive = new(
            new GZipStream(new FileStream(path, FileMode.CreateNew), CompressionLevel.Fastest), TarEntryFormat.Pax);

        public override void Add(string path, byte[] content)
        {
            using MemoryStream stream = new(content);
            _archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = stream, ModificationTime = Time });
        }

        protected override void Dispose(bool disposing)
        {
            _archive.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class FolderPart(string root) : PartWriter
    {
        public override void Add(string path, byte[] content)
        {
            string file = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
            File.SetLastWriteTimeUtc(file, Time.UtcDateTime);
        }
    }
}
