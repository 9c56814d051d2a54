using System.Buffers;
using System.Formats.Tar;
using System.IO.Compression;
using System.IO.Hashing;

namespace GPhotos.Core.Takeout;

/// <summary>
/// A tgz. It can only be read forward: one pass finds out what is in it, and a second one, in the order in which entries are asked for, gives their
/// bytes.
/// </summary>
internal sealed class TarPart : TakeoutPart
{
    private const int BufferSize = 256 * 1024;

    private readonly TarCursor _cursor;
    private string _stamp = "";

    public TarPart(string path)
        : base(path) => _cursor = new TarCursor(path);

    public override async Task ReadAsync(TakeoutIndex index, CancellationToken cancellationToken)
    {
        _stamp = StampOf(new FileInfo(Path));
        int position = 0;
        byte[] head = ArrayPool<byte>.Shared.Rent(TakeoutIndex.MaxJsonLength);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            FileStream file = new(Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: BufferSize, FileOptions.SequentialScan);
            GZipStream unzipped = new(file, CompressionMode.Decompress);
            await using (unzipped.ConfigureAwait(false))
            {
                TarReader tar = new(unzipped, leaveOpen: true);
                await using (tar.ConfigureAwait(false))
                {
                    while (await tar.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
                    {
                        (FoundEntry found, Exception? broken) = await DescribeAsync(entry, position++, head, buffer, cancellationToken).ConfigureAwait(false);
                        await index.AddAsync(found, cancellationToken).ConfigureAwait(false);
                        if (broken is not null)
                        {
                            throw broken;
                        }
                    }

                    if (position == 0)
                    {
                        await ThrowIfEmptyAsync(unzipped, file, cancellationToken).ConfigureAwait(false);
                    }
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            throw new TakeoutDamagedException(
                $"'{Path}' is {(position == 0 ? "no tgz archive" : $"damaged or broken off behind its first {position:N0} entries")}: {e.Message} "
                + (position == 0 ? "Nothing of it was read." : "What stands before was read."),
                Path,
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(Path, e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public override async Task<Stream> OpenAsync(TakeoutEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            Stream bytes = await _cursor.OpenAsync(entry.Position, _stamp, cancellationToken).ConfigureAwait(false);
            return new EntryStream(bytes, entry.Length, entry.Crc, e => Damaged(entry, e));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw Damaged(entry, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileReadFailedException($"'{EntryName.Printable(entry.Name)}' cannot be read from '{Path}': {e.Message}", NameOf(entry), e);
        }
    }

    public override string StampOf(TakeoutEntry entry) => FormattableString.Invariant($"{_stamp}-{entry.Position}");

    /// <summary>What the stamp of an archive is made of.</summary>
    public static string StampOfArchive(string path) => StampOf(new FileInfo(path));

    /// <summary>Whether an entry has bytes of its own.</summary>
    public static bool IsFile(TarEntry entry) =>
        entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile;

    // Its bytes pass in any case: their checksum tells copies from one another, and a cut shows before anybody relies on the entry.
    private async Task<(FoundEntry, Exception?)> DescribeAsync(TarEntry entry, int position, byte[] head, byte[] buffer, CancellationToken cancellationToken)
    {
        if (!IsFile(entry))
        {
            bool isFolder = entry.EntryType is TarEntryType.Directory or TarEntryType.DirectoryList;
            return (new FoundEntry(this, position, entry.Name, 0) { IsFolder = isFolder, Flaw = isFolder ? null : $"It is no file but a {entry.EntryType}.", Open = () => Stream.Null }, null);
        }

        Crc32 crc = new();
        int held = 0;
        long passed = 0;
        Exception? broken = null;
        try
        {
            while (entry.DataStream is { } data)
            {
                int read = await data.ReadAsync(buffer.AsMemory(0, BufferSize), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                crc.Append(buffer.AsSpan(0, read));
                passed += read;
                int kept = Math.Min(read, TakeoutIndex.MaxJsonLength - held);
                buffer.AsSpan(0, kept).CopyTo(head.AsSpan(held));
                held += kept;
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            broken = e;
        }

        broken ??= passed == entry.Length ? null : new EndOfStreamException($"An entry holds {passed:N0} bytes, not {entry.Length:N0}.");
        FoundEntry found = new(this, position, entry.Name, entry.Length)
        {
            Crc = crc.GetCurrentHashAsUInt32(),
            Flaw = broken is null ? null : "It is broken off.",
            Open = () => new MemoryStream(head, 0, held, writable: false),
        };
        return (found, broken);
    }

    // An empty tar is blocks of zeros; what is no tar at all may look like an empty one.
    private static async Task ThrowIfEmptyAsync(GZipStream unzipped, FileStream file, CancellationToken cancellationToken)
    {
        if (file.Length == 0)
        {
            throw new InvalidDataException("It is empty.");
        }

        byte[] rest = new byte[1];
        _ = await unzipped.ReadAsync(rest, cancellationToken).ConfigureAwait(false);
    }
}
