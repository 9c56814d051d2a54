namespace GPhotos;

/// <summary>Cloud Storage knows no bucket of that name.</summary>
public sealed class BucketNotFoundException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public BucketNotFoundException(string message, string bucket, Exception? inner = null)
        : base(message, inner) =>
        Bucket = bucket;

    /// <summary>The name that was asked for.</summary>
    public string Bucket { get; }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
