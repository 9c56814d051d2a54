using GPhotos.Core.Api;
using GPhotos.Core.Media;

namespace GPhotos.Core.Downloads;

/// <summary>
/// Keeps the base URLs of a run young. Google gives them 60 minutes: older than 50 they are asked for anew, and so is one that is refused. One call
/// serves all who wait, and takes along those behind them in the queue that will need it too, up to 50 in all.
/// </summary>
/// <remarks>See https://developers.google.com/photos/library/guides/access-media-items#base-urls.</remarks>
/// <param name="renewal">Whom to ask.</param>
/// <param name="time">The clock that ages go by.</param>
/// <param name="resolved">Told, in order, of items that had come as an id alone.</param>
/// <param name="stop">The end of the run.</param>
internal sealed class BaseUrls(ItemRenewal renewal, TimeProvider time, Action<SaveTicket> resolved, CancellationToken stop)
{
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(50);

    // However short Google keeps them, what was just handed out is used.
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(1);

    private const int Several = 3;

    // How long a call that is not full waits for company.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly LinkedList<SaveTicket> _queue = [];
    private readonly Dictionary<SaveTicket, TaskCompletionSource> _waiting = [];
    private readonly HashSet<string> _outlived = new(StringComparer.Ordinal);
    private TimeSpan _life = Young;
    private TimeSpan _proved;
    private bool _hasFailed;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _queueIsWhole;
    private bool _isWorking;

    /// <summary>Takes note of what will be asked for, in order.</summary>
    public void Announce(SaveTicket ticket)
    {
        lock (_gate)
        {
            _queue.AddLast(ticket);
            if (NeedsCall(ticket))
            {
                _more.TrySetResult();
                WorkIfNeeded();
            }
        }
    }

    /// <summary>Nothing more is announced: a call that is not full need not wait.</summary>
    public void NoMore()
    {
        lock (_gate)
        {
            _queueIsWhole = true;
            _more.TrySetResult();
        }
    }

    /// <summary>A ticket is done with: it is no longer in the queue.</summary>
    public void Leave(SaveTicket ticket)
    {
        lock (_gate)
        {
            _queue.Remove(ticket);
        }
    }

    /// <summary>Sees to it that an item is known and its base URL young.</summary>
    public Task ReadyAsync(SaveTicket ticket)
    {
        lock (_gate)
        {
            // From the queue to those who wait in one go: a call that is made between must not miss it.
            _queue.Remove(ticket);
            return NeedsCall(ticket) ? WaitAsync(ticket) : Task.CompletedTask;
        }
    }

    /// <summary>Asks anew for an item whose base URL was refused.</summary>
    /// <exception cref="MediaItemNotFoundException">Google no longer knows the item.</exception>
    public async Task RenewAsync(SaveTicket ticket)
    {
        Task renewed;
        lock (_gate)
        {
            renewed = WaitAsync(ticket);
        }

        await renewed.ConfigureAwait(false);
        if (ticket.Error is { } error)
        {
            throw error;
        }
    }

    /// <summary>Learns from a base URL that was taken at an age.</summary>
    public void Served(TimeSpan age)
    {
        lock (_gate)
        {
            _proved = age > _proved ? age : _proved;
        }
    }

    /// <summary>
    /// Learns from a base URL that was refused at an age while a new one was taken: when it befell several, others of that age are not tried. One alone
    /// may be a whim of the server's.
    /// </summary>
    public void Outlived(SaveTicket ticket, TimeSpan age)
    {
        lock (_gate)
        {
            if (age > _proved && _outlived.Add(ticket.Request.Id) && _outlived.Count >= Several)
            {
                TimeSpan life = age > ShortestLife ? age : ShortestLife;
                _life = life < _life ? life : _life;
            }
        }
    }

    // All through the door of the first, as far as one call serves them: any other door tells of all its items at once.
    private List<SaveTicket> Batch()
    {
        List<SaveTicket> candidates = Candidates();
        RenewableOrigin? door = ItemRenewal.DoorOf(candidates[0]);
        return [.. candidates.Where(t => ItemRenewal.DoorOf(t) == door).DistinctBy(t => t.Request.Id).Take(door is null ? MediaItems.MaxBatchSize : int.MaxValue)];
    }

    // Those behind whoever was refused, and handed out no later, will most likely be refused as well: they are taken along.
    private List<SaveTicket> Candidates()
    {
        DateTimeOffset refused = _waiting.Keys.Max(t => t.Item?.BaseUrlTime) ?? DateTimeOffset.MinValue;
        return [.. _waiting.Keys.Concat(_queue.Where(t => NeedsCall(t) || (t is { Error: null, Item: { } item } && item.BaseUrlTime <= refused)))];
    }

    private bool NeedsCall(SaveTicket ticket) =>
        ticket is { NeedsBytes: true, Error: null, Item: not { Origin: LocalContent } }
        && (ticket.Item is not { BaseUrl.Length: > 0 } item || time.GetUtcNow() - item.BaseUrlTime >= _life);

    private Task WaitAsync(SaveTicket ticket)
    {
        if (!_waiting.TryGetValue(ticket, out TaskCompletionSource? done))
        {
            _waiting.Add(ticket, done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            WorkIfNeeded();
        }

        return done.Task.WaitAsync(stop);
    }

    // A full call is worth making before anybody waits for it, unless the last one failed: it would only fail again and again.
    private bool IsNeeded() => _waiting.Count > 0 || (!_hasFailed && _queue.Count(NeedsCall) >= MediaItems.MaxBatchSize);

    private void WorkIfNeeded()
    {
        if (!_isWorking && IsNeeded())
        {
            _isWorking = true;
            _ = Task.Run(WorkAsync, CancellationToken.None);
        }
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            await GatherAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            List<SaveTicket> batch;
            lock (_gate)
            {
                if (stop.IsCancellationRequested || !IsNeeded())
                {
                    _isWorking = false;
                    return;
                }

                batch = Batch();
            }

            await AskAsync(batch).ConfigureAwait(false);
        }
    }

    // Until the call is full, nobody more comes, or those who wait have waited long enough.
    private async Task GatherAsync()
    {
        Task limit = Task.Delay(Linger, time, stop);
        while (!limit.IsCompleted)
        {
            Task more;
            lock (_gate)
            {
                if (_queueIsWhole || Candidates().Count >= MediaItems.MaxBatchSize)
                {
                    return;
                }

                _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                more = _more.Task;
            }

            await Task.WhenAny(limit, more).ConfigureAwait(false);
        }
    }

    private async Task AskAsync(List<SaveTicket> batch)
    {
        HashSet<string> ids = [.. batch.Select(t => t.Request.Id)];
        RenewableOrigin? door = ItemRenewal.DoorOf(batch[0]);
        Dictionary<string, MediaItemLookup>? found = null;
        Exception? failure = null;
        try
        {
            found = (await renewal.AskAsync(batch, stop).ConfigureAwait(false)).ToDictionary(l => l.Id);
        }
        catch (Exception e) when (found is null)
        {
            failure = e;
        }

        lock (_gate)
        {
            _hasFailed = failure is not null;
            // All of one item, also those that came meanwhile. What one door does not know, another may.
            foreach (SaveTicket ticket in _waiting.Keys.Concat(_queue).Where(t => ids.Contains(t.Request.Id) && ItemRenewal.DoorOf(t) == door).ToList())
            {
                Answer(ticket, found?[ticket.Request.Id], failure);
            }
        }
    }

    // A call that fails whole fails those who waited for it; the others ask again when their turn comes.
    private void Answer(SaveTicket ticket, MediaItemLookup? lookup, Exception? failure)
    {
        _waiting.Remove(ticket, out TaskCompletionSource? waiting);
        if (lookup?.MediaItem is { } item)
        {
            bool isNew = ticket.Item is null;
            ticket.Renew(item);
            if (isNew)
            {
                resolved(ticket);
            }
        }
        else if (lookup?.Error is { } error)
        {
            ticket.Error = error;
        }
        else if (waiting is not null && failure is GPhotosException told)
        {
            ticket.Error = ItemRenewal.Told(ticket, told);
        }
        else if (failure is not null)
        {
            waiting?.TrySetException(failure);
        }

        waiting?.TrySetResult();
    }
}
