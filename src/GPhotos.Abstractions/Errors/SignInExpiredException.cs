namespace GPhotos;

/// <summary>Google no longer takes the stored sign-in. It does not say why; <see cref="LikelyReason"/> is what the dates tell.</summary>
/// <remarks>See https://developers.google.com/identity/protocols/oauth2#expiration.</remarks>
public sealed class SignInExpiredException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public SignInExpiredException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Why it most likely ended.</summary>
    public SignInEndReason LikelyReason { get; init; }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
