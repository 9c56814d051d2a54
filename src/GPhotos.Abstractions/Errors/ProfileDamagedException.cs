namespace GPhotos;

/// <summary>A sign-in is kept, but what is kept of it is no profile, or one of a later version.</summary>
public sealed class ProfileDamagedException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public ProfileDamagedException(string message, string path, Exception? inner = null)
        : base(message, inner) =>
        Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
