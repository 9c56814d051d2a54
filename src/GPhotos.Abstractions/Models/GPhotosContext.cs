namespace GPhotos;

/// <summary>The connection that the cmdlets of this session use. Holds no token.</summary>
public sealed class GPhotosContext
{
    /// <summary>The name under which the sign-in is kept.</summary>
    public required string ProfileName { get; init; }

    /// <summary>The server: Google, or an emulator on loopback.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The OAuth client (project). What it uploaded is all that it sees.</summary>
    public string? ClientId { get; init; }

    /// <summary>The scopes the user granted, in their short form (photoslibrary.appendonly).</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>When the user signed in, in UTC.</summary>
    public DateTimeOffset SignedInAt { get; init; }

    /// <summary>When the access token of this moment ends, in UTC; null when not known.</summary>
    public DateTimeOffset? AccessTokenExpiresAt { get; init; }

    /// <summary>Whether an expired access token is renewed without the user.</summary>
    public bool CanRefresh { get; init; }

    /// <summary>The profile name.</summary>
    public override string ToString() => ProfileName;
}
