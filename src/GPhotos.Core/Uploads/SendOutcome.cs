namespace GPhotos.Core.Uploads;

/// <summary>What became of one file: a result or an error, never both. Without a request: why the run ended early.</summary>
public sealed record SendOutcome(SendRequest? Request, SendResult? Result, GPhotosException? Error)
{
    /// <summary>The file was not created, because the run ended first.</summary>
    internal static SendOutcome Pending(SendRequest source, long length) => new(
        source,
        new SendResult { Status = SendStatus.Pending, FullName = source.Path, Description = source.Description, Length = length },
        null);
}
