using System.Net;
using System.Net.Http.Headers;
using GPhotos.Core.Destinations;
using GPhotos.Core.Http;
using GPhotos.Core.Media;

namespace GPhotos.Core.Downloads;

/// <summary>Asks for the bytes behind a base URL, and renews the URL when it is refused.</summary>
/// <param name="options">The clock and the hosts.</param>
/// <param name="http">The client of base URLs, without a bearer. Those of other doors go by the door's own.</param>
internal sealed class MediaBytes(GPhotosClientOptions options, HttpClient http)
{
    private const int MaxRedirects = 3;

    // A URL may die again while its repeat waits for a busy server.
    private const int MaxRenewals = 3;

    private static readonly TimeSpan New = TimeSpan.FromSeconds(1);

    // Google promises an hour, and was seen to keep half of it.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>Sends GET or HEAD. The answer is a success and its body is not read yet; null where a photo has no moving part.</summary>
    /// <param name="method">GET or HEAD.</param>
    /// <param name="ticket">Whose bytes; its base URL is renewed where need be.</param>
    /// <param name="form">In which form.</param>
    /// <param name="urls">Who renews it.</param>
    /// <param name="from">From which byte on, when these are still the bytes meant; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DownloadFailedException">The bytes are refused even with a new base URL.</exception>
    public async Task<HttpResponseMessage?> SendAsync(
        HttpMethod method, SaveTicket ticket, MediaForm form, BaseUrls urls, (long Position, string Tag)? from, CancellationToken cancellationToken)
    {
        TimeSpan? refusedAt = null;
        for (int renewals = 0; ; renewals++)
        {
            HttpResponseMessage response = await SendOnceAsync(method, ticket.Item!, form, from, cancellationToken).ConfigureAwait(false);
            TimeSpan age = options.TimeProvider.GetUtcNow() - ticket.Item!.BaseUrlTime;
            // Only with a new URL: an old one may be missing for its age.
            if (form == MediaForm.Motion && response.StatusCode == HttpStatusCode.NotFound && (renewals > 0 || age < Fresh))
            {
                response.Dispose();
                return null;
            }

            if (response.IsSuccessStatusCode)
            {
                urls.Served(age);
                if (refusedAt is { } old)
                {
                    urls.Outlived(ticket, old);
                }
            }

            // Refused although it is new: it is not its age.
            if (!IsStale(response) || renewals == MaxRenewals || (renewals > 0 && age < New))
            {
                return await SuccessAsync(response, ticket.Item, cancellationToken).ConfigureAwait(false);
            }

            refusedAt = response.StatusCode == HttpStatusCode.NotFound ? null : age;
            response.Dispose();
            await urls.RenewAsync(ticket).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> SuccessAsync(HttpResponseMessage response, MediaItem item, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return response;
        }

        using (response)
        {
            // There is no rate of bytes to wait for here, only the 75,000 requests of a day.
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                DateTimeOffset reset = QuotaVerdict.NextReset(options.TimeProvider.GetUtcNow());
                throw new QuotaExceededException($"{Subject(item)}: Google still answers 429 after all repeats. For downloads that means, as far as is known, that the project's 75,000 of the day are spent.", reset)
                {
                    HttpStatus = 429,
                };
            }

            // A missing picture is told with a picture: that body is not for reading. 401 comes where a token went along, and was refused anew.
            if (response.StatusCode is HttpStatusCode.Unauthorized or >= HttpStatusCode.InternalServerError)
            {
                await GoogleError.ThrowIfFailedAsync(response, new CallContext(Subject(item), "", options.TimeProvider.GetUtcNow()), cancellationToken)
                    .ConfigureAwait(false);
            }

            int status = (int)response.StatusCode;
            throw new DownloadFailedException($"{Subject(item)}: Google's media server answered {status}.", item.Id) { HttpStatus = status };
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpMethod method, MediaItem item, MediaForm form, (long Position, string Tag)? from, CancellationToken cancellationToken)
    {
        Uri? address = Uri.TryCreate(item.BaseUrl + form.ParameterOf(item), UriKind.Absolute, out Uri? stem) ? stem : null;

        // Videos may be sent on to another media host.
        bool isFirst = true;
        return await Redirects.FollowAsync(address, MaxRedirects, RequestFor, Send).ConfigureAwait(false);

        HttpRequestMessage RequestFor(Uri? previous, Uri? to)
        {
            if (to is null || !options.Endpoints.IsMediaHost(to))
            {
                throw new UnexpectedResponseException($"{Subject(item)}: Google gave no address on a media host of its own.");
            }

            HttpRequestMessage request = new(method, to);
            if (from is { } part)
            {
                request.Headers.Range = new RangeHeaderValue(part.Position, null);
                request.Headers.IfRange = new RangeConditionHeaderValue(part.Tag);
            }

            new CallTraits(method == HttpMethod.Head ? "media.head" : "media.get").Mark(request);
            return request;
        }

        Task<HttpResponseMessage> Send(HttpRequestMessage request)
        {
            HttpClient client = isFirst && item.Origin is RenewableOrigin door ? door.Media : http;
            isFirst = false;
            return ConnectionGuard.SendAsync(client, request, Subject(item), cancellationToken);
        }
    }

    private static bool IsStale(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Gone
        || (response.StatusCode == HttpStatusCode.NotFound
            && response.Content.Headers.ContentType?.MediaType?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true);

    private static string Subject(MediaItem item) => $"'{item.FileName}'";
}
