using System.Collections.Concurrent;

namespace GPhotos.Core.Uploads;

/// <summary>What a run knows of its own end: for everybody, or for an album that takes nothing.</summary>
internal sealed class RunState(int throttleLimit)
{
    // One lane may have bad luck; when this many files in a row found no connection, the others will not either.
    private readonly int _hopeless = Math.Max(8, throttleLimit);

    private readonly ConcurrentDictionary<string, GPhotosException> _closed = new(StringComparer.Ordinal);
    private volatile GPhotosException? _endedBy;
    private int _unconnected;

    /// <summary>What ended the run, or null.</summary>
    public GPhotosException? EndedBy => _endedBy;

    /// <summary>Why inputs were left out, each reason once.</summary>
    public IEnumerable<GPhotosException> Reasons => _endedBy is null ? _closed.Values : [.. _closed.Values, _endedBy];

    /// <summary>Ends the run: nothing else can succeed.</summary>
    public void End(GPhotosException error) => _endedBy ??= error;

    /// <summary>Whether the album takes nothing more.</summary>
    public bool IsClosed(string albumId) => _closed.ContainsKey(albumId);

    /// <summary>What a failure means beyond the inputs it met.</summary>
    public void Close(string? albumId, GPhotosException error)
    {
        if (albumId is not null && error is AlbumFullException or AlbumNotFoundException or NotCreatedByThisAppException)
        {
            _closed.TryAdd(albumId, error);
        }
        else
        {
            End(error);
        }
    }

    /// <summary>Counts files that found no connection in a row.</summary>
    public void Connected(bool found, GPhotosException? error)
    {
        if (found)
        {
            Interlocked.Exchange(ref _unconnected, 0);
        }
        else if (Interlocked.Increment(ref _unconnected) >= _hopeless)
        {
            End(error!);
        }
    }
}
