namespace GPhotos.Core.Http;

/// <summary>
/// Follows redirects by hand. The handlers follow none: each hop's address is checked before anything is sent there, by rules that differ from
/// client to client.
/// </summary>
internal static class Redirects
{
    /// <summary>Sends, and sends on.</summary>
    /// <param name="address">Where it begins; null where there is no address, which <paramref name="requestFor"/> refuses.</param>
    /// <param name="most">How many redirects are followed. The one after them is the answer.</param>
    /// <param name="requestFor">Makes the request for a hop (from, to), or throws when the address is not allowed.</param>
    /// <param name="send">Sends it.</param>
    public static async Task<HttpResponseMessage> FollowAsync(
        Uri? address, int most, Func<Uri?, Uri?, HttpRequestMessage> requestFor, Func<HttpRequestMessage, Task<HttpResponseMessage>> send)
    {
        Uri? from = null;
        for (int hop = 0; ; hop++)
        {
            using HttpRequestMessage request = requestFor(from, address);
            HttpResponseMessage response = await send(request).ConfigureAwait(false);
            if (!IsRedirect(response) || hop == most)
            {
                return response;
            }

            from = request.RequestUri!;
            address = response.Headers.Location is { } location && Uri.TryCreate(from, location, out Uri? next) ? next : null;
            response.Dispose();
        }
    }

    public static bool IsRedirect(HttpResponseMessage response) => (int)response.StatusCode is 301 or 302 or 303 or 307 or 308;
}
