namespace GPhotos;

/// <summary>A sign-in is kept under that name already, and is to stay.</summary>
public sealed class ProfileExistsException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public ProfileExistsException(string message, string profileName, Exception? inner = null)
        : base(message, inner) =>
        ProfileName = profileName;

    /// <summary>The profile.</summary>
    public string ProfileName { get; }
}
