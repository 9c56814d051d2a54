using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.Uploads;

/// <summary>Reads what the one upload endpoint is asked for: a raw upload, or a command of a resumable one.</summary>
internal static class UploadRequest
{
    /// <summary>The parameter by which a session URL names its session.</summary>
    public const string SessionParameter = "upload_id";

    private const string Sha1Prefix = "sha1=";

    /// <summary>The command: a list with commas, in any case, blanks allowed. None for one that is not known.</summary>
    public static UploadCommand Command(HttpRequest request)
    {
        UploadCommand command = UploadCommand.None;
        foreach (string word in request.Headers["X-Goog-Upload-Command"].ToString().Split(',', StringSplitOptions.TrimEntries))
        {
            // Enum's own parser would take numbers too.
            if (word.Length == 0 || !char.IsLetter(word[0]) || !Enum.TryParse(word, ignoreCase: true, out UploadCommand part))
            {
                return UploadCommand.None;
            }

            command |= part;
        }

        return command;
    }

    /// <summary>The name of the file, percent-decoded; batchCreate may give another.</summary>
    public static string? FileName(HttpRequest request) =>
        request.Headers["X-Goog-Upload-File-Name"] is [string name] ? Uri.UnescapeDataString(name) : null;

    /// <summary>The SHA-1 that X-Goog-Hash promises, in base64; null when it promises none.</summary>
    public static string? Sha1(HttpRequest request) =>
        request.Headers["X-Goog-Hash"] is [string hash] && hash.StartsWith(Sha1Prefix, StringComparison.OrdinalIgnoreCase)
            ? hash[Sha1Prefix.Length..]
            : null;

    /// <summary>The name a call is counted under: uploads for a raw one, else uploads.start and so on; with a finalize, that.</summary>
    public static string Kind(HttpRequest request)
    {
        bool raw = !request.Query.ContainsKey(SessionParameter)
            && !request.Headers["X-Goog-Upload-Protocol"].ToString().Equals("resumable", StringComparison.OrdinalIgnoreCase);
        return raw ? "uploads" : Command(request) switch
        {
            UploadCommand.Start => "uploads.start",
            UploadCommand.Upload => "uploads.upload",
            UploadCommand.Finalize or (UploadCommand.Upload | UploadCommand.Finalize) => "uploads.finalize",
            UploadCommand.Query => "uploads.query",
            UploadCommand.Cancel => "uploads.cancel",
            _ => "uploads.unknown",
        };
    }
}
