namespace GPhotos.Core.Http;

/// <summary>What the handlers must know of a request beyond its bytes.</summary>
/// <param name="Name">The call, as Google names it (mediaItems.search).</param>
/// <param name="Repeatable">
/// Whether it can be sent again when it is not known if the first arrived. Not so for albums.create: it would make two.
/// </param>
/// <param name="Timeout">How long the answer may take to begin, where it differs from the client's setting.</param>
/// <param name="IsWrite">Whether it changes the library. Google takes one such call at a time per user.</param>
internal sealed record CallTraits(string Name, bool Repeatable = true, TimeSpan? Timeout = null, bool IsWrite = false)
{
    private static readonly HttpRequestOptionsKey<CallTraits> Key = new("GPhotos.CallTraits");

    private static readonly CallTraits Unnamed = new("request");

    public static CallTraits Of(HttpRequestMessage request) =>
        request.Options.TryGetValue(Key, out CallTraits? traits) ? traits : Unnamed;

    public void Mark(HttpRequestMessage request) => request.Options.Set(Key, this);
}
