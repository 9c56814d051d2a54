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

    /// <summary>Sets calls aside for an upload (none where the bytes are there) and for the batch it will be in.</summary>
    /// <exception cref="MaximumCallsReachedException">There are not enough left.</exception>
    public async Task BeginAsync(int calls, string? albumId, CancellationToken cancellationToken)
    {
        while (budget is not null && !TryBegin(calls, albumId ?? "", out Task changed))
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

    /// <summary>So many inputs of an album wait no longer.</summary>
    public void Written(int inputs, string? albumId)
    {
        lock (_gate)
        {
            _waiting[albumId ?? ""] = Math.Max(0, _waiting.GetValueOrDefault(albumId ?? "") - inputs);
        }
    }

    // What is under way may have been counted as sent already: whether there is enough shows when it is over.
    private bool TryBegin(int calls, string album, out Task changed)
    {
        lock (_gate)
        {
            changed = _changed.Task;
            int before = _waiting.GetValueOrDefault(album);
            _waiting[album] = before + 1;
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
