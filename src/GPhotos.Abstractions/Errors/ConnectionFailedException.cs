namespace GPhotos;

/// <summary>No answer came: name, network, proxy, TLS or time-out.</summary>
public sealed class ConnectionFailedException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public ConnectionFailedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
