namespace GPhotos.Core.Auth;

/// <summary>Stands for a sign-in that there is not: what is on this machine needs none, and whatever does is told so.</summary>
/// <param name="reason">Told with each call that needs a token.</param>
public sealed class NoSignIn(NotConnectedException reason) : IAccessTokenSource
{
    /// <summary>Why there is none.</summary>
    public NotConnectedException Reason => reason;

    /// <inheritdoc/>
    public bool CanRefresh => false;

    /// <inheritdoc/>
    public DateTimeOffset? ExpiresAt => null;

    /// <inheritdoc/>
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => throw Told();

    /// <inheritdoc/>
    public ValueTask<string> RefreshAsync(string refused, CancellationToken cancellationToken) => throw Told();

    private NotConnectedException Told() => new(reason.Message, reason.ProfileName, reason);
}
