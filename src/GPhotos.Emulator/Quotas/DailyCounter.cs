namespace GPhotos.Emulator.Quotas;

/// <summary>Requests of each project since midnight Pacific.</summary>
internal sealed class DailyCounter(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _used = new(StringComparer.Ordinal);
    private DateOnly _day;

    /// <summary>Counts a request, whatever will become of it.</summary>
    /// <returns>How many there have been today, with this one.</returns>
    public long Count(string project)
    {
        lock (_lock)
        {
            Turn();
            return _used[project] = _used.GetValueOrDefault(project) + 1;
        }
    }

    public IReadOnlyList<KeyValuePair<string, long>> Used()
    {
        lock (_lock)
        {
            Turn();
            return [.. _used];
        }
    }

    private void Turn()
    {
        DateOnly today = PacificDay.Of(clock.GetUtcNow());
        if (today != _day)
        {
            _day = today;
            _used.Clear();
        }
    }
}
