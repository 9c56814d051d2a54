namespace GPhotos;

/// <summary>Others than their owner can read a kept sign-in, or put another in its place.</summary>
public sealed class ProfileExposedException : GPhotosException
{
    /// <summary>Makes one.</summary>
    /// <param name="message">What was found.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="mendedBy">The command that mends it; null where none can, as on a file system without modes.</param>
    public ProfileExposedException(string message, string path, string? mendedBy)
        : base(message) =>
        (Path, MendedBy) = (path, mendedBy);

    /// <summary>The file or folder.</summary>
    public string Path { get; }

    /// <summary>The command that mends it; null where none can.</summary>
    public string? MendedBy { get; }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
