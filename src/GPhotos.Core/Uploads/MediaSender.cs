using System.Runtime.CompilerServices;
using GPhotos.Core.Api;
using GPhotos.Core.Auth;
using GPhotos.Core.Http;
using GPhotos.Core.Journal;
using GPhotos.Core.Quota;

namespace GPhotos.Core.Uploads;

/// <summary>
/// Sends files: bytes travel in lanes, media items are created in batches of up to 50 in the order of the input, so an album keeps
/// that order. The journal knows what was sent: a file that is there is not sent again, whatever it is called now.
/// </summary>
public sealed class MediaSender
{
    private readonly GPhotosClientOptions _client;
    private readonly LibraryCaller _caller;
    private readonly RetryPolicy _retry;
    private readonly MediaItems _items;
    private readonly Albums _albums;
    private readonly Func<AlbumDirectory> _newDirectory;
    private readonly HttpClient _http;
    private readonly WebSources _web;
    private readonly Lazy<SendJournal> _journal;

    internal MediaSender(
        GPhotosClientOptions client,
        LibraryCaller caller,
        RetryPolicy retry,
        MediaItems items,
        Albums albums,
        Func<AlbumDirectory> newDirectory,
        HttpClient http,
        WebSources web,
        Lazy<SendJournal> journal)
    {
        (_client, _caller, _retry, _items, _albums, _newDirectory) = (client, caller, retry, items, albums, newDirectory);
        (_http, _web, _journal) = (http, web, journal);
    }

    /// <summary>Counts what sending would take. Sends nothing.</summary>
    public Forecaster NewForecast(SendOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new Forecaster(_journal.Value, options);
    }

    /// <summary>
    /// Sends while the input still arrives. Every file comes out once, as a result or as an error. What was not created because the run ended
    /// early (quota, sign-in, storage) or its album takes nothing comes out as Pending, and the reason once, last, without a request.
    /// </summary>
    public async IAsyncEnumerable<SendOutcome> SendAsync(
        IAsyncEnumerable<SendRequest> files, SendOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ThrottleLimit, 1, nameof(options));
        SendJournal journal = _journal.Value;
        ByteUploads bytes = new(_client, _caller, _http, _retry, journal);
        FileUploads uploads = new(_client, bytes, journal, options);
        CallPlan plan = new(CallBudget.Current);
        FilePreparation preparation = new(uploads, _newDirectory(), journal, _web, plan, options);
        BatchWriter writer = new(new MediaItemCreation(_caller, _retry, journal, _client.MaxRetries), _albums, uploads, _client.MaxRetries);
        RunState state = new(options.ThrottleLimit);
        PlacementWriter placing = new(_items, _albums, preparation, options.ThrottleLimit);
        SendRun run = new(writer, placing, journal, plan, state);

        try
        {
            // Before anything is asked of Google, or of the web servers that hold the bytes.
            _caller.RequireScope(GPhotosScopes.AppendOnly);
            await new JournalOwner(_client, journal, _items).CheckAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (GPhotosException e)
        {
            state.End(e);
        }

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using SendLanes lanes = new(preparation, plan, state, options.ThrottleLimit);
        Task feeding = Task.Run(() => lanes.FeedAsync(files, stop.Token), CancellationToken.None);
        try
        {
            List<SendOutcome> outcomes = [];
            await foreach (Task<Prepared> task in lanes.Prepared.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await run.TakeAsync(await task.ConfigureAwait(false), outcomes, cancellationToken).ConfigureAwait(false);
                foreach (SendOutcome outcome in outcomes)
                {
                    yield return outcome;
                }

                outcomes.Clear();
            }

            await feeding.ConfigureAwait(false);
            await run.FinishAsync(outcomes, cancellationToken).ConfigureAwait(false);
            foreach (SendOutcome outcome in outcomes)
            {
                yield return outcome;
            }

            foreach (GPhotosException reason in state.Reasons)
            {
                yield return new SendOutcome(null, null, reason);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await lanes.DrainAsync(feeding).ConfigureAwait(false);
        }
    }
}
