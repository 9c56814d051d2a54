using System.Net;
using System.Net.Http.Headers;
using GPhotos.Core.Http;
using Polly.Timeout;

namespace GPhotos.Core.Uploads;

/// <summary>
/// Asks hosts of the web, which get nothing of Google's: no token, no cookie. Nothing of this counts against Google's quota. What fails here is
/// the source's failure, and never looks like Google's: that one would be tried again, and might end the run.
/// </summary>
internal sealed class WebRequests(HttpClient http)
{
    /// <summary>Who is meant in notices of repeats.</summary>
    public const string Server = "the web server";

    /// <summary>The traits of the call that brings bytes. Repeated by the policy until its answer begins.</summary>
    public static readonly CallTraits Get = new("web.get", Server: Server);

    private const int MaxRedirects = 5;

    // A server that knows no HEAD answers 501, or not at all: repeating helps nobody, and the GET that follows is repeated.
    private static readonly CallTraits Head = new("web.head", Repeatable: false, Server: Server);

    /// <summary>Sends HEAD or GET and follows where it leads. The answer may have any status; its body is not read yet.</summary>
    /// <param name="method">HEAD or GET.</param>
    /// <param name="address">Where to.</param>
    /// <param name="range">From where on, and of which version; null for all of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FileReadFailedException">There is no answer, or an address that is not fetched.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri address, (long Offset, RangeConditionHeaderValue Version)? range, CancellationToken cancellationToken)
    {
        string name = WebAddress.Shown(address);
        HttpResponseMessage response = await Redirects.FollowAsync(
            address, MaxRedirects, RequestFor, request => SendAsync(request, name, cancellationToken)).ConfigureAwait(false);
        if (!Redirects.IsRedirect(response))
        {
            return response;
        }

        response.Dispose();
        throw new FileReadFailedException($"'{name}' cannot be read: it leads on more than {MaxRedirects} times.", name);

        HttpRequestMessage RequestFor(Uri? from, Uri? to)
        {
            if (to is null)
            {
                throw new FileReadFailedException($"'{name}' cannot be read: its server sends on to nowhere.", name);
            }

            if (WebAddress.Complaint(from, to) is { } complaint)
            {
                throw new FileReadFailedException(
                    from is null
                        ? $"'{name}' cannot be read: it {complaint}."
                        : $"'{name}' cannot be read: it leads to '{WebAddress.Shown(to)}', which {complaint}.",
                    name);
            }

            HttpRequestMessage request = new(method, to);
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
            if (range is var (offset, version))
            {
                request.Headers.Range = new RangeHeaderValue(offset, null);
                request.Headers.IfRange = version;
            }

            (method == HttpMethod.Head ? Head : Get).Mark(request);
            return request;
        }
    }

    /// <summary>The error for an answer that is none.</summary>
    public static FileReadFailedException Refused(string name, HttpStatusCode status) =>
        new($"'{name}' cannot be read: its server answered {(int)status}.", name);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutRejectedException)
        {
            throw new FileReadFailedException($"'{name}' cannot be read: no answer from its server. {(e.InnerException ?? e).Message}", name, e);
        }
    }
}
