namespace GPhotos.Emulator.Quotas;

/// <summary>The writes of each user in the last sixty seconds.</summary>
internal sealed class WriteWindow(TimeProvider clock)
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _writes = new(StringComparer.Ordinal);

    /// <summary>Counts a write if there is room for it. That a refused one takes no room is not confirmed.</summary>
    public bool TryCount(string user, long limit)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_lock)
        {
            if (!_writes.TryGetValue(user, out Queue<DateTimeOffset>? recent))
            {
                _writes.Add(user, recent = []);
            }

            while (recent.TryPeek(out DateTimeOffset oldest) && oldest <= now - Span)
            {
                recent.Dequeue();
            }

            if (limit > 0 && recent.Count >= limit)
            {
                return false;
            }

            recent.Enqueue(now);
            return true;
        }
    }
}
