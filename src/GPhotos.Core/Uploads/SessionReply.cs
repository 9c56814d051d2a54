using System.Net;

namespace GPhotos.Core.Uploads;

/// <summary>What Google said about an upload session.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="UploadStatus">X-Goog-Upload-Status: active, final, cancelled; null where it is missing.</param>
/// <param name="Received">X-Goog-Upload-Size-Received: how many bytes Google has.</param>
/// <param name="Body">The upload token of a session that is final, or an error.</param>
internal sealed record SessionReply(HttpStatusCode Status, string? UploadStatus, long? Received, string Body)
{
    public bool IsActive => IsGood && Is("active");

    public bool IsFinal => IsGood && Is("final");

    /// <summary>Whether the session is of no use any more: expired, cancelled, unknown.</summary>
    public bool IsGone => Status is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.BadRequest || (IsGood && !IsActive && !IsFinal);

    /// <summary>Whether asking how far Google has got, and going on from there, may help.</summary>
    public bool MayGoOn => IsActive || Status is HttpStatusCode.Conflict or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;

    private bool Is(string status) => string.Equals(UploadStatus, status, StringComparison.OrdinalIgnoreCase);

    private bool IsGood => (int)Status is >= 200 and < 300;

    /// <summary>Shows no token.</summary>
    public override string ToString() => $"{(int)Status} {UploadStatus}";
}
