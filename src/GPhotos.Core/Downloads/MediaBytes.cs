using System.Net;
using GPhotos.Core.Http;

namespace GPhotos.Core.Downloads;

/// <summary>Asks for the bytes behind a base URL, and renews the URL once when it is refused.</summary>
/// <remarks>A base URL is a stem: =d is the photo with its EXIF but no location, =dv the video as Google transcoded it.</remarks>
internal sealed class MediaBytes(GPhotosClientOptions options, HttpClient http, BaseUrls baseUrls)
{
    private const int MaxRedirects = 3;

    /// <summary>Sends GET or HEAD. The answer is a success and its body is not read yet.</summary>
    /// <exception cref="DownloadFailedException">The bytes are refused even with a new base URL.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, MediaItem item, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await SendOnceAsync(method, item, cancellationToken).ConfigureAwait(false);
        if (IsStale(response))
        {
            response.Dispose();
            MediaItem renewed = await baseUrls.RenewAsync(item, cancellationToken).ConfigureAwait(false);
            response = await SendOnceAsync(method, renewed, cancellationToken).ConfigureAwait(false);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            // There is no rate of bytes to wait for here, only the 75,000 requests of a day.
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                DateTimeOffset reset = QuotaVerdict.NextReset(options.TimeProvider.GetUtcNow());
                throw new QuotaExceededException($"{Subject(item)}: the project's downloads of the day are spent.", reset)
                {
                    HttpStatus = 429,
                };
            }

            // A missing picture is told with a picture: that body is not for reading.
            if (response.StatusCode >= HttpStatusCode.InternalServerError)
            {
                await GoogleError.ThrowIfFailedAsync(response, new CallContext(Subject(item), "", options.TimeProvider.GetUtcNow()), cancellationToken)
                    .ConfigureAwait(false);
            }

            int status = (int)response.StatusCode;
            throw new DownloadFailedException($"{Subject(item)}: Google's media server answered {status}.", item.Id) { HttpStatus = status };
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpMethod method, MediaItem item, CancellationToken cancellationToken)
    {
        string parameter = item.MediaType == MediaType.Video ? "=dv" : "=d";
        Uri? address = Uri.TryCreate(item.BaseUrl + parameter, UriKind.Absolute, out Uri? stem) ? stem : null;

        // Videos may be sent on to another media host.
        return await Redirects.FollowAsync(address, MaxRedirects, RequestFor, Send).ConfigureAwait(false);

        HttpRequestMessage RequestFor(Uri? from, Uri? to)
        {
            if (to is null || !options.Endpoints.IsMediaHost(to))
            {
                throw new UnexpectedResponseException($"{Subject(item)}: Google gave no address on a media host of its own.");
            }

            HttpRequestMessage request = new(method, to);
            new CallTraits(method == HttpMethod.Head ? "media.head" : "media.get").Mark(request);
            return request;
        }

        Task<HttpResponseMessage> Send(HttpRequestMessage request) => ConnectionGuard.SendAsync(http, request, Subject(item), cancellationToken);
    }

    private static bool IsStale(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Gone
        || (response.StatusCode == HttpStatusCode.NotFound
            && response.Content.Headers.ContentType?.MediaType?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true);

    private static string Subject(MediaItem item) => $"'{item.FileName}'";
}
