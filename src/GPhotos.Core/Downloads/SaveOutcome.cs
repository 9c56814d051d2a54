namespace GPhotos.Core.Downloads;

/// <summary>What became of one media item: a result or an error, never both. Without a request: why the run ended early.</summary>
public sealed record SaveOutcome(SaveRequest? Request, SaveResult? Result, GPhotosException? Error);
