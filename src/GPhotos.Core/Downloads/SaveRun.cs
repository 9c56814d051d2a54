using System.Threading.Channels;
using GPhotos.Core.Api;
using GPhotos.Core.Destinations;
using GPhotos.Core.Http;

namespace GPhotos.Core.Downloads;

/// <summary>
/// One run: requests enter in order and claim their names, lanes download, and what is downloaded is completed beside the lanes. Videos that Google
/// still works on come last.
/// </summary>
internal sealed class SaveRun : IDisposable
{
    // Room for two full calls of batchGet ahead of the lanes.
    private const int QueueLength = 2 * MediaItems.MaxBatchSize;

    private readonly GPhotosClientOptions _client;
    private readonly SaveOptions _options;
    private readonly Channel<SaveTicket> _queue = Channel.CreateBounded<SaveTicket>(QueueLength);
    private readonly Channel<SaveOutcome> _outcomes;
    private readonly SemaphoreSlim _lanes;
    private readonly SemaphoreSlim _slots;
    private readonly RunDestinations _destinations;
    private readonly ItemNames _names;
    private readonly BaseUrls _urls;
    private readonly VideoWaits _videos;
    private readonly ItemSaver _saver;
    private readonly CancellationToken _stop;
    private volatile GPhotosException? _endedBy;

    public SaveRun(
        GPhotosClientOptions client, MediaItems mediaItems, MediaBytes bytes, RetryPolicy retry, DestinationOpener opener, SaveOptions options, CancellationToken stop)
    {
        (_client, _options, _stop) = (client, options, stop);
        _outcomes = Channel.CreateBounded<SaveOutcome>(options.ThrottleLimit);
        _lanes = new SemaphoreSlim(options.ThrottleLimit, options.ThrottleLimit);
        _slots = new SemaphoreSlim(SlotsOf(options), SlotsOf(options));
        _destinations = new RunDestinations(opener, options);
        MediaForm form = MediaForm.Of(options.Size, options.Crop);
        _names = new ItemNames(options, form);
        ItemRenewal renewal = new(mediaItems);
        _urls = new BaseUrls(renewal, client.TimeProvider, t => Guarded(t, () => _names.Claim(t)), stop);
        _videos = new VideoWaits(renewal, client.TimeProvider, options.VideoTimeout);
        _saver = new ItemSaver(bytes, new MediaTransfer(client, bytes, retry), _lanes, options, _urls, _names, form);
    }

    // Each lane one, and as many that are prepared or completed meanwhile.
    private static int SlotsOf(SaveOptions options) => 2 * options.ThrottleLimit;

    public ChannelReader<SaveOutcome> Outcomes => _outcomes.Reader;

    public GPhotosException? EndedBy => _endedBy;

    public async Task SaveAllAsync(IAsyncEnumerable<SaveRequest> requests)
    {
        Task feeding = _queue.Writer.FeedAsync(() => FeedAsync(requests));
        try
        {
            await _outcomes.Writer.FeedAsync(RunLanesAsync).ConfigureAwait(false);
        }
        finally
        {
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Opens the destination that all requests share, so that one that cannot be had ends the run before it begins.</summary>
    public async Task OpenAsync()
    {
        if (_options.Destination is { } name)
        {
            _destinations.Leave(await _destinations.EnterAsync(name, _stop).ConfigureAwait(false));
        }
    }

    public void Dispose()
    {
        _destinations.Dispose();
        _slots.Dispose();
        _lanes.Dispose();
    }

    private async Task FeedAsync(IAsyncEnumerable<SaveRequest> requests)
    {
        try
        {
            await foreach (SaveRequest request in requests.WithCancellation(_stop).ConfigureAwait(false))
            {
                SaveTicket ticket = new(request) { EnteredAt = _client.TimeProvider.GetUtcNow() };
                await GuardedAsync(ticket, async () =>
                {
                    if (string.IsNullOrEmpty(request.Id))
                    {
                        throw new InvalidRequestException("A media item without an id cannot be saved.");
                    }

                    string name = request.Destination ?? _options.Destination
                        ?? throw new InvalidRequestException($"{ticket.Subject}: no destination is named.");
                    ticket.Place = await _destinations.EnterAsync(name, _stop).ConfigureAwait(false);
                    _names.Enter(ticket);
                }).ConfigureAwait(false);

                if (ticket is { NeedsBytes: true, Error: null })
                {
                    _urls.Announce(ticket);
                }

                await _queue.Writer.WriteAsync(ticket, _stop).ConfigureAwait(false);
            }
        }
        finally
        {
            _urls.NoMore();
        }
    }

    private async Task RunLanesAsync()
    {
        ParallelOptions lanes = new() { MaxDegreeOfParallelism = SlotsOf(_options), CancellationToken = _stop };
        try
        {
            await Parallel.ForEachAsync(_queue.Reader.ReadAllAsync(_stop), lanes, (t, _) => SaveAsync(t, isLast: false)).ConfigureAwait(false);
            await Parallel.ForEachAsync(_videos.SettledAsync(() => _endedBy is not null, _stop), lanes, (t, _) => SaveAsync(t, isLast: true)).ConfigureAwait(false);
        }
        finally
        {
            for (int i = 0; i < SlotsOf(_options); i++)
            {
                await _slots.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask SaveAsync(SaveTicket ticket, bool isLast)
    {
        bool isGone = false;
        IDisposable? alone = null;
        // Ahead of the item's turn: whoever has the turn must not wait for room to end it.
        await _slots.WaitAsync(_stop).ConfigureAwait(false);
        try
        {
            alone = await AloneAsync(ticket).ConfigureAwait(false);
            SaveCompletion? completion = null;
            SaveOutcome outcome = await CaughtAsync(ticket, async () =>
            {
                // What is saved already is told as that also when nothing more can be had.
                bool mayGoOn = ticket.Error is null && (_endedBy is null || !ticket.NeedsBytes);
                completion = mayGoOn ? await _saver.SaveAsync(ticket, _stop).ConfigureAwait(false) : null;
                return ticket.Error is { } error ? throw error : SaveOutcome.Pending(ticket);
            }).ConfigureAwait(false);
            if (completion is not null)
            {
                isGone = true;
                _ = CompleteAsync(completion, alone);
            }
            else if (isLast || _endedBy is not null || outcome.Result is null || !VideoWaits.IsWorkedOn(ticket) || !_videos.TryAdd(ticket))
            {
                await TellAsync(outcome, ticket).ConfigureAwait(false);
            }
        }
        finally
        {
            _urls.Leave(ticket);
            if (!isGone)
            {
                alone?.Dispose();
                _slots.Release();
            }
        }
    }

    private async Task CompleteAsync(SaveCompletion completion, IDisposable? alone)
    {
        try
        {
            SaveOutcome outcome = await CaughtAsync(completion.Ticket, async () =>
            {
                await using (completion.ConfigureAwait(false))
                {
                    return new SaveOutcome(completion.Ticket.Request, await completion.CompleteAsync(_stop).ConfigureAwait(false), null);
                }
            }).ConfigureAwait(false);
            alone?.Dispose();
            await TellAsync(outcome, completion.Ticket).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
            alone?.Dispose();
        }
        finally
        {
            _slots.Release();
        }
    }

    private ValueTask TellAsync(SaveOutcome outcome, SaveTicket ticket)
    {
        _destinations.Leave(ticket.Place);
        return _outcomes.Writer.WriteAsync(outcome, _stop);
    }

    // An item that was given twice has one file: the second comes after the first, and finds it saved.
    private async Task<IDisposable?> AloneAsync(SaveTicket ticket)
    {
        if (ticket.Destination is not { } destination || ticket.Error is not null)
        {
            return null;
        }

        IDisposable alone = await destination.AloneAsync(ticket.Request.Id, _stop).ConfigureAwait(false);
        if (ticket.NeedsBytes)
        {
            // Since it came in, its twin may have been through.
            Guarded(ticket, () => _names.LookAgain(ticket));
        }

        return alone;
    }

    private async Task GuardedAsync(SaveTicket ticket, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is GPhotosException || !_stop.IsCancellationRequested)
        {
            ticket.Error = Told(ticket, e);
        }
    }

    private static void Guarded(SaveTicket ticket, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is GPhotosException || ticket.Error is null)
        {
            ticket.Error = Told(ticket, e);
        }
    }

    // What nobody foresaw costs this item, not the run.
    private static GPhotosException Told(SaveTicket ticket, Exception e) =>
        e as GPhotosException ?? new UnexpectedResponseException($"{ticket.Subject}: {e.Message}", e);

    private async Task<SaveOutcome> CaughtAsync(SaveTicket ticket, Func<Task<SaveOutcome>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (GPhotosException e) when (e.EndsTheRun)
        {
            _endedBy ??= e;
            return SaveOutcome.Pending(ticket);
        }
        catch (Exception e) when (e is GPhotosException || !_stop.IsCancellationRequested)
        {
            return new SaveOutcome(ticket.Request, null, Told(ticket, e));
        }
    }
}
