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

    /// <summary>The fault that hits this call, if one does. Every fault counts the call; of several that are due the first set hits.</summary>
    public Fault? Take(string method, string path, string kind)
    {
        lock (_lock)
        {
            Fault? fault = FirstDue(fault => fault.BreakAfterBytes is null && fault.Matches(method, path, kind));
            fault?.UseUp();
            return fault;
        }
    }

    /// <summary>The fault that breaks the line of such calls as this, if one does. It is used up by breaks, not by calls.</summary>
    public Fault? Breaking(string method, string path, string kind)
    {
        lock (_lock)
        {
            return FirstDue(fault => fault.BreakAfterBytes is not null && fault.Matches(method, path, kind));
        }
    }

    private Fault? FirstDue(Predicate<Fault> matches)
    {
        Fault? first = null;
        foreach (Fault fault in _faults)
        {
            if (matches(fault) && fault.CountCall())
            {
                first ??= fault;
            }
        }

        return first;
    }
}
