using GPhotos.Emulator.Library;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.Picker;

/// <summary>One picking session, from its creation until long after its end: tests look whether any is left.</summary>
internal sealed class PickingSession
{
    /// <summary>The most items that a session may have, and the number where none is asked for.</summary>
    public const long Ceiling = 2000;

    private readonly Lock _lock = new();
    private IReadOnlyList<MediaItem> _picked = [];
    private DateTimeOffset _expires;
    private long _polls;
    private bool _isDone;
    private bool _isDeleted;

    public required string Id { get; init; }

    /// <summary>What its page is found by. It opens nothing but that page, for it goes through the user's browser.</summary>
    public required string PageKey { get; init; }

    /// <summary>The user, and the project that asked.</summary>
    public required Caller Owner { get; init; }

    public required string? RequestId { get; init; }

    /// <summary>The maximum that was asked for.</summary>
    public required long? AskedMaximum { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>Until when a client is to look whether the user is done.</summary>
    public required DateTimeOffset TimesOut { get; init; }

    public required DateTimeOffset Expires
    {
        get
        {
            lock (_lock)
            {
                return _expires;
            }
        }
        init => _expires = value;
    }

    public long Maximum => AskedMaximum ?? Ceiling;

    /// <summary>How often the app looked.</summary>
    public long Polls => Volatile.Read(ref _polls);

    /// <summary>In the order they were picked in.</summary>
    public IReadOnlyList<MediaItem> Picked
    {
        get
        {
            lock (_lock)
            {
                return _picked;
            }
        }
    }

    public void CountPoll() => Interlocked.Increment(ref _polls);

    public SessionState StateAt(DateTimeOffset now)
    {
        lock (_lock)
        {
            return _isDeleted ? SessionState.Deleted
                : _expires <= now ? SessionState.Expired
                : _isDone ? SessionState.Picked
                : SessionState.Picking;
        }
    }

    /// <summary>Takes the user's choice in.</summary>
    /// <param name="items">What is picked; null leaves what was picked before.</param>
    /// <param name="done">The user says Done.</param>
    /// <param name="now">The time it is.</param>
    public PickOutcome Pick(IReadOnlyList<MediaItem>? items, bool done, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (StateAt(now) != SessionState.Picking)
            {
                return PickOutcome.SessionOver;
            }

            if (items?.Count > Maximum)
            {
                return PickOutcome.TooMany;
            }

            _picked = items ?? _picked;
            _isDone = done;
            return PickOutcome.Taken;
        }
    }

    /// <summary>Ends the session for its app and for its user.</summary>
    /// <returns>False where it had ended before.</returns>
    public bool Delete(DateTimeOffset now)
    {
        lock (_lock)
        {
            bool wasLive = StateAt(now) is SessionState.Picking or SessionState.Picked;
            _isDeleted |= wasLive;
            return wasLive;
        }
    }

    /// <summary>Lets its time be over now.</summary>
    public void Expire(DateTimeOffset now)
    {
        lock (_lock)
        {
            _expires = now < _expires ? now : _expires;
        }
    }
}
