namespace GPhotos;

/// <summary>Google still asked to slow down after every retry.</summary>
public sealed class RateLimitedException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public RateLimitedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
