using System.Collections.ObjectModel;
using System.IO.Compression;

namespace GPhotos.Core.Takeout;

/// <summary>A zip. Its directory is read once and kept; entries are read from where they stand, many at once and in any order.</summary>
internal sealed class ZipPart(string path) : TakeoutPart(path)
{
    private readonly Lock _opening = new();
    private ArchiveFile? _file;
    private ReadOnlyCollection<ZipArchiveEntry> _entries = ReadOnlyCollection<ZipArchiveEntry>.Empty;

    public override async Task ReadAsync(TakeoutIndex index, CancellationToken cancellationToken)
    {
        try
        {
            _file = new ArchiveFile(Path);
            _file.Hold();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(Path, e);
        }

        try
        {
            _entries = Directory();
            for (int i = 0; i < _entries.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ZipArchiveEntry entry = _entries[i];
                await index.AddAsync(Describe(entry, i), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _file.Release();
        }
    }

    public override Task<Stream> OpenAsync(TakeoutEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            _file!.Hold();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileReadFailedException($"'{Path}' cannot be read: {e.Message}", NameOf(entry), e);
        }

        try
        {
            return Task.FromResult<Stream>(new EntryStream(Open(entry.Position), entry.Length, entry.Crc, e => Damaged(entry, e), _file.Release));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or NotSupportedException)
        {
            _file.Release();
            throw Damaged(entry, e);
        }
    }

    public override string StampOf(TakeoutEntry entry) => FormattableString.Invariant($"{_file!.Length}-{_file.Time.Ticks}-{entry.Position}");

    private ReadOnlyCollection<ZipArchiveEntry> Directory()
    {
        try
        {
            // Not disposed of: that would close the file under those that read it, and it holds nothing else.
            ZipArchive archive = new(_file!, ZipArchiveMode.Read, leaveOpen: true);
            return archive.Entries;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new TakeoutDamagedException($"'{Path}' is no whole zip archive: {e.Message} Nothing of it was read.", Path, e);
        }
    }

    private FoundEntry Describe(ZipArchiveEntry entry, int position) => new(this, position, entry.FullName, entry.Length)
    {
        Crc = entry.Crc32,
        IsFolder = entry.FullName.EndsWith('/') && entry.Length == 0,
        Flaw = entry.IsEncrypted ? "It is encrypted." : IsLink(entry) ? "It is a link." : null,
        Open = () => Open(position),
    };

    // As Info-ZIP notes it: the mode of the file in the upper half.
    private static bool IsLink(ZipArchiveEntry entry) => ((entry.ExternalAttributes >> 16) & 0xF000) == 0xA000;

    private Stream Open(int position)
    {
        // Where its bytes begin is looked up in the file and noted in the entry.
        lock (_opening)
        {
            return _entries[position].Open();
        }
    }
}
