namespace GPhotos;

/// <summary>
/// What a comparison came to. It adds up: <see cref="Local"/> is <see cref="OnlyLocal"/>, <see cref="Equal"/>, <see cref="LocalCopies"/> and
/// <see cref="AmbiguousLocal"/>; <see cref="Online"/> is <see cref="OnlyOnline"/>, <see cref="Equal"/>, <see cref="OnlineCopies"/> and
/// <see cref="AmbiguousOnline"/>.
/// </summary>
public sealed class ComparisonSummary
{
    /// <summary>The local files that were compared: not those that cannot be read, or that Google does not take.</summary>
    public int Local { get; init; }

    /// <summary>The media items that were compared, each once.</summary>
    public int Online { get; init; }

    /// <summary>Files without a media item.</summary>
    public int OnlyLocal { get; init; }

    /// <summary>Media items without a file.</summary>
    public int OnlyOnline { get; init; }

    /// <summary>Pairs of a file and a media item.</summary>
    public int Equal { get; init; }

    /// <summary>Further files of a media item: the same bytes again, or the moving part of a photo.</summary>
    public int LocalCopies { get; init; }

    /// <summary>Further media items with the bytes of a file.</summary>
    public int OnlineCopies { get; init; }

    /// <summary>Files that could belong to several media items, or share one.</summary>
    public int AmbiguousLocal { get; init; }

    /// <summary>Media items that could belong to several files, or share one.</summary>
    public int AmbiguousOnline { get; init; }

    /// <summary>How many of the pairs were found by which sign; together they are <see cref="Equal"/>.</summary>
    public IReadOnlyDictionary<ComparisonMatch, int> MatchedBy { get; init; } = new Dictionary<ComparisonMatch, int>();

    /// <summary>Files and folders that could not be compared; each was told as an error.</summary>
    public int Errors { get; init; }

    /// <summary>How many Library calls it took.</summary>
    public int LibraryCalls { get; init; }

    /// <summary>The files, items and differences.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Local} local, {Online} online: {OnlyLocal} <=, {OnlyOnline} =>, {Equal} ==, {AmbiguousLocal + AmbiguousOnline} <>");
}
