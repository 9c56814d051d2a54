namespace GPhotos.Core.Comparison;

/// <summary>What a comparison has to say: a row, an error, or a notice.</summary>
/// <param name="Row">The row, or null.</param>
/// <param name="Error">What went wrong with one file, or null.</param>
/// <param name="Subject">The file that the error is about.</param>
/// <param name="Notice">What the comparison had to do without, or null.</param>
public sealed record ComparisonFinding(MediaItemComparison? Row, GPhotosException? Error = null, string? Subject = null, string? Notice = null);
