using System.Runtime.CompilerServices;
using GPhotos.Core.Auth;
using GPhotos.Core.Http;

namespace GPhotos.Core.Api;

/// <summary>Lists, gets and describes media items.</summary>
/// <remarks>See https://developers.google.com/photos/library/reference/rest/v1/mediaItems.</remarks>
public sealed partial class MediaItems
{
    /// <summary>How many ids one batchGet takes.</summary>
    public const int MaxBatchSize = 50;

    private const int InvalidArgument = 3;
    private const int NotFound = 5;
    private const int PermissionDenied = 7;

    private readonly LibraryCaller _caller;

    internal MediaItems(LibraryCaller caller) => _caller = caller;

    /// <summary>
    /// Lists: the first item comes before the second page is asked for. Items that Google repeats at the seam of two pages come once;
    /// empty pages are followed; only a missing page token ends it.
    /// </summary>
    /// <exception cref="ScopeMissingException">The sign-in lacks photoslibrary.readonly.appcreateddata.</exception>
    /// <exception cref="AlbumNotFoundException">The query names an album Google does not show to this app.</exception>
    public async IAsyncEnumerable<MediaItem> ListAsync(
        MediaItemQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (IReadOnlyList<MediaItem> page in ListPagesAsync(query, cancellationToken).ConfigureAwait(false))
        {
            foreach (MediaItem item in page)
            {
                yield return item;
            }
        }
    }

    /// <summary>The same, a page at a time. A page may be empty.</summary>
    public IAsyncEnumerable<IReadOnlyList<MediaItem>> ListPagesAsync(MediaItemQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        WireSearchRequest request = SearchRequests.Create(query);
        return ItemPages.WalkAsync(
            async (token, stop) =>
            {
                DateTimeOffset askedAt = _caller.Now;
                WireMediaItemPage page = await PageAsync(request with { PageToken = token }, stop).ConfigureAwait(false);
                return ((page.MediaItems ?? []).Select(wire =>
                {
                    MediaItem item = wire.ToModel(askedAt);
                    item.AlbumTitle = query.AlbumTitle;
                    return item;
                }), page.NextPageToken);
            },
            cancellationToken);
    }

    /// <summary>Gets one item.</summary>
    /// <exception cref="MediaItemNotFoundException">Google knows no such id, or shows it to another app only.</exception>
    public async Task<MediaItem> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        CallContext context = Context($"Media item '{id}'") with { MediaItemId = id };
        DateTimeOffset askedAt = _caller.Now;
        WireMediaItem wire = await _caller.GetAsync(
            new("mediaItems.get"), context, "v1/mediaItems/" + Uri.EscapeDataString(id), WireJsonContext.Default.WireMediaItem, cancellationToken)
            .ConfigureAwait(false);
        return wire.ToModel(askedAt);
    }

    /// <summary>Gets up to <see cref="MaxBatchSize"/> items in one call. One outcome per id, in the order given; repeats are allowed.</summary>
    public async Task<IReadOnlyList<MediaItemLookup>> BatchGetAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        string[] distinct = [.. ids.Distinct()];
        if (distinct.Length is 0 or > MaxBatchSize)
        {
            throw new InvalidRequestException($"batchGet takes 1 to {MaxBatchSize} ids; {distinct.Length} were given.");
        }

        string query = string.Join('&', distinct.Select(id => "mediaItemIds=" + Uri.EscapeDataString(id)));
        DateTimeOffset askedAt = _caller.Now;
        WireBatchGetReply reply = await _caller.GetAsync(
            new("mediaItems.batchGet"), Context($"{distinct.Length} media items"), "v1/mediaItems:batchGet?" + query,
            WireJsonContext.Default.WireBatchGetReply, cancellationToken).ConfigureAwait(false);

        List<WireMediaItemResult> results = reply.MediaItemResults ?? [];
        if (results.Count != distinct.Length)
        {
            throw new UnexpectedResponseException($"batchGet was asked for {distinct.Length} media items and answered for {results.Count}.");
        }

        Dictionary<string, MediaItemLookup> byId = distinct.Zip(results, (id, r) => Lookup(id, r, askedAt)).ToDictionary(l => l.Id);
        return [.. ids.Select(id => byId[id])];
    }

    private Task<WireMediaItemPage> PageAsync(WireSearchRequest request, CancellationToken cancellationToken)
    {
        if (request is { AlbumId: null, Filters: null })
        {
            string token = request.PageToken is null ? "" : "&pageToken=" + Uri.EscapeDataString(request.PageToken);
            return _caller.GetAsync(
                new("mediaItems.list"), Context("Listing media items"), $"v1/mediaItems?pageSize={request.PageSize}{token}",
                WireJsonContext.Default.WireMediaItemPage, cancellationToken);
        }

        CallContext context = Context(request.AlbumId is null ? "Searching media items" : $"Album '{request.AlbumId}'") with { AlbumId = request.AlbumId };
        return _caller.PostAsync(
            new("mediaItems.search"), context, "v1/mediaItems:search", request,
            WireJsonContext.Default.WireSearchRequest, WireJsonContext.Default.WireMediaItemPage, cancellationToken);
    }

    private CallContext Context(string subject) => new(subject, GPhotosScopes.ReadAppCreatedData, _caller.Now);

    // Only a status that speaks of the id says that there is no such item: the others pass, and what is there must not be taken for gone.
    private static MediaItemLookup Lookup(string id, WireMediaItemResult result, DateTimeOffset askedAt) => result switch
    {
        { MediaItem: { } wire } => new(id, wire.ToModel(askedAt), null),
        { Status.Code: InvalidArgument or NotFound or PermissionDenied } => new(
            id, null, new MediaItemNotFoundException($"Media item '{id}': {result.Status.Message ?? "not found"}", id)),
        { Status: { Code: not 0 } status } => new(id, null, new ServiceUnavailableException($"Media item '{id}': {status.Message}")),
        _ => new(id, null, new UnexpectedResponseException($"Media item '{id}': the answer holds neither the item nor a status.")),
    };
}
