using System.Globalization;
using GPhotos.Core.Http;
using GPhotos.Core.Journal;

namespace GPhotos.Core.Uploads;

/// <summary>The calls of the resumable protocol. What to do with their answers is <see cref="ResumableUploads"/>'s business.</summary>
/// <remarks>See https://developers.google.com/photos/library/guides/resumable-uploads.</remarks>
internal sealed class UploadSessions(GPhotosClientOptions options, HttpClient http)
{
    private const string Command = "X-Goog-Upload-Command";

    // Google's example; used where the header is missing.
    private const long UsualGranularity = 262_144;

    /// <summary>Begins a session. Google may refuse here already.</summary>
    public async Task<SessionRecord> StartAsync(UploadSource source, CallContext context, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(new Uri(options.Endpoints.Root, "v1/uploads"), new ByteArrayContent([]), "start");
        request.Headers.Add("X-Goog-Upload-Protocol", "resumable");
        request.Headers.Add("X-Goog-Upload-Content-Type", source.Type.MimeType);
        request.Headers.Add("X-Goog-Upload-Raw-Size", Number(source.Length));
        new CallTraits("uploads.start").Mark(request);

        using HttpResponseMessage response = await ConnectionGuard.SendAsync(http, request, context.Subject, cancellationToken).ConfigureAwait(false);
        await GoogleError.ThrowIfFailedAsync(response, context, cancellationToken).ConfigureAwait(false);
        SessionReply reply = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        if (reply.IsFinal)
        {
            throw new MediaRejectedException($"{context.Subject} was refused by Google before a byte was sent: {reply.Body}", source.Name, null);
        }

        // The token goes along with every chunk, so the address must be the API's own.
        return Uri.TryCreate(Header(response, "X-Goog-Upload-URL"), UriKind.Absolute, out Uri? address)
            && address.Scheme == options.Endpoints.Root.Scheme && address.Authority == options.Endpoints.Root.Authority
            ? new SessionRecord(
                address,
                long.TryParse(Header(response, "X-Goog-Upload-Chunk-Granularity"), CultureInfo.InvariantCulture, out long granularity) && granularity > 0
                    ? granularity
                    : UsualGranularity)
            : throw new UnexpectedResponseException($"{context.Subject}: Google began an upload but gave no address of its own for it.");
    }

    /// <summary>Asks how far Google has got.</summary>
    public async Task<SessionReply> QueryAsync(SessionRecord session, CallContext context, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(session.Address, new ByteArrayContent([]), "query");
        new CallTraits("uploads.query").Mark(request);
        return await SendAsync(request, context, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a stretch of bytes; the last one ends the session.</summary>
    public async Task<SessionReply> SendAsync(
        SessionRecord session, UploadContent content, Heartbeat heartbeat, bool isLast, string? sha1, CallContext context, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(session.Address, content, (content.Count, isLast) switch
        {
            (0, _) => "finalize",
            (_, true) => "upload, finalize",
            _ => "upload",
        });
        request.Headers.Add("X-Goog-Upload-Offset", Number(content.Offset));
        if (isLast && sha1 is not null)
        {
            request.Headers.Add("X-Goog-Hash", "sha1=" + sha1);
        }

        new CallTraits("uploads.send", Resumes: true, Heartbeat: heartbeat).Mark(request);
        return await SendAsync(request, context, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SessionReply> SendAsync(HttpRequestMessage request, CallContext context, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await ConnectionGuard.SendAsync(http, request, context.Subject, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<SessionReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) => new(
        response.StatusCode,
        Header(response, "X-Goog-Upload-Status"),
        long.TryParse(Header(response, "X-Goog-Upload-Size-Received"), CultureInfo.InvariantCulture, out long received) ? received : null,
        (await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)).Trim());

    private static HttpRequestMessage Request(Uri address, HttpContent content, string command)
    {
        HttpRequestMessage request = new(HttpMethod.Post, address) { Content = content };
        request.Headers.Add(Command, command);
        return request;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
