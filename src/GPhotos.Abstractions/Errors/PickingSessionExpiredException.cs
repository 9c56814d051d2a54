namespace GPhotos;

/// <summary>The picking session is over, so that what was picked in it can no longer be listed, nor its bytes fetched once their addresses have ended.</summary>
/// <remarks>See https://developers.google.com/photos/picker/reference/rest/v1/sessions.</remarks>
public sealed class PickingSessionExpiredException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public PickingSessionExpiredException(string message, string sessionId, Exception? inner = null)
        : base(message, inner) =>
        SessionId = sessionId;

    /// <summary>The session.</summary>
    public string SessionId { get; }
}
