namespace GPhotos.Emulator.OAuth;

/// <summary>What a user granted a client once: the refresh token, and the head of every access token from it.</summary>
internal sealed record Grant(string ClientId, string User, IReadOnlyList<string> Scopes, string RefreshToken, DateTimeOffset GrantedAt)
{
    private const int IdleMonths = 6;

    public Caller Caller { get; } = new(User, OAuthClient.ProjectOf(ClientId));

    /// <summary>When a refresh was last asked for; at first, when it was granted.</summary>
    public DateTimeOffset LastUsedAt { get; init; } = GrantedAt;

    /// <summary>When its time is over; null for without end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public GrantEnd? Ended { get; init; }

    /// <summary>The grant as it is at a time: ended, if that came by itself.</summary>
    public Grant At(DateTimeOffset now) => Ended is not null ? this
        : ExpiresAt <= now ? this with { Ended = GrantEnd.Expired }
        : LastUsedAt.AddMonths(IdleMonths) <= now ? this with { Ended = GrantEnd.Unused }
        : this;

    /// <summary>
    /// What the code exchange tells of the refresh token's life. It is one second short, as the 604799 is that Google says of seven days.
    /// </summary>
    public long? SecondsLeft(DateTimeOffset now) =>
        ExpiresAt is DateTimeOffset end ? Math.Max(0, (long)Math.Ceiling((end - now).TotalSeconds) - 1) : null;
}

/// <summary>A bearer token and until when it opens what.</summary>
internal sealed record AccessToken(string Value, Grant Grant, IReadOnlyList<string> ScopeNames, DateTimeOffset Expires)
{
    public ScopeSet Scopes { get; } = OAuth.ScopeNames.Set(ScopeNames);

    public string ScopeList => string.Join(' ', ScopeNames);
}
