namespace GPhotos;

/// <summary>One row of a comparison: a local file, a media item, or a pair of them.</summary>
/// <remarks>
/// Every file and every item has one row of its own, or shares it with its counterpart. A copy (<see cref="IsCopy"/>) has its own row as well, which
/// names the counterpart that stands in a pair already.
/// </remarks>
public sealed class MediaItemComparison
{
    /// <summary>
    /// &lt;= only on this machine, =&gt; only among the media items, == on both sides, &lt;&gt; on one side, with candidates on the other that cannot be
    /// told apart.
    /// </summary>
    public required string SideIndicator { get; init; }

    /// <summary>What the pair was found by; null where there is none.</summary>
    public ComparisonMatch? MatchedBy { get; init; }

    /// <summary>The full path of the local file; null where there is none.</summary>
    public string? FullName { get; init; }

    /// <summary>The media item; null where there is none.</summary>
    public MediaItem? MediaItem { get; init; }

    /// <summary>
    /// What an ambiguous row could belong to: media items where it has a path, full paths where it has a media item. No more than a hundred.
    /// </summary>
    public IReadOnlyList<object> Candidates { get; init; } = [];

    /// <summary>Whether the counterpart stands in another pair already: the same bytes twice, or the moving part of a photo.</summary>
    public bool IsCopy { get; init; }

    /// <summary>Why it is ambiguous or a copy; null where there is nothing to tell.</summary>
    public string? Reason { get; init; }

    /// <summary>The path, or the name of the media item.</summary>
    public override string ToString() => FullName ?? MediaItem?.FileName ?? "";
}
