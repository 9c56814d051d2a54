using GPhotos.Core.Auth;
using GPhotos.Core.Http;

namespace GPhotos.Core.Api;

// Titles and covers.
public sealed partial class Albums
{
    // The same values again change nothing, so a lost reply is simply asked for again.
    private static readonly CallTraits PatchTraits = new("albums.patch", IsWrite: true);

    /// <summary>Changes the title, the cover, or both in one call. What is null stays as it is.</summary>
    /// <exception cref="InvalidRequestException">Neither is given, or the title is empty or too long; no call is spent.</exception>
    /// <exception cref="AlbumNotFoundException">Google knows no such album, or shows it to another app only.</exception>
    /// <exception cref="MediaItemNotFoundException">The cover is no media item that this app can use.</exception>
    public async Task<Album> UpdateAsync(
        string id, string? title = null, string? coverMediaItemId = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (title is null && coverMediaItemId is null)
        {
            throw new InvalidRequestException("Nothing to change: neither a title nor a cover is given.");
        }

        if (title is not null)
        {
            CheckTitle(title);
        }

        string mask = string.Join(',', ((string?[])[title is null ? null : "title", coverMediaItemId is null ? null : "coverPhotoMediaItemId"]).OfType<string>());
        CallContext context = Context($"Changing album '{id}'", GPhotosScopes.EditAppCreatedData) with { AlbumId = id, MediaItemId = coverMediaItemId };
        WireAlbum wire = await AlbumErrors.TellApartAsync(_caller.PatchAsync(
            PatchTraits, context, $"v1/albums/{Uri.EscapeDataString(id)}?updateMask={mask}", new WireAlbumChange(title, coverMediaItemId),
            WireJsonContext.Default.WireAlbumChange, WireJsonContext.Default.WireAlbum, cancellationToken)).ConfigureAwait(false);
        return wire.ToModel();
    }
}
