namespace GPhotos.Emulator.Admin;

/// <summary>The faults that are set, in the order they were.</summary>
internal sealed class FaultList
{
    private readonly Lock _lock = new();
    private readonly List<Fault> _faults = [];
    private int _lastId;

    public int NextId() => Interlocked.Increment(ref _lastId);

    public void Add(IEnumerable<Fault> faults)
    {
        lock (_lock)
        {
            _faults.AddRange(faults);
        }
    }

    public IReadOnlyList<Fault> Snapshot()
    {
        lock (_lock)
        {
            return [.. _faults];
        }
    }

    /// <summary>Takes all faults away and lets go what hangs on them.</summary>
    public void Clear()
    {
        List<Fault> cleared;
        lock (_lock)
        {
            cleared = [.. _faults];
            _faults.Clear();
        }

        cleared.ForEach(fault => fault.Clear());
    }

    /// <summary>The fault that hits this call, if one does. The first set that is due goes first.</summary>
    public Fault? Take(string method, string path)
    {
        lock (_lock)
        {
            foreach (Fault fault in _faults)
            {
                if (fault.Remaining == 0 || !fault.Matches(method, path))
                {
                    continue;
                }

                if (fault.After > 0)
                {
                    fault.After--;
                    continue;
                }

                fault.Remaining -= fault.Remaining > 0 ? 1 : 0;
                return fault;
            }
        }

        return null;
    }
}
