using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Flows;
using Google.Apis.Auth.OAuth2.Responses;

namespace GPhotos.Core.Auth;

/// <summary>Access tokens from a refresh token, renewed by Google's library a few minutes before they end.</summary>
public sealed class UserTokenSource : IAccessTokenSource, IDisposable
{
    private readonly PkceGoogleAuthorizationCodeFlow _flow;
    private readonly UserCredential _credential;
    private readonly SemaphoreSlim _oneRenewal = new(1, 1);

    /// <summary>Makes a source from what a sign-in left behind.</summary>
    public UserTokenSource(GPhotosEndpoints endpoints, ClientSecret client, string refreshToken)
        : this(GoogleFlow.Create(endpoints, client), new TokenResponse { RefreshToken = refreshToken })
    {
    }

    internal UserTokenSource(PkceGoogleAuthorizationCodeFlow flow, TokenResponse token)
    {
        _flow = flow;
        _credential = new UserCredential(flow, "user", token);
    }

    /// <inheritdoc/>
    public bool CanRefresh => true;

    /// <inheritdoc/>
    public DateTimeOffset? ExpiresAt =>
        _credential.Token is { AccessToken: not null, ExpiresInSeconds: { } seconds } token
            ? new DateTimeOffset(token.IssuedUtc, TimeSpan.Zero).AddSeconds(seconds)
            : null;

    /// <summary>The scopes of the last answer of the token endpoint, in short form.</summary>
    public IReadOnlyList<string> Scopes => GPhotosScopes.FromWire(_credential.Token.Scope);

    internal string RefreshToken => _credential.Token.RefreshToken;

    /// <inheritdoc/>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken) =>
        await GoogleFlow.GuardAsync(() => _credential.GetAccessTokenForRequestAsync(null, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<string> RefreshAsync(string refused, CancellationToken cancellationToken)
    {
        await _oneRenewal.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_credential.Token.AccessToken == refused)
            {
                await GoogleFlow.GuardAsync(() => _credential.RefreshTokenAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            return _credential.Token.AccessToken;
        }
        finally
        {
            _oneRenewal.Release();
        }
    }

    /// <summary>Withdraws the grant at Google. It ends every sign-in of this user with the same Cloud project.</summary>
    public async Task RevokeAsync(CancellationToken cancellationToken) =>
        await GoogleFlow.GuardAsync(async () =>
        {
            await _flow.RevokeTokenAsync("user", _credential.Token.RefreshToken, cancellationToken).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public void Dispose()
    {
        _oneRenewal.Dispose();
        _flow.Dispose();
    }
}
