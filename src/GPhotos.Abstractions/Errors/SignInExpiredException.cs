namespace GPhotos;

/// <summary>Google no longer takes the stored sign-in: revoked, seven days old in testing mode, or unused for six months.</summary>
public sealed class SignInExpiredException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public SignInExpiredException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
