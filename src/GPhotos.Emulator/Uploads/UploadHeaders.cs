using System.Globalization;

namespace GPhotos.Emulator.Uploads;

/// <summary>The headers by which the upload server tells how a session stands.</summary>
internal static class UploadHeaders
{
    private const string Prefix = "X-Goog-Upload-";

    /// <summary>The status and the bytes received, which every reply about a session carries.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Standing(SessionStatus status, long received)
    {
        yield return new(Prefix + "Status", Name(status));
        yield return new(Prefix + "Size-Received", received.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Where the session is to be found.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Session(Uri emulator, UploadSession session)
    {
        Uri url = new(emulator, $"/v1/uploads?{UploadRequest.SessionParameter}={session.Id}&upload_protocol=resumable");
        yield return new(Prefix + "URL", url.AbsoluteUri);
        yield return new(Prefix + "Control-URL", url.AbsoluteUri);
        yield return new(Prefix + "Chunk-Granularity", UploadBody.Granularity.ToString(CultureInfo.InvariantCulture));
        yield return new("X-GUploader-UploadID", session.Id);
    }

    public static string Name(SessionStatus status) => status switch
    {
        SessionStatus.Active => "active",
        SessionStatus.Final => "final",
        SessionStatus.Cancelled => "cancelled",
        _ => "terminated",
    };
}
