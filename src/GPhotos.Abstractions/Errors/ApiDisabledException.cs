namespace GPhotos;

/// <summary>The Photos Library API is not switched on in the Google Cloud project.</summary>
public sealed class ApiDisabledException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public ApiDisabledException(string message, Uri? enableAt, Exception? inner = null)
        : base(message, inner) =>
        EnableAt = enableAt;

    /// <summary>The page where it can be switched on, when Google named one.</summary>
    public Uri? EnableAt { get; }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
