using GPhotos.Core.Journal;

namespace GPhotos.Core.Uploads;

/// <summary>A file whose bytes are at Google, waiting for batchCreate. The token lives a day and counts once.</summary>
internal sealed record UploadedFile(UploadSource Source, ContentIdentity Identity, string UploadToken)
{
    /// <summary>
    /// Whether somebody else may have used the token: a process that died before it learned what came of it, one that still runs, or
    /// another input with the same bytes.
    /// </summary>
    public bool MayBeSpent { get; init; }

    /// <summary>Names the file, never its token.</summary>
    public override string ToString() => Source.Name;
}
