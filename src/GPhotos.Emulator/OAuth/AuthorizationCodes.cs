using System.Collections.Concurrent;

namespace GPhotos.Emulator.OAuth;

/// <summary>What an authorization code stands for.</summary>
internal sealed record AuthorizationCode(
    string ClientId,
    string User,
    string RedirectUri,
    IReadOnlyList<string> Scopes,
    string? Challenge,
    string? ChallengeMethod,
    DateTimeOffset Expires)
{
    /// <summary>Whether the verifier is the one the challenge was made from (RFC 7636).</summary>
    public bool IsProvedBy(string verifier) => Challenge is not null && Pkce.Proves(verifier, Challenge, ChallengeMethod);
}

/// <summary>Codes between consent and token exchange. Each can be taken once.</summary>
internal sealed class AuthorizationCodes(TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, AuthorizationCode> _codes = new(StringComparer.Ordinal);

    public string Issue(AuthorizationRequest request, IReadOnlyList<string> granted)
    {
        // The slash is Google's: a client that does not decode the redirect's query fails here as it does there.
        string code = TokenStore.Opaque("emu-code/", 48);
        _codes[code] = new AuthorizationCode(
            request.ClientId,
            request.User,
            request.RedirectUri,
            granted,
            request.Challenge,
            request.ChallengeMethod,
            clock.GetUtcNow() + Lifetime);
        return code;
    }

    public AuthorizationCode? Take(string code) =>
        _codes.TryRemove(code, out AuthorizationCode? known) && known.Expires > clock.GetUtcNow() ? known : null;
}
