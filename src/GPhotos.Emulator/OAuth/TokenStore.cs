using System.Buffers.Text;
using System.Security.Cryptography;

namespace GPhotos.Emulator.OAuth;

/// <summary>The access tokens that were handed out and not taken back.</summary>
internal sealed class TokenStore(EmulatorOptions options, Grants grants)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, AccessToken> _accessTokens = new(StringComparer.Ordinal);

    /// <summary>Makes an access token.</summary>
    /// <param name="grant">What it is of.</param>
    /// <param name="lifetime">How long it lives; as long as the options say when null.</param>
    /// <param name="scopes">Its scopes, where they are fewer than the grant's.</param>
    public AccessToken Issue(Grant grant, TimeSpan? lifetime = null, IReadOnlyList<string>? scopes = null)
    {
        AccessToken token = new(
            Opaque("emu-access-", 120),
            grant,
            scopes ?? grant.Scopes,
            options.TimeProvider.GetUtcNow() + (lifetime ?? options.AccessTokenLifetime));
        lock (_lock)
        {
            _accessTokens.Add(token.Value, token);
        }

        return token;
    }

    public AccessToken? FindLive(string value) =>
        Find(value) is AccessToken token && token.Expires > options.TimeProvider.GetUtcNow() ? token : null;

    /// <summary>The token, though its time may be over.</summary>
    public AccessToken? Find(string value)
    {
        lock (_lock)
        {
            return _accessTokens.GetValueOrDefault(value);
        }
    }

    /// <summary>Lets every access token live longer.</summary>
    public void Prolong(TimeSpan by)
    {
        lock (_lock)
        {
            foreach (AccessToken token in _accessTokens.Values.ToList())
            {
                _accessTokens[token.Value] = token with { Expires = token.Expires + by };
            }
        }
    }

    /// <summary>
    /// Takes back all that the user granted the project, to any of its clients, whichever of the tokens was named: that is how Google
    /// revokes (<see href="https://developers.google.com/identity/protocols/oauth2/native-app#tokenrevoke">Revoking a token</see>).
    /// </summary>
    /// <returns>False when the token is not known, or is dead already.</returns>
    public bool Revoke(string anyToken)
    {
        Grant? grant = FindLive(anyToken)?.Grant ?? (grants.Find(anyToken) is { Ended: null } live ? live : null);
        if (grant is null)
        {
            return false;
        }

        End(other => other.Caller == grant.Caller, GrantEnd.Revoked);
        return true;
    }

    /// <summary>Ends those grants that are meant, with every access token of them.</summary>
    /// <returns>How many refresh tokens died.</returns>
    public int End(Func<Grant, bool> meant, GrantEnd how)
    {
        int ended = grants.End(meant, how);
        lock (_lock)
        {
            foreach (AccessToken token in _accessTokens.Values.Where(token => meant(token.Grant)).ToList())
            {
                _accessTokens.Remove(token.Value);
            }
        }

        return ended;
    }

    /// <summary>Ends every access token now, and with them the refresh tokens when asked.</summary>
    public void ExpireAll(bool refreshTokensToo)
    {
        lock (_lock)
        {
            _accessTokens.Clear();
        }

        if (refreshTokensToo)
        {
            grants.End(_ => true, GrantEnd.Expired);
        }
    }

    internal static string Opaque(string prefix, int bytes) =>
        prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
