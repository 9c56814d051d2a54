namespace GPhotos.Core.Auth;

/// <summary>An access token somebody else obtained. It lives an hour and cannot be renewed.</summary>
public sealed class FixedTokenSource(string accessToken, DateTimeOffset? expiresAt) : IAccessTokenSource
{
    /// <inheritdoc/>
    public bool CanRefresh => false;

    /// <inheritdoc/>
    public DateTimeOffset? ExpiresAt => expiresAt;

    /// <inheritdoc/>
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => new(accessToken);

    /// <inheritdoc/>
    public ValueTask<string> RefreshAsync(string refused, CancellationToken cancellationToken) =>
        throw new SignInExpiredException("Google does not take the access token, and it was given without a refresh token.") { LikelyReason = SignInEndReason.AccessTokenAlone };
}
