namespace GPhotos.Core.Http;

/// <summary>The named HTTP clients: each has its own rules for tokens, time-outs and repeats.</summary>
internal static class HttpClientNames
{
    /// <summary>JSON calls of the Library API. Bearer, buffered, repeated.</summary>
    public const string Library = "library";

    /// <summary>Bytes on their way up. Bearer, streamed, repeated.</summary>
    public const string Uploads = "uploads";

    /// <summary>Bytes on their way down, from base URLs. No bearer: a base URL needs none, and its host is not an API host.</summary>
    public const string Media = "media";

    /// <summary>
    /// Bytes on their way down, from base URLs of the Picker, which need the bearer. It goes to Google's media hosts alone, and across no redirect.
    /// </summary>
    public const string PickedMedia = "picked media";

    /// <summary>Calls of the Picker API. Bearer, buffered, repeated; no call of the Library's quota.</summary>
    public const string Picker = "picker";

    /// <summary>
    /// Bytes of the web, on their way to Google. No bearer, no decompression, and no call of Google's quota: these are other people's hosts.
    /// </summary>
    public const string Web = "web";

    /// <summary>
    /// Calls and bytes to Cloud Storage. Bearer, buffered answers, repeated; no call of Google Photos' quota. The token is that of the call
    /// (<see cref="CallTraits.Tokens"/>), never the sign-in's.
    /// </summary>
    public const string Storage = "storage";

    /// <summary>Tokeninfo. No bearer, repeated.</summary>
    public const string OAuth = "oauth";
}
