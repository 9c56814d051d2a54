namespace GPhotos;

/// <summary>The sign-in did not come to its end: refused, cancelled, or answered by somebody else.</summary>
public sealed class SignInFailedException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public SignInFailedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
