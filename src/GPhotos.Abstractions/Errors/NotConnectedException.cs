namespace GPhotos;

/// <summary>No sign-in is known under the profile name.</summary>
public sealed class NotConnectedException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public NotConnectedException(string message, string profileName, Exception? inner = null)
        : base(message, inner) =>
        ProfileName = profileName;

    /// <summary>The profile that was asked for.</summary>
    public string ProfileName { get; }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
