using GPhotos.Core.Api;

namespace GPhotos.Core.Media;

/// <summary>A door whose items cannot be asked for by their ids: the door itself tells of them anew. One object for all items that came through it.</summary>
internal abstract class RenewableOrigin : MediaOrigin
{
    /// <summary>
    /// What the bytes of its items are asked for with: the sign-in that listed them. Whoever saves them may have begun with another, before a scope was granted.
    /// </summary>
    public abstract HttpClient Media { get; }

    /// <summary>What is known of each item now, with a newer base URL than it has: one answer for each, in any order.</summary>
    /// <exception cref="GPhotosException">The door is closed, so that none of them can be had any more.</exception>
    public abstract Task<IReadOnlyList<MediaItemLookup>> RenewAsync(IReadOnlyCollection<MediaItem> items, CancellationToken cancellationToken);
}
