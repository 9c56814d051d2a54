namespace GPhotos;

/// <summary>Google refused the call for a reason of its own.</summary>
public sealed class PermissionDeniedException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public PermissionDeniedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
