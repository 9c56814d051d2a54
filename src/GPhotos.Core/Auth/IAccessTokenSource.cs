namespace GPhotos.Core.Auth;

/// <summary>Gives the access token for the next call.</summary>
public interface IAccessTokenSource
{
    /// <summary>Whether <see cref="RefreshAsync"/> can succeed.</summary>
    bool CanRefresh { get; }

    /// <summary>When the token of this moment ends, in UTC; null when not known.</summary>
    DateTimeOffset? ExpiresAt { get; }

    /// <summary>The token to send, renewed a little before its end.</summary>
    /// <exception cref="SignInExpiredException">Google no longer renews it.</exception>
    ValueTask<string> GetAsync(CancellationToken cancellationToken);

    /// <summary>A token other than one that was refused with 401. Callers that lost the same token share one renewal.</summary>
    /// <exception cref="SignInExpiredException">There is no other.</exception>
    ValueTask<string> RefreshAsync(string refused, CancellationToken cancellationToken);
}
