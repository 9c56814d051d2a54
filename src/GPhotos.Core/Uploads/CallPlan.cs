using GPhotos.Core.Quota;

namespace GPhotos.Core.Uploads;

/// <summary>
/// Sees to it that a run with a budget begins no upload whose media item it could not pay for any more: bytes that nobody creates an item
/// of are calls for nothing.
/// </summary>
internal sealed class CallPlan(CallBudget? budget)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _waiting = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;
    private Task _lastTurn = Task.CompletedTask;

    /// <summary>The place of the next input: calls are given out in the order of the input, so that none is left out before one behind it.</summary>
    public PlanTurn NextTurn()
    {
        PlanTurn turn = new(_lastTurn);
        _lastTurn = budget is null ? Task.CompletedTask : turn.Decided;
        return turn;
    }

    /// <summary>
    /// Sets calls aside for an upload (none where the bytes are there) and for the batch it will be in. Without <paramref name="isToBeWritten"/>
    /// for the calls alone.
    /// </summary>
    /// <exception cref="MaximumCallsReachedException">There are not enough left.</exception>
    public async Task BeginAsync(PlanTurn turn, int calls, string? albumId, CancellationToken cancellationToken, bool isToBeWritten = true)
    {
        if (budget is null)
        {
            return;
        }

        await turn.Before.WaitAsync(cancellationToken).ConfigureAwait(false);
        while (!TryBegin(calls, isToBeWritten ? 1 : 0, albumId ?? "", out Task changed))
        {
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>An upload is over, however it went.</summary>
    public void Sent(int calls)
    {
        lock (_gate)
        {
            _underWay -= calls;
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>So many inputs of an album are being written. How many calls that takes: tell <see cref="Sent"/> when it is over.</summary>
    public int Writing(int inputs, string? albumId)
    {
        lock (_gate)
        {
            Written(inputs, albumId);
            int calls = Batches(inputs);
            _underWay += calls;
            return calls;
        }
    }

    /// <summary>So many inputs of an album wait no longer.</summary>
    public void Written(int inputs, string? albumId)
    {
        lock (_gate)
        {
            _waiting[albumId ?? ""] = Math.Max(0, _waiting.GetValueOrDefault(albumId ?? "") - inputs);
        }
    }

    // What is under way may have been counted as sent already: whether there is enough shows when it is over.
    private bool TryBegin(int calls, int inputs, string album, out Task changed)
    {
        lock (_gate)
        {
            changed = _changed.Task;
            int before = _waiting.GetValueOrDefault(album);
            _waiting[album] = before + inputs;
            if (budget!.Left >= _underWay + calls + _waiting.Values.Sum(Batches))
            {
                _underWay += calls;
                return true;
            }

            _waiting[album] = before;
            return _underWay > 0
                ? false
                : throw new MaximumCallsReachedException(
                    $"The run may send {budget.Maximum} calls, and what is left of them is needed for what is on its way.", budget.Maximum);
        }
    }

    private static int Batches(int inputs) => (inputs + MediaItemCreation.MaxBatchSize - 1) / MediaItemCreation.MaxBatchSize;
}
