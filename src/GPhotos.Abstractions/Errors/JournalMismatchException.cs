namespace GPhotos;

/// <summary>The journal tells of media items of which this sign-in sees none: it is another account's, or all of them were deleted.</summary>
public sealed class JournalMismatchException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public JournalMismatchException(string message, string profileName, Exception? inner = null)
        : base(message, inner) =>
        ProfileName = profileName;

    /// <summary>The profile whose journal it is.</summary>
    public string ProfileName { get; }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
