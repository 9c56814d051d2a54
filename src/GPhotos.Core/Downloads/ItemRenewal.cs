using GPhotos.Core.Api;
using GPhotos.Core.Media;

namespace GPhotos.Core.Downloads;

/// <summary>Asks anew for what is known of media items, and for their base URLs, by the door they came through.</summary>
internal sealed class ItemRenewal(MediaItems mediaItems)
{
    /// <summary>The door that is to be asked for an item; null: the Library API, by its id.</summary>
    public static RenewableOrigin? DoorOf(SaveTicket ticket) => ticket.Item?.Origin as RenewableOrigin;

    /// <summary>What is known of each, in any order. Of the Library API's at most <see cref="MediaItems.MaxBatchSize"/>.</summary>
    public async Task<IReadOnlyList<MediaItemLookup>> AskAsync(RenewableOrigin? door, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        door is null
            ? await mediaItems.BatchGetAsync([.. ids], cancellationToken).ConfigureAwait(false)
            : await door.RenewAsync(ids, cancellationToken).ConfigureAwait(false);
}
