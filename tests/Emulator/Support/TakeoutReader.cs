using System.Formats.Tar;
using System.IO.Compression;

namespace GPhotos.Tests.Emulator.Support;

/// <summary>Reads what lies in the parts of an export, and joins nothing.</summary>
internal static class TakeoutReader
{
    public static List<(string Archive, string Path, byte[] Content)> Read(string folder, IEnumerable<string> archives) =>
        [.. archives.SelectMany(archive => Part(Path.Combine(folder, archive)).Select(entry => (archive, entry.Path, entry.Content)))];

    private static IEnumerable<(string Path, byte[] Content)> Part(string part) => Path.GetExtension(part) switch
    {
        ".zip" => Zip(part),
        ".tgz" => Tgz(part),
        _ => Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(part, file).Replace('\\', '/'), File.ReadAllBytes(file))),
    };

    private static List<(string Path, byte[] Content)> Zip(string part)
    {
        using ZipArchive archive = ZipFile.OpenRead(part);
        return [.. archive.Entries.Select(entry =>
        {
            using Stream stream = entry.Open();
            return (entry.FullName, Bytes(stream));
        })];
    }

    private static List<(string Path, byte[] Content)> Tgz(string part)
    {
        using FileStream file = File.OpenRead(part);
        using GZipStream gzip = new(file, CompressionMode.Decompress);
        using TarReader reader = new(gzip);
        List<(string, byte[])> entries = [];
        while (reader.GetNextEntry() is TarEntry entry)
        {
            Assert.Equal(TarEntryType.RegularFile, entry.EntryType);
            entries.Add((entry.Name, entry.DataStream is Stream stream ? Bytes(stream) : []));
        }

        return entries;
    }

    private static byte[] Bytes(Stream stream)
    {
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
