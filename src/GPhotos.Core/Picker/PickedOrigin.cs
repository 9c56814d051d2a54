using GPhotos.Core.Api;
using GPhotos.Core.Media;

namespace GPhotos.Core.Picker;

/// <summary>
/// The door of one picking session. Nothing that was picked can be asked for by its id: the session is listed again, once for all whose base URLs
/// ended together.
/// </summary>
#pragma warning disable CA1001 // Nobody knows when the last item that shares it is done with, and a semaphore without a wait handle holds nothing.
internal sealed class PickedOrigin(PickingSessions sessions, string sessionId, HttpClient media, TimeProvider time) : RenewableOrigin
#pragma warning restore CA1001
{
    // As old as a listing may be to give base URLs that last for a while: Google keeps them 60 minutes.
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim _oneListing = new(1, 1);
    private DateTimeOffset _listedAt = DateTimeOffset.MinValue;
    private Dictionary<string, MediaItem> _newest = [];
    private PickingSessionExpiredException? _over;

    public override MediaItemSource Source => MediaItemSource.Picker;

    public override HttpClient Media => media;

    public override async Task<IReadOnlyList<MediaItemLookup>> RenewAsync(IReadOnlyCollection<MediaItem> items, CancellationToken cancellationToken)
    {
        await _oneListing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_over is { } over)
            {
                throw new PickingSessionExpiredException(over.Message, sessionId) { HttpStatus = over.HttpStatus };
            }

            if (items.Any(i => i.BaseUrlTime >= _listedAt) || time.GetUtcNow() - _listedAt >= Young)
            {
                await ListAsync(cancellationToken).ConfigureAwait(false);
            }

            return [.. items.Select(Lookup)];
        }
        finally
        {
            _oneListing.Release();
        }
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset askedAt = time.GetUtcNow();
        Dictionary<string, MediaItem> found = [];
        try
        {
            await foreach (IReadOnlyList<MediaItem> page in sessions.ListPagesAsync(sessionId, this, cancellationToken).ConfigureAwait(false))
            {
                foreach (MediaItem item in page)
                {
                    found[item.Id] = item;
                }
            }
        }
        catch (PickingSessionExpiredException e)
        {
            _over = e;
            throw;
        }

        (_newest, _listedAt) = (found, askedAt);
    }

    private MediaItemLookup Lookup(MediaItem item) => _newest.TryGetValue(item.Id, out MediaItem? found)
        ? new MediaItemLookup(item.Id, found, null)
        : new MediaItemLookup(item.Id, null, new MediaItemNotFoundException($"'{item.FileName}' is no longer in the picking session {sessionId}.", item.Id));
}
