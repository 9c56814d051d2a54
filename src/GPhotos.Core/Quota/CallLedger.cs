using GPhotos.Core.Http;

namespace GPhotos.Core.Quota;

/// <summary>
/// Counts what is sent, by the days of the server, in a file that all processes of this user share. Counting never fails a call: where
/// the file cannot be used it goes on in memory, and <see cref="Fault"/> says why.
/// </summary>
internal sealed class CallLedger : IDisposable
{
    public const string FileName = "calls.db";

    // The Date header has whole seconds, and an answer takes a while: a difference below this is none.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // Google sees a write a little after it is counted here, the first of a minute perhaps later than the last.
    private static readonly TimeSpan PaceWindow = Minute + TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly int _writesPerMinute;
    private readonly Func<string?, CallStore> _open;
    private readonly string? _path;
    private CallStore? _file;
    private CallStore? _memory;
    private bool _disposed;

    /// <summary>Makes one. Its file is opened when the first call is counted.</summary>
    public CallLedger(GPhotosClientOptions options)
    {
        (_time, _writesPerMinute, Project) = (options.TimeProvider, options.WritesPerMinute, options.Project);
        _path = options.DataFolder is { } folder ? Path.Combine(folder, FileName) : null;
        _open = path => new CallStore(path, options.Endpoints.Root.Authority, options.Project, options.Account);
    }

    /// <summary>The project whose calls these are.</summary>
    public string Project { get; }

    /// <summary>Why the file is not used; null while it is.</summary>
    public GPhotosException? Fault { get; private set; }

    /// <summary>Counts a request that is about to be sent: what dies from here on is counted. Null where nothing can be counted.</summary>
    public CountedCall? Count(CallKind kind, CallTraits traits) => Use<CountedCall?>(
        store =>
        {
            DateTimeOffset now = _time.GetUtcNow();
            TimeSpan ahead = store.Ahead();
            CountedCall call = new(store, kind, traits.Name, PacificDay.Of(now + ahead), ahead);
            store.Add(call.Day, kind, call.Name);
            if (traits.IsWrite)
            {
                store.AddWrite(now);
            }

            return call;
        },
        null);

    /// <summary>Takes note of an answer: the server's day is the one that counts.</summary>
    /// <param name="call">What was answered.</param>
    /// <param name="date">The server's clock, where it told.</param>
    /// <param name="daySpent">Whether it said that nothing is left of the day.</param>
    public void Answered(CountedCall? call, DateTimeOffset? date, bool daySpent)
    {
        DateTimeOffset? told = date is { Year: > 2000 and < 2200 } ? date : null;
        if (call is null || (told is null && !daySpent))
        {
            return;
        }

        DateTimeOffset now = _time.GetUtcNow();
        DateTimeOffset server = told ?? (now + call.Ahead);
        DateOnly day = told is null ? call.Day : PacificDay.Of(server);
        bool clockDiffers = (server - now - call.Ahead).Duration() > ClockTolerance;
        bool dayDiffers = day != call.Day;
        if (!clockDiffers && !dayDiffers && !daySpent)
        {
            return;
        }

        Use(
            _ =>
            {
                // Also by less than the tolerance where that makes another day: what was moved there must be found there.
                if (clockDiffers || dayDiffers)
                {
                    call.Store.SetAhead(server - now);
                }

                if (dayDiffers)
                {
                    call.Store.Move(call, day);
                }

                if (daySpent)
                {
                    call.Store.MarkSpent(day, call.Kind);
                }

                return true;
            },
            false);
    }

    /// <summary>How long the account has to wait until it may write again; zero when it may now.</summary>
    public TimeSpan UntilNextWrite()
    {
        if (_writesPerMinute <= 0)
        {
            return TimeSpan.Zero;
        }

        DateTimeOffset now = _time.GetUtcNow();
        List<DateTimeOffset> writes = Use(store => store.Writes(now, PaceWindow), []);
        return writes.Count < _writesPerMinute ? TimeSpan.Zero : writes[_writesPerMinute - 1] + PaceWindow - now;
    }

    /// <summary>How often the account wrote in the last minute.</summary>
    public int WritesLastMinute() => Use(store => store.Writes(_time.GetUtcNow(), Minute).Count, 0);

    /// <summary>The day it is at the server.</summary>
    public DateOnly Today() => PacificDay.Of(_time.GetUtcNow() + Use(store => store.Ahead(), TimeSpan.Zero));

    /// <summary>What was counted, on file and in memory.</summary>
    public List<CallCount> Counts(DateOnly? day) => Read(store => store.Counts(day));

    /// <summary>The days that Google called spent.</summary>
    public List<(DateOnly Day, CallKind Kind)> Spent() => Read(store => store.Spent());

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _file?.Dispose();
            _memory?.Dispose();
        }
    }

    // What cannot be written can often still be read: a disk that is full, or mounted for reading.
    private List<T> Read<T>(Func<CallStore, List<T>> read)
    {
        List<T> found = Use(read, []);
        lock (_gate)
        {
            if (Fault is not null && _file is not null && !_disposed)
            {
                try
                {
                    found.AddRange(read(_file));
                }
                catch (FileWriteFailedException)
                {
                    // Told already.
                }
            }

            return found;
        }
    }

    private T Use<T>(Func<CallStore, T> work, T otherwise)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return otherwise;
            }

            if (Fault is null)
            {
                try
                {
                    return work(_file ??= _open(_path));
                }
                catch (Exception e) when (IsFault(e))
                {
                    Fault = e as GPhotosException ?? new FileWriteFailedException($"Calls cannot be counted: {e.Message}", _path ?? "", e);
                }
            }

            try
            {
                return work(_memory ??= _open(null));
            }
            catch (Exception e) when (IsFault(e))
            {
                return otherwise;
            }
        }
    }

    // The last two: no SQLite was built for this system.
    private static bool IsFault(Exception e) => e is FileWriteFailedException or TypeInitializationException or DllNotFoundException;
}
