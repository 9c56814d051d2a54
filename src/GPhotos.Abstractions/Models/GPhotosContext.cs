namespace GPhotos;

/// <summary>A sign-in: the one that the cmdlets of this session use, or one that is kept. Holds no token.</summary>
public sealed class GPhotosContext
{
    /// <summary>The name under which the sign-in is kept.</summary>
    public required string ProfileName { get; init; }

    /// <summary>Whether a fresh session uses this profile when none is named.</summary>
    public bool IsDefault { get; init; }

    /// <summary>The server: Google, or an emulator on loopback.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The OAuth client (project). What it uploaded is all that it sees.</summary>
    public string? ClientId { get; init; }

    /// <summary>The scopes the user granted, in their short form (photoslibrary.appendonly).</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Where the sign-in is kept.</summary>
    public SignInStore Store { get; init; }

    /// <summary>The vault's name, where it is kept in one.</summary>
    public string? Vault { get; init; }

    /// <summary>When the user signed in, in UTC; for a token made elsewhere, when it was given.</summary>
    public DateTimeOffset SignedInAt { get; init; }

    /// <summary>
    /// When the sign-in ends and the user must sign in again, in UTC: seven days after it while the OAuth client's project is in
    /// Testing, or when access was granted for a time. Null where Google told of no end.
    /// </summary>
    public DateTimeOffset? SignInEndsAt { get; init; }

    /// <summary>How long that is from now, and zero when it is over; null where Google told of no end.</summary>
    public TimeSpan? SignInTimeLeft { get; init; }

    /// <summary>When Google last renewed the access token for any process of this user on this machine, in UTC; null when not known.</summary>
    public DateTimeOffset? RenewedAt { get; init; }

    /// <summary>When the access token of this moment ends, in UTC; null when not known.</summary>
    public DateTimeOffset? AccessTokenExpiresAt { get; init; }

    /// <summary>Whether an expired access token is renewed without the user.</summary>
    public bool CanRefresh { get; init; }

    /// <summary>What is left of the project's 10,000 calls of today, if nobody else spent any.</summary>
    public long CallsLeftToday { get; init; }

    /// <summary>The profile name.</summary>
    public override string ToString() => ProfileName;
}
