namespace GPhotos.Emulator.OAuth;

/// <summary>What a user granted a client once: the refresh token, and the head of every access token from it.</summary>
internal sealed class Grant(string clientId, string user, IReadOnlyList<string> scopes, string refreshToken)
{
    public Caller Caller { get; } = new(user, OAuthClient.ProjectOf(clientId));

    public string ClientId => clientId;

    public IReadOnlyList<string> Scopes => scopes;

    public string RefreshToken => refreshToken;

    public string ScopeList => string.Join(' ', scopes);
}

/// <summary>A bearer token and until when it opens what.</summary>
internal sealed record AccessToken(string Value, Grant Grant, ScopeSet Scopes, DateTimeOffset Expires);
