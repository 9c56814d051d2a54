using GPhotos.Core.Auth;
using GPhotos.Core.Http;

namespace GPhotos.Core.Api;

// Descriptions.
public sealed partial class MediaItems
{
    /// <summary>A description has fewer characters than this.</summary>
    public const int DescriptionLimit = 1000;

    // The same description again changes nothing, so a lost reply is simply asked for again.
    private static readonly CallTraits PatchTraits = new("mediaItems.patch", IsWrite: true);

    /// <summary>Replaces the description. An empty one clears it.</summary>
    /// <exception cref="InvalidRequestException">It has 1,000 characters or more; no call is spent.</exception>
    /// <exception cref="MediaItemNotFoundException">Google knows no such id, or shows it to another app only.</exception>
    public async Task<MediaItem> UpdateDescriptionAsync(string id, string description, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(description);
        if (description.Length >= DescriptionLimit)
        {
            throw new InvalidRequestException($"A description has fewer than {DescriptionLimit} characters; this one has {description.Length}.");
        }

        CallContext context = Context($"Describing media item '{id}'") with { Scope = GPhotosScopes.EditAppCreatedData, MediaItemId = id };
        DateTimeOffset askedAt = _caller.Now;
        WireMediaItem wire = await _caller.PatchAsync(
            PatchTraits, context, $"v1/mediaItems/{Uri.EscapeDataString(id)}?updateMask=description", new WireMediaItemChange(description),
            WireJsonContext.Default.WireMediaItemChange, WireJsonContext.Default.WireMediaItem, cancellationToken).ConfigureAwait(false);
        return wire.ToModel(askedAt);
    }
}
