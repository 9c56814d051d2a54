namespace GPhotos;

/// <summary>The user's Google storage is full.</summary>
public sealed class StorageFullException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public StorageFullException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
