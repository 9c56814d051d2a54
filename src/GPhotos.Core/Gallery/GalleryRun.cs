using System.Threading.Channels;
using GPhotos.Core.Api;
using GPhotos.Core.Downloads;
using GPhotos.Core.Http;

namespace GPhotos.Core.Gallery;

/// <summary>One run: entries enter in order, and lanes make their thumbnails while base URLs are renewed ahead of them.</summary>
internal sealed class GalleryRun : IDisposable
{
    // Room for two full calls of batchGet ahead of the lanes.
    private const int QueueLength = 2 * MediaItems.MaxBatchSize;

    private readonly GPhotosClientOptions _client;
    private readonly GalleryOptions _options;
    private readonly Channel<(GalleryEntry Entry, SaveTicket? Ticket)> _queue = Channel.CreateBounded<(GalleryEntry, SaveTicket?)>(QueueLength);
    private readonly Channel<(GalleryOutcome, PageItem?)> _outcomes = Channel.CreateBounded<(GalleryOutcome, PageItem?)>(QueueLength);
    private readonly SemaphoreSlim _lanes;
    private readonly ThumbnailMaker? _maker;
    private readonly ThumbnailSource? _source;
    private readonly BaseUrls _urls;
    private readonly PageItems _items;
    private readonly CancellationToken _stop;
    private GPhotosException? _endedBy;

    public GalleryRun(
        GPhotosClientOptions client, MediaItems mediaItems, MediaBytes bytes, RetryPolicy retry, GalleryOptions options, CancellationToken stop)
    {
        (_client, _options, _stop) = (client, options, stop);
        _lanes = new SemaphoreSlim(options.ThrottleLimit, options.ThrottleLimit);
        _urls = new BaseUrls(new ItemRenewal(mediaItems), client.TimeProvider, static _ => { }, stop);
        _items = new PageItems(Path.GetDirectoryName(options.Path)!);
        if (options.ThumbnailSize > 0)
        {
            _maker = new ThumbnailMaker(options.ThumbnailSize);
            _source = new ThumbnailSource(client, _maker, new MediaTransfer(client, bytes, retry), _lanes, _urls, options.ThumbnailSize);
        }
    }

    /// <summary>What became of entries, each with what the page is told of it.</summary>
    public ChannelReader<(GalleryOutcome Outcome, PageItem? Item)> Outcomes => _outcomes.Reader;

    public async Task RunAsync(IAsyncEnumerable<GalleryEntry> entries)
    {
        Task feeding = _queue.Writer.FeedAsync(() => FeedAsync(entries));
        ParallelOptions lanes = new() { MaxDegreeOfParallelism = _options.ThrottleLimit, CancellationToken = _stop };
        try
        {
            await _outcomes.Writer.FeedAsync(
                () => Parallel.ForEachAsync(_queue.Reader.ReadAllAsync(_stop), lanes, (q, _) => ShowAsync(q.Entry, q.Ticket))).ConfigureAwait(false);
        }
        finally
        {
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        _lanes.Dispose();
        _maker?.Dispose();
    }

    private async Task FeedAsync(IAsyncEnumerable<GalleryEntry> entries)
    {
        try
        {
            await foreach (GalleryEntry entry in entries.WithCancellation(_stop).ConfigureAwait(false))
            {
                SaveTicket? ticket = entry.MediaItem is { } item
                    ? new SaveTicket(new SaveRequest(item.Id, item)) { EnteredAt = _client.TimeProvider.GetUtcNow(), NeedsBytes = _source is not null && ThumbnailSource.NeedsUrl(entry) }
                    : null;
                if (ticket is { NeedsBytes: true })
                {
                    _urls.Announce(ticket);
                }

                await _queue.Writer.WriteAsync((entry, ticket), _stop).ConfigureAwait(false);
            }
        }
        finally
        {
            _urls.NoMore();
        }
    }

    private async ValueTask ShowAsync(GalleryEntry entry, SaveTicket? ticket)
    {
        Thumbnail? thumbnail = null;
        GPhotosException? error = null;
        try
        {
            thumbnail = _source is null ? null : await _source.GetAsync(entry, ticket, _endedBy is null, _stop).ConfigureAwait(false);
        }
        catch (GPhotosException e) when (e.EndsTheRun)
        {
            await EndPicturesAsync(e).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            await EndPicturesAsync(new InvalidRequestException("Thumbnails cannot be made on this system, for which Skia has no build: use -NoThumbnail.", e)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is GPhotosException || !_stop.IsCancellationRequested)
        {
            error = e as GPhotosException ?? new UnexpectedResponseException($"'{entry.Name}': {e.Message}", e);
        }

        if (ticket is not null)
        {
            _urls.Leave(ticket);
        }

        await _outcomes.Writer.WriteAsync((new GalleryOutcome(entry, thumbnail is not null, error), _items.Of(entry, thumbnail)), _stop).ConfigureAwait(false);
    }

    // The page is worth having without the pictures that are still to come, too.
    private async ValueTask EndPicturesAsync(GPhotosException error)
    {
        if (Interlocked.CompareExchange(ref _endedBy, error, null) is null)
        {
            await _outcomes.Writer.WriteAsync((new GalleryOutcome(null, false, error), null), _stop).ConfigureAwait(false);
        }
    }
}
