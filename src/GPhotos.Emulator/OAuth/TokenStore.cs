using System.Buffers.Text;
using System.Security.Cryptography;

namespace GPhotos.Emulator.OAuth;

/// <summary>The grants and access tokens that live now.</summary>
internal sealed class TokenStore(EmulatorOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Grant> _grants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccessToken> _accessTokens = new(StringComparer.Ordinal);

    public Grant Add(string clientId, string user, IReadOnlyList<string> scopes)
    {
        Grant grant = new(clientId, user, scopes, Opaque("emu-refresh-", 64));
        lock (_lock)
        {
            _grants.Add(grant.RefreshToken, grant);
        }

        return grant;
    }

    public AccessToken Issue(Grant grant, TimeSpan? lifetime = null)
    {
        AccessToken token = new(
            Opaque("emu-access-", 120),
            grant,
            ScopeNames.Set(grant.Scopes),
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

    public Grant? FindGrant(string refreshToken)
    {
        lock (_lock)
        {
            return _grants.GetValueOrDefault(refreshToken);
        }
    }

    /// <summary>
    /// Takes back all that the user granted the project, whichever of its tokens was named: that is how Google revokes.
    /// </summary>
    /// <returns>False when the token is not known.</returns>
    public bool Revoke(string anyToken)
    {
        lock (_lock)
        {
            Caller? caller = (_accessTokens.GetValueOrDefault(anyToken)?.Grant ?? _grants.GetValueOrDefault(anyToken))?.Caller;
            foreach (Grant grant in _grants.Values.Where(grant => grant.Caller == caller).ToList())
            {
                _grants.Remove(grant.RefreshToken);
            }

            foreach (AccessToken token in _accessTokens.Values.Where(token => token.Grant.Caller == caller).ToList())
            {
                _accessTokens.Remove(token.Value);
            }

            return caller is not null;
        }
    }

    /// <summary>Ends every access token now, and with them the refresh tokens when asked.</summary>
    public void ExpireAll(bool refreshTokensToo)
    {
        lock (_lock)
        {
            _accessTokens.Clear();
            if (refreshTokensToo)
            {
                _grants.Clear();
            }
        }
    }

    internal static string Opaque(string prefix, int bytes) =>
        prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
