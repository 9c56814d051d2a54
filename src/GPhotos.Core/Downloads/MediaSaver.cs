using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GPhotos.Core.Api;

namespace GPhotos.Core.Downloads;

/// <summary>Saves media items in lanes while the input still arrives.</summary>
public sealed class MediaSaver
{
    private readonly MediaDownload _download;
    private readonly BaseUrls _baseUrls;

    internal MediaSaver(MediaDownload download, BaseUrls baseUrls) => (_download, _baseUrls) = (download, baseUrls);

    /// <summary>
    /// Every request comes out once, as a result or as an error, in the order of completion. An error that ends the run (quota,
    /// sign-in) comes last, without a request, and what was not saved by then comes out as Pending.
    /// </summary>
    public async IAsyncEnumerable<SaveOutcome> SaveAsync(
        IAsyncEnumerable<SaveRequest> requests, SaveOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ThrottleLimit, 1, nameof(options));
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Run run = new(_download, _baseUrls, options);
        Task lanes = Task.Run(() => run.SaveAllAsync(requests, stop.Token), CancellationToken.None);
        try
        {
            await foreach (SaveOutcome outcome in run.Outcomes.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return outcome;
            }

            await lanes.ConfigureAwait(false);
            if (run.EndedBy is { } error)
            {
                yield return new SaveOutcome(null, null, error);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await lanes.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed class Run(MediaDownload download, BaseUrls baseUrls, SaveOptions options)
    {
        private readonly Channel<SaveRequest> _requests = Channel.CreateBounded<SaveRequest>(MediaItems.MaxBatchSize);
        private readonly TargetPaths _targets = new(options.Destination);
        private readonly ConcurrentDictionary<string, Task> _underWay = new(StringComparer.Ordinal);
        private readonly Channel<SaveOutcome> _outcomes = Channel.CreateBounded<SaveOutcome>(options.ThrottleLimit);

        private volatile GPhotosException? _endedBy;

        public ChannelReader<SaveOutcome> Outcomes => _outcomes.Reader;

        public GPhotosException? EndedBy => _endedBy;

        public async Task SaveAllAsync(IAsyncEnumerable<SaveRequest> requests, CancellationToken cancellationToken)
        {
            Task feeding = _requests.Writer.FeedAsync(() => FeedAsync(requests, cancellationToken));
            try
            {
                await _outcomes.Writer.FeedAsync(() => RunLanesAsync(cancellationToken)).ConfigureAwait(false);
            }
            finally
            {
                await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        private async Task FeedAsync(IAsyncEnumerable<SaveRequest> requests, CancellationToken cancellationToken)
        {
            await foreach (SaveRequest request in requests.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (request.MediaItem is { } item)
                {
                    _targets.Claim(item);
                }

                await _requests.Writer.WriteAsync(request, cancellationToken).ConfigureAwait(false);
            }
        }

        private async Task RunLanesAsync(CancellationToken cancellationToken)
        {
            // Those that came as an id alone have their name only now; items still come one after the other here.
            IAsyncEnumerable<MediaItemLookup> items = baseUrls.FreshAsync(_requests.Reader, cancellationToken).Select(Claimed);
            ParallelOptions lanes = new() { MaxDegreeOfParallelism = options.ThrottleLimit, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(items, lanes, async (item, c) =>
                await _outcomes.Writer.WriteAsync(await SaveAloneAsync(item, c).ConfigureAwait(false), c).ConfigureAwait(false)).ConfigureAwait(false);
        }

        // An item that was given twice has one file: the second lane waits until the first is done with it.
        private async Task<SaveOutcome> SaveAloneAsync(MediaItemLookup lookup, CancellationToken cancellationToken)
        {
            TaskCompletionSource mine = new(TaskCreationOptions.RunContinuationsAsynchronously);
            while (_underWay.GetOrAdd(lookup.Id, mine.Task) is var holder && holder != mine.Task)
            {
                await holder.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            try
            {
                return await SaveAsync(lookup, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _underWay.TryRemove(lookup.Id, out _);
                mine.SetResult();
            }
        }

        private async Task<SaveOutcome> SaveAsync(MediaItemLookup lookup, CancellationToken cancellationToken)
        {
            SaveRequest request = new(lookup.Id, lookup.MediaItem);
            try
            {
                if (lookup.MediaItem is not { } item)
                {
                    throw lookup.Error!;
                }

                return EndedBy is null
                    ? new SaveOutcome(request, await download.SaveAsync(item, _targets, options.Force, cancellationToken).ConfigureAwait(false), null)
                    : Pending(request);
            }
            catch (GPhotosException e) when (e.EndsTheRun)
            {
                _endedBy ??= e;
                return Pending(request);
            }
            catch (GPhotosException e)
            {
                return new SaveOutcome(request, null, e);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // What nobody foresaw costs this item, not the run.
                return new SaveOutcome(request, null, new UnexpectedResponseException($"'{request.MediaItem?.FileName ?? request.Id}': {e.Message}", e));
            }
        }

        private MediaItemLookup Claimed(MediaItemLookup lookup)
        {
            if (lookup.MediaItem is { } item)
            {
                _targets.Claim(item);
            }

            return lookup;
        }

        private static SaveOutcome Pending(SaveRequest request) => new(
            request,
            new SaveResult { Status = SaveStatus.Pending, MediaItem = request.MediaItem ?? new MediaItem { Id = request.Id } },
            null);
    }
}
