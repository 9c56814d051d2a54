using System.Formats.Tar;
using System.IO.Compression;

namespace GPhotos.Core.Takeout;

/// <summary>
/// Gives the bytes of a tgz's entries. Lanes ask nearly in order: it goes forward, and keeps what it passed over shortly before and what was asked for last,
/// since that will be asked for next, or once more. Who asks for what lies further behind makes it begin anew: slow, and right all the same.
/// </summary>
internal sealed class TarCursor(string path)
{
    // As far as lanes may be out of step.
    private const int Near = 32;

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly EntryStash _stash = new();
    private FileStream? _file;
    private GZipStream? _unzipped;
    private TarReader? _tar;
    private Timer? _idle;
    private int _next;

    /// <summary>Opens the bytes of the entry at a position.</summary>
    /// <exception cref="IOException">The archive cannot be read, or changed.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public async Task<Stream> OpenAsync(int position, string stamp, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_stash.TryOpen(position) is { } kept)
            {
                return kept;
            }

            if (_tar is null || position < _next)
            {
                await BeginAsync(stamp).ConfigureAwait(false);
            }

            return await ForwardAsync(position, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await EndAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            RestLater();
            _gate.Release();
        }
    }

    private async Task BeginAsync(string stamp)
    {
        await EndAsync().ConfigureAwait(false);
        if (TarPart.StampOfArchive(path) != stamp)
        {
            throw new IOException("It changed since it was looked at.");
        }

        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 256 * 1024, FileOptions.SequentialScan);
        _unzipped = new GZipStream(_file, CompressionMode.Decompress);
        _tar = new TarReader(_unzipped, leaveOpen: true);
        _next = 0;
    }

    private async Task<Stream> ForwardAsync(int position, CancellationToken cancellationToken)
    {
        while (await _tar!.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            int at = _next++;
            bool isWanted = at == position;
            if (isWanted || (position - at <= Near && TarPart.IsFile(entry) && !EntryName.IsJson(entry.Name)))
            {
                await _stash.AddAsync(at, entry.DataStream ?? Stream.Null, cancellationToken).ConfigureAwait(false);
            }

            if (isWanted)
            {
                return _stash.TryOpen(at)!;
            }
        }

        throw new InvalidDataException("It ends before the entry comes.");
    }

    private async Task EndAsync()
    {
        if (_tar is not null)
        {
            await _tar.DisposeAsync().ConfigureAwait(false);
            await _unzipped!.DisposeAsync().ConfigureAwait(false);
            await _file!.DisposeAsync().ConfigureAwait(false);
            _tar = null;
        }
    }

    // Items live on in variables of a session long after anybody reads them.
    private void RestLater()
    {
        _idle ??= new Timer(_ => _ = RestAsync());
        _idle.Change(Idle, Timeout.InfiniteTimeSpan);
    }

    private async Task RestAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            _stash.Clear();
            await EndAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }
}
