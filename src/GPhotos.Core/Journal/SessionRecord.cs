namespace GPhotos.Core.Journal;

/// <summary>A resumable upload session that was begun. Its address is a secret.</summary>
/// <param name="Address">Where the bytes go.</param>
/// <param name="Granularity">Chunks are multiples of this many bytes.</param>
internal sealed record SessionRecord(Uri Address, long Granularity)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => "upload session";
}
