namespace GPhotos.Tests.Support;

/// <summary>
/// A clock that moves only when somebody waits: a wait ends at once, is written down, and moves the time by its length. Attempt
/// time-outs come through the same provider; tests set them to a day, and timers as long as that end only when told.
/// </summary>
internal sealed class TestClock : TimeProvider
{
    public static readonly TimeSpan AttemptLimit = TimeSpan.FromDays(1);

    private static readonly TimeSpan ShortestRetryWait = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _held = [];
    private readonly List<TimeSpan> _waits = [];
    private readonly TaskCompletionSource _waitBegun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    /// <summary>Waits that are to stay, such as those a test cancels; none by default.</summary>
    public Func<TimeSpan, bool> Holds { get; set; } = static _ => false;

    /// <summary>Ends with the first wait that is held.</summary>
    public Task WaitBegun => _waitBegun.Task;

    /// <summary>The retry waits so far, in order.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_gate)
            {
                return [.. _waits];
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public void Set(DateTimeOffset now)
    {
        lock (_gate)
        {
            _now = now;
        }
    }

    public void Advance(TimeSpan by) => Set(GetUtcNow() + by);

    /// <summary>Keeps the short wait of a call for company from ending by itself: the calls would not be full.</summary>
    public void HoldGathering() => Holds = static wait => wait < ShortestRetryWait;

    /// <summary>Lets every attempt that is under way run out of time.</summary>
    public void ExpireAttempts()
    {
        List<ManualTimer> expired;
        lock (_gate)
        {
            expired = [.. _held.Where(t => t.DueTime >= AttemptLimit)];
            _held.RemoveAll(expired.Contains);
        }

        expired.ForEach(t => t.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Schedule(ManualTimer timer)
    {
        lock (_gate)
        {
            _held.Remove(timer);
            if (timer.DueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            bool isAttempt = timer.DueTime >= AttemptLimit;
            if (!isAttempt && timer.DueTime >= ShortestRetryWait)
            {
                _waits.Add(timer.DueTime);
            }

            if (isAttempt || Holds(timer.DueTime))
            {
                _held.Add(timer);
                if (!isAttempt)
                {
                    _waitBegun.TrySetResult();
                }

                return;
            }

            _now += timer.DueTime;
        }

        timer.Fire();
    }

    private void Forget(ManualTimer timer)
    {
        lock (_gate)
        {
            _held.Remove(timer);
        }
    }

    private sealed class ManualTimer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan DueTime { get; private set; }

        // Never within CreateTimer: who asked for the timer does not have it yet.
        public void Fire() => ThreadPool.UnsafeQueueUserWorkItem(static t => t.Call(), this, preferLocal: false);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            DueTime = dueTime;
            clock.Schedule(this);
            return true;
        }

        public void Dispose() => clock.Forget(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Call() => callback(state);
    }
}
