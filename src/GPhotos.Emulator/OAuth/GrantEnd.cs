namespace GPhotos.Emulator.OAuth;

/// <summary>How a grant came to its end.</summary>
internal enum GrantEnd
{
    /// <summary>A client asked for it.</summary>
    Revoked,

    /// <summary>The user removed the app from the account.</summary>
    Removed,

    /// <summary>Its time was over.</summary>
    Expired,

    /// <summary>Nobody refreshed with it for six months.</summary>
    Unused,

    /// <summary>The user has granted the client more often than refresh tokens may live.</summary>
    TooMany,

    AccountDisabled,

    ClientDeleted,

    ClientDisabled,

    /// <summary>A session's length is over, and the user has to prove again who it is.</summary>
    Rapt,
}
