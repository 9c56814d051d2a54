namespace GPhotos.Core.Uploads;

/// <summary>What became of a batch: one outcome per file in the order given, and what ended the run, if anything did.</summary>
internal sealed record CreationResult(IReadOnlyList<SendOutcome> Outcomes, GPhotosException? EndedBy);
