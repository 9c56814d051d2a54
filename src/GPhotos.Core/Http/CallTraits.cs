using GPhotos.Core.Auth;

namespace GPhotos.Core.Http;

/// <summary>What the handlers must know of a request beyond its bytes.</summary>
/// <param name="Name">The call, as Google names it (mediaItems.search).</param>
/// <param name="Repeatable">
/// Whether it can be sent again when it is not known if the first arrived. Not so for albums.create: it would make two.
/// </param>
/// <param name="Resumes">
/// Whether the caller goes on where a failed call got to, so that sending the same bytes again would be wrong: it is repeated only when
/// Google has refused it for its rate.
/// </param>
/// <param name="Heartbeat">Told while a body is on its way up; the time limit counts from its last beat.</param>
/// <param name="IsWrite">Whether it changes the library. Google takes one such call at a time per user.</param>
/// <param name="WaitsForRateOnly">
/// Whether a 429 that names no rate is final: what it tells of (too many picking sessions) does not end by waiting.
/// </param>
/// <param name="Server">Who is asked, as notices call it.</param>
/// <param name="Tokens">Where the call's token comes from, where that is not the sign-in.</param>
internal sealed record CallTraits(
    string Name,
    bool Repeatable = true,
    bool Resumes = false,
    Heartbeat? Heartbeat = null,
    bool IsWrite = false,
    bool WaitsForRateOnly = false,
    string Server = CallTraits.Google,
    IAccessTokenSource? Tokens = null)
{
    /// <summary>Whom the calls of the Library API go to.</summary>
    public const string Google = "Google";

    private static readonly HttpRequestOptionsKey<CallTraits> Key = new("GPhotos.CallTraits");

    private static readonly CallTraits Unnamed = new("request");

    public static CallTraits Of(HttpRequestMessage request) =>
        request.Options.TryGetValue(Key, out CallTraits? traits) ? traits : Unnamed;

    public void Mark(HttpRequestMessage request) => request.Options.Set(Key, this);
}
