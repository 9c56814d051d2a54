using GPhotos.Core.Api;
using GPhotos.Core.Media;

namespace GPhotos.Core.Downloads;

/// <summary>Asks anew for what is known of media items, and for their base URLs, by the door they came through.</summary>
internal sealed class ItemRenewal(MediaItems mediaItems)
{
    /// <summary>The door that is to be asked for an item; null: the Library API, by its id.</summary>
    public static RenewableOrigin? DoorOf(SaveTicket ticket) => ticket.Item?.Origin as RenewableOrigin;

    /// <summary>
    /// What is known of each item now, in any order. All are of one door, and each is there once; of the Library API's there are at most
    /// <see cref="MediaItems.MaxBatchSize"/>.
    /// </summary>
    public async Task<IReadOnlyList<MediaItemLookup>> AskAsync(IReadOnlyCollection<SaveTicket> tickets, CancellationToken cancellationToken) =>
        DoorOf(tickets.First()) is { } door
            ? await door.RenewAsync([.. tickets.Select(t => t.Item!)], cancellationToken).ConfigureAwait(false)
            : await mediaItems.BatchGetAsync([.. tickets.Select(t => t.Request.Id)], cancellationToken).ConfigureAwait(false);

    /// <summary>Why this item cannot be had, where its door is closed to all: an error for each tells what was not saved.</summary>
    public static GPhotosException Told(SaveTicket ticket, GPhotosException error) => error is PickingSessionExpiredException over
        ? new PickingSessionExpiredException($"{ticket.Subject} can no longer be had. {over.Message}", over.SessionId, over)
        : error;
}
