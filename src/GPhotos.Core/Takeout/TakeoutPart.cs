using System.Security.Cryptography;
using System.Text;

namespace GPhotos.Core.Takeout;

/// <summary>A zip, a tgz or a folder of a Takeout export.</summary>
/// <param name="path">Its full path.</param>
internal abstract class TakeoutPart(string path)
{
    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];

    /// <summary>Its full path.</summary>
    public string Path { get; } = path;

    /// <summary>Tells the index of every entry, in the part's own order.</summary>
    /// <exception cref="TakeoutDamagedException">It is no archive, or broken off; what it had up to there is told.</exception>
    /// <exception cref="FileReadFailedException">It cannot be read.</exception>
    public abstract Task ReadAsync(TakeoutIndex index, CancellationToken cancellationToken);

    /// <summary>Opens the bytes of an entry. They are checked as they pass: length, and checksum where there is one.</summary>
    /// <exception cref="FileReadFailedException">They cannot be read.</exception>
    public abstract Task<Stream> OpenAsync(TakeoutEntry entry, CancellationToken cancellationToken);

    /// <summary>Tells, without reading it, whether an entry can have changed.</summary>
    public abstract string StampOf(TakeoutEntry entry);

    /// <summary>What messages and results call an entry.</summary>
    public string NameOf(TakeoutEntry entry) => System.IO.Path.Join(Path, EntryName.Printable(entry.Name));

    /// <summary>The part at a path, by what it is and not by what it is called.</summary>
    /// <exception cref="FileReadFailedException">There is none, or it cannot be read.</exception>
    public static TakeoutPart At(string path)
    {
        if (Directory.Exists(path))
        {
            return new FolderPart(path);
        }

        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            Span<byte> head = stackalloc byte[GzipMagic.Length];
            bool isGzip = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual(GzipMagic);
            return isGzip || path.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new TarPart(path)
                : new ZipPart(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>The error for a file that cannot be read.</summary>
    protected static FileReadFailedException Unreadable(string path, Exception e) => new($"'{path}' cannot be read: {e.Message}", path, e);

    /// <summary>The error for bytes that are not those that were announced.</summary>
    protected FileReadFailedException Damaged(TakeoutEntry entry, Exception e) =>
        new($"'{EntryName.Printable(entry.Name)}' in '{Path}' is damaged: {e.Message} Download this part of the export again.", NameOf(entry), e);

    /// <summary>Length and time of a file.</summary>
    protected static string StampOf(FileInfo file) => FormattableString.Invariant($"{file.Length}-{file.LastWriteTimeUtc.Ticks}");

    /// <summary>A short text for a long one.</summary>
    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
