namespace GPhotos;

/// <summary>The user has as many picking sessions open as Google allows. How many that are is not published.</summary>
public sealed class PickingSessionLimitReachedException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public PickingSessionLimitReachedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
