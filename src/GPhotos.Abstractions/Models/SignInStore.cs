namespace GPhotos;

/// <summary>Where a sign-in is kept.</summary>
public enum SignInStore
{
    /// <summary>In this process only.</summary>
    Session,

    /// <summary>In a file that only its owner can read.</summary>
    File,

    /// <summary>In a vault of the user's (SecretManagement).</summary>
    Vault,
}
