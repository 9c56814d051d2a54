using System.Collections.Concurrent;

namespace GPhotos.Core.Uploads;

/// <summary>What a run knows of its own end: for everybody, or for an album that takes nothing.</summary>
internal sealed class RunState(int throttleLimit)
{
    // One lane may have bad luck; when this many uploads in a row came to nothing for no fault of the file, the others will not fare better.
    private readonly int _hopeless = Math.Max(8, throttleLimit);

    private readonly ConcurrentDictionary<string, GPhotosException> _closed = new(StringComparer.Ordinal);
    private volatile GPhotosException? _endedBy;
    private volatile GPhotosException? _sentAllItMay;
    private int _inVain;

    /// <summary>What ended the run, or null.</summary>
    public GPhotosException? EndedBy => _endedBy;

    /// <summary>Whether nothing more is to be uploaded. What is uploaded is created all the same, unless the run has ended.</summary>
    public bool UploadsAreOver => _endedBy is not null || _sentAllItMay is not null;

    /// <summary>Why inputs were left out, each reason once.</summary>
    public IEnumerable<GPhotosException> Reasons => (_endedBy ?? _sentAllItMay) is { } why ? [.. _closed.Values, why] : _closed.Values;

    /// <summary>Ends the uploads: the calls that are left are needed for what is uploaded.</summary>
    public void EndUploads(GPhotosException error) => _sentAllItMay ??= error;

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

    /// <summary>An upload got through.</summary>
    public void Uploaded() => Interlocked.Exchange(ref _inVain, 0);

    /// <summary>An upload failed. Enough in a row for no fault of their own end the run.</summary>
    public void Failed(GPhotosException error)
    {
        if (error is ConnectionFailedException or ServiceUnavailableException or RateLimitedException or PermissionDeniedException
            && Interlocked.Increment(ref _inVain) >= _hopeless)
        {
            End(error);
        }
    }
}
