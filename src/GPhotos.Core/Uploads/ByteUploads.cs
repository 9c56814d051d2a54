using GPhotos.Core.Api;
using GPhotos.Core.Auth;
using GPhotos.Core.Http;
using GPhotos.Core.Journal;

namespace GPhotos.Core.Uploads;

/// <summary>Brings bytes to Google. They stay invisible until a media item is created from their upload token.</summary>
/// <remarks>See https://developers.google.com/photos/library/guides/upload-media.</remarks>
internal sealed class ByteUploads(
    GPhotosClientOptions options, LibraryCaller caller, HttpClient http, RetryPolicy retry, SendJournal journal)
{
    // Damage on the way is rare; damage three times over is not on the way.
    private const int MaxChecksumTries = 3;

    private readonly ResumableUploads _resumable = new(new UploadSessions(options, http), retry, journal, options.MaxRetries);

    /// <summary>Sends all bytes of a source: in one call when it is small, in a session when it is large.</summary>
    /// <param name="source">The source.</param>
    /// <param name="digest">What is known of its content; null when it can be read only once.</param>
    /// <param name="session">A session to go on with, or null.</param>
    /// <param name="resumableFrom">From how many bytes on a session is used.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<UploadedFile> UploadAsync(
        UploadSource source, ContentDigest? digest, SessionRecord? session, long resumableFrom, CancellationToken cancellationToken)
    {
        caller.RequireScope(GPhotosScopes.AppendOnly);
        CallContext context = new($"'{source.Name}'", GPhotosScopes.AppendOnly, caller.Now);
        for (int attempt = 1; ; attempt++)
        {
            using ContentHash hash = new();
            try
            {
                string token = source.Length >= resumableFrom
                    ? await _resumable.UploadAsync(source, digest?.Identity, session, digest?.Sha1, hash, context, cancellationToken).ConfigureAwait(false)
                    : await RawAsync(source, digest, hash, context, cancellationToken).ConfigureAwait(false);
                ContentIdentity identity = digest?.Identity
                    ?? new ContentIdentity(hash.Of(source.Length) ?? throw source.Changed(), source.Length);
                return new UploadedFile(source, identity, token);
            }
            catch (InvalidRequestException e) when (digest?.Sha1 is not null && e.Message.Contains("checksum", StringComparison.OrdinalIgnoreCase))
            {
                if (attempt == MaxChecksumTries)
                {
                    throw new MediaRejectedException($"{e.Message} ({attempt} times)", source.Name, null, e);
                }

                // A session that holds damaged bytes is of no use.
                session = null;
            }
        }
    }

    private async Task<string> RawAsync(
        UploadSource source, ContentDigest? digest, ContentHash hash, CallContext context, CancellationToken cancellationToken)
    {
        Heartbeat heartbeat = new();
        using UploadContent content = new(source, hash, digest?.Identity.Sha256, heartbeat);
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(options.Endpoints.Root, "v1/uploads")) { Content = content };
        request.Headers.Add("X-Goog-Upload-Protocol", "raw");
        request.Headers.Add("X-Goog-Upload-Content-Type", source.Type.MimeType);
        if (digest?.Sha1 is { } sha1)
        {
            request.Headers.Add("X-Goog-Hash", "sha1=" + sha1);
        }

        new CallTraits("uploads", Heartbeat: heartbeat).Mark(request);
        using HttpResponseMessage response = await ConnectionGuard.SendAsync(http, request, context.Subject, cancellationToken).ConfigureAwait(false);
        await GoogleError.ThrowIfFailedAsync(response, context, cancellationToken).ConfigureAwait(false);
        string token = (await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)).Trim();
        return token.Length > 0
            ? token
            : throw new UnexpectedResponseException($"{context.Subject}: Google took the bytes but gave no upload token.");
    }
}
