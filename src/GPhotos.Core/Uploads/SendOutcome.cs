namespace GPhotos.Core.Uploads;

/// <summary>What became of one file: a result or an error, never both. Without a request: why the run ended early.</summary>
public sealed record SendOutcome(SendRequest? Request, SendResult? Result, GPhotosException? Error);
