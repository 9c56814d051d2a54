namespace GPhotos;

/// <summary>Google called the request invalid.</summary>
public sealed class InvalidRequestException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public InvalidRequestException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
