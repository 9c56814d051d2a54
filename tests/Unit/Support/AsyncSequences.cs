using GPhotos.Core.Downloads;
using GPhotos.Core.Uploads;

namespace GPhotos.Tests.Support;

/// <summary>Short ways to feed and to collect.</summary>
internal static class AsyncSequences
{
    public static IAsyncEnumerable<SendRequest> ToSend(this IEnumerable<string> paths, string? albumId = null) =>
        paths.Select(p => new SendRequest(p) { AlbumId = albumId }).ToAsyncEnumerable();

    public static IAsyncEnumerable<SaveRequest> ToSave(this IEnumerable<MediaItem> items) =>
        items.Select(i => new SaveRequest(i.Id, i)).ToAsyncEnumerable();

    public static IAsyncEnumerable<SaveRequest> ToSave(this IEnumerable<string> ids) =>
        ids.Select(id => new SaveRequest(id, null)).ToAsyncEnumerable();

    public static async Task<List<SendOutcome>> SendAllAsync(
        this MediaSender sender, IEnumerable<string> paths, SendOptions? options = null, string? albumId = null, CancellationToken cancellationToken = default) =>
        await sender.SendAsync(paths.ToSend(albumId), options ?? new SendOptions(), cancellationToken).ToListAsync(cancellationToken);

    public static async Task<List<MediaItem>> AllAsync(this Core.Api.MediaItems items, MediaItemQuery? query = null) =>
        await items.ListAsync(query ?? new MediaItemQuery()).ToListAsync();

    public static async Task<List<SaveOutcome>> SaveAllAsync(
        this MediaSaver saver, IAsyncEnumerable<SaveRequest> requests, SaveOptions options, CancellationToken cancellationToken = default) =>
        await saver.SaveAsync(requests, options, cancellationToken).ToListAsync(cancellationToken);
}
