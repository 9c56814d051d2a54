namespace GPhotos.Emulator.OAuth;

/// <summary>Every grant that was made, those that have ended too: their refresh tokens are refused, and an admin can see why.</summary>
internal sealed class Grants(OAuthSettings settings, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Grant> _grants = new(StringComparer.Ordinal);

    /// <summary>Makes a grant. Where it is one too many for the user and the client, their oldest dies, and nobody is told.</summary>
    /// <param name="clientId">Whom access is given.</param>
    /// <param name="user">Who gives it.</param>
    /// <param name="scopes">To what.</param>
    /// <param name="grantedAt">When; now unless it is named.</param>
    public Grant Add(string clientId, string user, IReadOnlyList<string> scopes, DateTimeOffset? grantedAt = null)
    {
        OAuthRules rules = settings.Current;
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset since = grantedAt ?? now;
        Grant grant = new(clientId, user, scopes, TokenStore.Opaque("emu-refresh-", 64), since)
        {
            ExpiresAt = rules.EndOfGrant(since, scopes),
        };
        lock (_lock)
        {
            // OrderBy keeps the order in which they came among those of one time.
            Grant[] live =
            [
                .. _grants.Values.Where(other => other.ClientId == clientId && other.User == user && other.At(now).Ended is null)
                    .OrderBy(other => other.GrantedAt),
            ];
            foreach (Grant old in live.Take(live.Length + 1 - rules.MaximumRefreshTokens))
            {
                _grants[old.RefreshToken] = old with { Ended = GrantEnd.TooMany };
            }

            _grants.Add(grant.RefreshToken, grant);
        }

        return grant.At(now);
    }

    /// <summary>The grant that a refresh token is of, as it is now.</summary>
    public Grant? Find(string refreshToken)
    {
        lock (_lock)
        {
            return _grants.GetValueOrDefault(refreshToken)?.At(clock.GetUtcNow());
        }
    }

    /// <summary>Takes note that a grant was refreshed with.</summary>
    /// <returns>The grant as it is now: it may have ended since it was looked up, and then stays so.</returns>
    public Grant Use(Grant grant)
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            Grant known = _grants[grant.RefreshToken].At(now);
            return _grants[grant.RefreshToken] = known.Ended is null ? known with { LastUsedAt = now } : known;
        }
    }

    /// <summary>All that a user has granted a project and not taken back, to whichever of its clients.</summary>
    public IReadOnlyList<string> ScopesOf(Caller caller) =>
        [.. Snapshot().Where(grant => grant.Ended is null && grant.Caller == caller).SelectMany(grant => grant.Scopes).Distinct()];

    /// <summary>All grants as they are now, the oldest first.</summary>
    public IReadOnlyList<Grant> Snapshot()
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            return [.. _grants.Values.Select(grant => grant.At(now)).OrderBy(grant => grant.GrantedAt)];
        }
    }

    /// <summary>Ends those live grants that are meant.</summary>
    /// <returns>How many.</returns>
    public int End(Func<Grant, bool> meant, GrantEnd how)
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            Grant[] ending = [.. _grants.Values.Select(grant => grant.At(now)).Where(grant => grant.Ended is null && meant(grant))];
            foreach (Grant grant in ending)
            {
                _grants[grant.RefreshToken] = grant with { Ended = how };
            }

            return ending.Length;
        }
    }
}
