#pragma warning disable CS1591
namespace GPhotos.Core.Api;

public sealed record AlbumItemOutcome(string Id, GPhotosException? Error)
{
    public bool EndsTheRun => Error is { EndsTheRun: true };
}

internal static class AlbumItemsShim
{
    public static Task<IReadOnlyList<AlbumItemOutcome>> AddItemsAsync(this Albums albums, string albumId, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        throw new NotSupportedException(albums + albumId + ids + cancellationToken);
}
