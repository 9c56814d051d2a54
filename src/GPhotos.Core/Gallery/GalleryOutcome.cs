namespace GPhotos.Core.Gallery;

/// <summary>What became of one entry. It stands in the page in any case.</summary>
/// <param name="Entry">The entry; null for an error that keeps the pictures of all that follow away.</param>
/// <param name="HasThumbnail">Whether its picture is shown, and not a drawn sign in its place.</param>
/// <param name="Error">Why its picture could not be had; null where it was had, or where nobody could read such a file.</param>
public sealed record GalleryOutcome(GalleryEntry? Entry, bool HasThumbnail, GPhotosException? Error);
