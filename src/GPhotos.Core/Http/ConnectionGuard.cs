using Polly.Timeout;

namespace GPhotos.Core.Http;

/// <summary>Sends, and turns what the network throws into what we throw.</summary>
internal static class ConnectionGuard
{
    public static async Task<HttpResponseMessage> SendAsync(
        HttpClient http, HttpRequestMessage request, string subject, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutRejectedException)
        {
            throw ToException(e, subject);
        }
    }

    public static ConnectionFailedException ToException(Exception e, string subject) =>
        new($"{subject}: no answer from the server. {(e.InnerException ?? e).Message}", e);
}
