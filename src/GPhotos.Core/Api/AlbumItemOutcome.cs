namespace GPhotos.Core.Api;

/// <summary>What became of one media item that was to be added to an album, or taken out of it.</summary>
/// <param name="Id">The id that was given.</param>
/// <param name="Error">Why it was not done; null when it was. Where a call failed for all its items, they share one error.</param>
public sealed record AlbumItemOutcome(string Id, GPhotosException? Error)
{
    /// <summary>Whether nothing else can be done to the album either: it is gone or another app's, the sign-in ended, the day is spent.</summary>
    public bool EndsTheRun => Error is not null && AlbumErrors.EndsTheRun(Error);
}
