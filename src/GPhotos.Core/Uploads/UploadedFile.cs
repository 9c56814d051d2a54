using GPhotos.Core.Journal;

namespace GPhotos.Core.Uploads;

/// <summary>A file whose bytes are at Google, waiting for batchCreate. The token lives a day and counts once.</summary>
internal sealed record UploadedFile(UploadSource Source, ContentIdentity Identity, string UploadToken)
{
    /// <summary>
    /// Whether another process brought the bytes up. It may have died between using the token and learning what came of it.
    /// </summary>
    public bool IsFromEarlierRun { get; init; }

    /// <summary>Names the file, never its token.</summary>
    public override string ToString() => Source.Name;
}
