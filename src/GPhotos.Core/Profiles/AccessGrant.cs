namespace GPhotos.Core.Profiles;

/// <summary>An access token and what the token endpoint said with it.</summary>
/// <param name="AccessToken">The token.</param>
/// <param name="ExpiresAt">When it ends, by this machine's clock, in UTC.</param>
/// <param name="RenewedAt">When it was given, by this machine's clock, in UTC.</param>
/// <param name="Scopes">The scopes it carries, in short form.</param>
/// <param name="SignInEndsAt">When the refresh token ends, where Google said so, by the sign-in server's clock.</param>
/// <param name="UsedAt">When it was given, by the sign-in server's clock: what Google ends, it ends by that.</param>
internal sealed record AccessGrant(
    string AccessToken,
    DateTimeOffset ExpiresAt,
    DateTimeOffset RenewedAt,
    IReadOnlyList<string> Scopes,
    DateTimeOffset? SignInEndsAt,
    DateTimeOffset? UsedAt)
{
    // Google asks for a minute or so: a token must outlast the call that carries it.
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    // Who wrote a later time than this had another clock.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whether the token can be sent now.</summary>
    public bool IsGood(DateTimeOffset now) => AccessToken.Length > 0 && ExpiresAt - now > Early && RenewedAt - now < ClockTolerance;

    /// <summary>What is left of it when Google no longer takes the sign-in: when it was of use, and no token.</summary>
    public AccessGrant Spent(DateTimeOffset now) => this with { AccessToken = "", ExpiresAt = now };

    /// <summary>Names nothing.</summary>
    public override string ToString() => "";
}
