using GPhotos.Core.Http;

namespace GPhotos.Core.Api;

/// <summary>Adds media items to albums and takes them out, up to <see cref="MediaItems.MaxBatchSize"/> a call.</summary>
/// <remarks>See https://developers.google.com/photos/library/reference/rest/v1/albums/batchAddMediaItems.</remarks>
internal sealed class AlbumItems(LibraryCaller caller, MediaItems items, RetryPolicy retry, int maxRetries)
{
    /// <summary>One outcome per id, in the order given; an id that stands twice is sent once. Only cancellation is thrown.</summary>
    public async Task<IReadOnlyList<AlbumItemOutcome>> ChangeAsync(
        AlbumItemCall call, string albumId, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(albumId);
        AlbumItemRun run = new(caller, items, retry, maxRetries, call, albumId, cancellationToken);
        GPhotosException? end = null;
        foreach (string[] batch in ids.Distinct(StringComparer.Ordinal).Chunk(MediaItems.MaxBatchSize))
        {
            end ??= await run.BatchAsync(batch).ConfigureAwait(false);
        }

        return [.. ids.Select(id => new AlbumItemOutcome(id, run.Outcomes.TryGetValue(id, out GPhotosException? error) ? error : end))];
    }
}
