using System.Security.Cryptography;
using System.Text;
using GPhotos.Core.Data;
using GPhotos.Core.Profiles;
using Google.Apis.Auth.OAuth2.Responses;

namespace GPhotos.Core.Auth;

/// <summary>
/// Access tokens from a refresh token, renewed a minute before they end. Whoever needs a new one at the same time shares one renewal: the calls of
/// this process, and where the sign-in is kept also the other processes of this user on this machine.
/// </summary>
public sealed class UserTokenSource : IAccessTokenSource, IDisposable
{
    // Google always says how long a token lives; RFC 6749 does not make it.
    private static readonly TimeSpan UsualLife = TimeSpan.FromHours(1);

    private readonly GoogleFlow _flow;
    private readonly DateTimeOffset? _signedInAt;
    private readonly DateTimeOffset? _signInEndsAt;
    private readonly MachineLock _ownRenewal;
    private AccessTokenFile? _shared;
    private volatile AccessGrant? _grant;

    /// <summary>Makes a source from a refresh token alone.</summary>
    public UserTokenSource(GPhotosEndpoints endpoints, ClientSecret client, string refreshToken)
    {
        _flow = GoogleFlow.Create(endpoints, client);
        (RefreshToken, _ownRenewal) = (refreshToken, RenewalOf(refreshToken));
    }

    /// <summary>Makes a source of a profile that is kept.</summary>
    internal UserTokenSource(Profile profile, AccessTokenFile shared)
        : this(GPhotosEndpoints.At(profile.Endpoint), new ClientSecret(profile.ClientId, profile.ClientSecret), profile.RefreshToken) =>
        (_signedInAt, _signInEndsAt, _shared) = (profile.SignedInAt, profile.SignInEndsAt, shared);

    /// <summary>Makes a source from what a sign-in of this moment was answered. The flow becomes the source's own.</summary>
    internal UserTokenSource(GoogleFlow flow, TokenResponse answer)
    {
        (_flow, RefreshToken, _ownRenewal) = (flow, answer.RefreshToken, RenewalOf(answer.RefreshToken));
        _grant = ToGrant(answer);
        (_signedInAt, _signInEndsAt) = (ServerTime, _grant.SignInEndsAt);
    }

    /// <inheritdoc/>
    public bool CanRefresh => true;

    /// <inheritdoc/>
    public DateTimeOffset? ExpiresAt => Known?.ExpiresAt;

    /// <summary>When Google last made an access token, in UTC; null when not known.</summary>
    public DateTimeOffset? RenewedAt => Known?.RenewedAt;

    /// <summary>Whether Google has said that it no longer takes the sign-in.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>When the user signed in, in UTC; null for a refresh token that was made elsewhere.</summary>
    public DateTimeOffset? SignedInAt => _signedInAt;

    /// <summary>When the sign-in ends, in UTC; null where Google told of no end.</summary>
    public DateTimeOffset? SignInEndsAt => Known?.SignInEndsAt ?? _signInEndsAt;

    /// <summary>The scopes of the last answer of the token endpoint, in short form.</summary>
    public IReadOnlyList<string> Scopes => Known?.Scopes ?? [];

    internal string RefreshToken { get; }

    /// <summary>The clock that access tokens end by.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    // What another process had made tells as well as what this one had.
    private AccessGrant? Known => _grant ?? Shared;

    // Not one that is older than this process's own: where the folder cannot be written to, the file still holds what Google refused long ago.
    private AccessGrant? Shared => _shared?.Read(RefreshToken) is { } kept && !(_grant?.RenewedAt > kept.RenewedAt) ? kept : null;

    private DateTimeOffset ServerTime => _flow.LastAnswer.Date ?? Time.GetUtcNow();

    /// <inheritdoc/>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken) =>
        (Good(_grant, null) ?? Good(Shared, null) ?? await RenewAsync(null, cancellationToken).ConfigureAwait(false)).AccessToken;

    /// <inheritdoc/>
    public async ValueTask<string> RefreshAsync(string refused, CancellationToken cancellationToken) =>
        (await RenewAsync(refused, cancellationToken).ConfigureAwait(false)).AccessToken;

    /// <summary>Withdraws the grant at Google. It ends every sign-in of this user with the same Cloud project.</summary>
    public Task RevokeAsync(CancellationToken cancellationToken) => _flow.RevokeAsync(RefreshToken, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _flow.Dispose();

    /// <summary>Shares its access tokens with the other processes of this user from here on.</summary>
    internal void Share(AccessTokenFile file)
    {
        _shared = file;
        if (_grant is { } grant)
        {
            file.Write(RefreshToken, grant);
        }
    }

    private static MachineLock RenewalOf(string refreshToken) =>
        new(null, "renewal " + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(refreshToken))));

    private async Task<AccessGrant> RenewAsync(string? refused, CancellationToken cancellationToken)
    {
        using IDisposable held = await EnterAsync(cancellationToken).ConfigureAwait(false);
        if ((Good(_grant, refused) ?? Good(Shared, refused)) is { } renewed)
        {
            return renewed;
        }

        AccessGrant grant = ToGrant(await _flow.RefreshAsync(RefreshToken, Ended, cancellationToken).ConfigureAwait(false));
        _grant = grant;
        _shared?.Write(RefreshToken, grant);
        return grant;
    }

    private async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        if (_shared is { } shared)
        {
            try
            {
                return await shared.Lock.EnterAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (FileWriteFailedException)
            {
                // The user's folder cannot be written to: this process renews for itself.
            }
        }

        return await _ownRenewal.EnterAsync(cancellationToken).ConfigureAwait(false);
    }

    // Kept, so that the next call of this process finds it at once.
    private AccessGrant? Good(AccessGrant? grant, string? refused) =>
        grant is not null && grant.AccessToken != refused && grant.IsGood(Time.GetUtcNow()) ? _grant = grant : null;

    private SignInExpiredException Ended(string words, Exception inner)
    {
        AccessGrant? kept = Shared;
        AccessGrant? last = kept ?? _grant;
        SignInEnd end = new(_signedInAt, SignInEndsAt, last?.UsedAt);

        // No process is to find its token good, and each is to tell the same reason. The file of a sign-in that was made since stays as it is.
        _grant = last?.Spent(Time.GetUtcNow());
        if (kept is not null)
        {
            _shared!.Write(RefreshToken, _grant!);
        }

        HasEnded = true;
        SignInEndReason reason = end.ReasonAt(ServerTime, _flow.LastAnswer.ErrorSubtype);
        return new SignInExpiredException(end.Tell(reason, words), inner) { LikelyReason = reason };
    }

    private AccessGrant ToGrant(TokenResponse answer)
    {
        if (string.IsNullOrEmpty(answer.AccessToken))
        {
            throw new UnexpectedResponseException("The sign-in server's answer holds no access token.");
        }

        // RFC 6750, 2.1. What is none of it would end each call in an error of the header's.
        if (answer.AccessToken.Any(static c => c is <= ' ' or > '~'))
        {
            throw new UnexpectedResponseException("The sign-in server's access token holds what no token can.");
        }

        DateTimeOffset now = Time.GetUtcNow();
        return new AccessGrant(
            answer.AccessToken,
            answer.ExpiresInSeconds is { } seconds ? now.AddSeconds(Math.Clamp(seconds, 0, int.MaxValue)) : now + UsualLife,
            now,
            GPhotosScopes.FromWire(answer.Scope),
            _flow.LastAnswer.RefreshTokenExpiresIn is { } life ? ServerTime + life : null,
            ServerTime);
    }
}
