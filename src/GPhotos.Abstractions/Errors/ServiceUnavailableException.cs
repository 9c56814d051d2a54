namespace GPhotos;

/// <summary>Google answered with a server error, and did so after every retry.</summary>
public sealed class ServiceUnavailableException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public ServiceUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
