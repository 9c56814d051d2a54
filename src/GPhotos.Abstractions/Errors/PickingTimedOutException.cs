namespace GPhotos;

/// <summary>Nobody finished picking in time. Google does not tell a page that was closed from one where somebody still chooses.</summary>
public sealed class PickingTimedOutException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public PickingTimedOutException(string message, string sessionId, Exception? inner = null)
        : base(message, inner) =>
        SessionId = sessionId;

    /// <summary>The session.</summary>
    public string SessionId { get; }
}
