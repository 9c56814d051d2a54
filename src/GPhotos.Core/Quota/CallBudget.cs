namespace GPhotos.Core.Quota;

/// <summary>
/// How many Library calls a run may still send. Begin it in the code whose calls it is to bound, and dispose it there: it flows with that
/// code's work, through awaits and tasks, and never to work beside it. Requests for media bytes are not bounded.
/// </summary>
public sealed class CallBudget : IDisposable
{
    private static readonly AsyncLocal<CallBudget?> Flowing = new();

    private readonly CallBudget? _outer;
    private int _left;

    private CallBudget(int maximum, CallBudget? outer) => (Maximum, _left, _outer) = (maximum, maximum, outer);

    /// <summary>The budget of the work that asks; null where it has none.</summary>
    public static CallBudget? Current => Flowing.Value;

    /// <summary>How many calls it allows in all.</summary>
    public int Maximum { get; }

    /// <summary>How many of them are left.</summary>
    public int Left => Math.Max(0, Volatile.Read(ref _left));

    /// <summary>Bounds the calls that are sent from here on, until what it returns is disposed.</summary>
    public static CallBudget Begin(int maximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximum);
        return Flowing.Value = new CallBudget(maximum, Flowing.Value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Flowing.Value == this)
        {
            Flowing.Value = _outer;
        }
    }

    /// <summary>Takes one call.</summary>
    /// <exception cref="MaximumCallsReachedException">None is left.</exception>
    internal void Take()
    {
        if (Interlocked.Decrement(ref _left) < 0)
        {
            // Put back, so that no number of refusals brings it round to a positive one.
            Interlocked.Increment(ref _left);
            throw new MaximumCallsReachedException($"The run has sent the {Maximum} calls it may send.", Maximum);
        }
    }

    /// <summary>Fails where the next call would, before anything is waited for.</summary>
    /// <exception cref="MaximumCallsReachedException">None is left.</exception>
    internal void Require()
    {
        if (Left == 0)
        {
            throw new MaximumCallsReachedException($"The run has sent the {Maximum} calls it may send.", Maximum);
        }
    }
}
