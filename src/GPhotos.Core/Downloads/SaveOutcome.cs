namespace GPhotos.Core.Downloads;

/// <summary>What became of one media item: a result or an error, never both. Without a request: why the run ended early.</summary>
public sealed record SaveOutcome(SaveRequest? Request, SaveResult? Result, GPhotosException? Error)
{
    internal static SaveOutcome Pending(SaveTicket ticket) => new(
        ticket.Request,
        new SaveResult { Status = SaveStatus.Pending, MediaItem = ticket.Item ?? ticket.Request.MediaItem ?? new MediaItem { Id = ticket.Request.Id } },
        null);
}
