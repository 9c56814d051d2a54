namespace GPhotos.Core.Uploads;

/// <summary>A file whose bytes are at Google, waiting for batchCreate. The token lives a day and counts once.</summary>
internal sealed record UploadedFile(SendRequest Source, string UploadToken, long Length, string Sha256)
{
    /// <summary>Names the file, never its token.</summary>
    public override string ToString() => Source.Path;
}
