namespace GPhotos.Emulator;

/// <summary>
/// The publishing status of a project's OAuth consent screen
/// (<see href="https://support.google.com/cloud/answer/15549945">Manage App Audience</see>).
/// </summary>
public enum PublishingStatus
{
    /// <summary>Every user can consent, and what they grant has no end of its own.</summary>
    InProduction,

    /// <summary>
    /// Only listed test users can consent, and the refresh token dies seven days after
    /// (<see href="https://developers.google.com/identity/protocols/oauth2#expiration">Refresh token expiration</see>).
    /// </summary>
    Testing,
}
