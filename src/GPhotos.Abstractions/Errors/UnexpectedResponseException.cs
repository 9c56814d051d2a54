namespace GPhotos;

/// <summary>The answer was not one that Google documents.</summary>
public sealed class UnexpectedResponseException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public UnexpectedResponseException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
