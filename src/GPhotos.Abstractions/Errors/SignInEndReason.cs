namespace GPhotos;

/// <summary>Why a sign-in ended, as far as it can be known.</summary>
public enum SignInEndReason
{
    /// <summary>Nothing tells.</summary>
    Unknown,

    /// <summary>Seven days passed, and the OAuth client's project has the publishing status Testing.</summary>
    TestingMode,

    /// <summary>The user granted access for a time, and it is over.</summary>
    TimeLimit,

    /// <summary>It was not used for six months.</summary>
    Unused,

    /// <summary>It was withdrawn: by the user, by -Revoke on any machine, by the 101st sign-in of the account, or with the account.</summary>
    Revoked,

    /// <summary>An administrator of the organisation asks for a new sign-in from time to time.</summary>
    SessionControl,

    /// <summary>It was an access token alone, which lives an hour.</summary>
    AccessTokenAlone,
}
