using System.Net.Http.Headers;
using GPhotos.Core.Api;
using GPhotos.Core.Auth;
using GPhotos.Core.Http;

namespace GPhotos.Core.Uploads;

/// <summary>Brings bytes to Google. They stay invisible until a media item is created from their upload token.</summary>
/// <remarks>The raw protocol of https://developers.google.com/photos/library/guides/upload-media.</remarks>
internal sealed class ByteUploads(GPhotosClientOptions options, LibraryCaller caller, HttpClient http)
{
    // A line slower than this is taken for a dead one: it bounds how long a try may last.
    private const long SlowestBytesPerSecond = 16 * 1024;

    /// <summary>Sends the whole file in one call.</summary>
    public async Task<UploadedFile> UploadAsync(SendRequest source, CancellationToken cancellationToken)
    {
        caller.RequireScope(GPhotosScopes.AppendOnly);
        if (source.Description?.Length > SendRequest.MaxDescriptionLength)
        {
            // batchCreate would refuse the forty-nine beside it as well.
            throw new InvalidRequestException(
                $"'{source.Path}' was not sent: its description has {source.Description.Length} characters, and Google takes {SendRequest.MaxDescriptionLength}.");
        }

        MediaFile file = MediaFile.Check(source.Path);
        CallContext context = new($"'{file.Path}'", GPhotosScopes.AppendOnly, caller.Now);

        using FileUploadContent content = new(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(options.Endpoints.Root, "v1/uploads")) { Content = content };
        request.Headers.Add("X-Goog-Upload-Protocol", "raw");
        request.Headers.Add("X-Goog-Upload-Content-Type", file.Type.MimeType);
        TimeSpan limit = options.AnswerTimeout + TimeSpan.FromSeconds((double)file.Length / SlowestBytesPerSecond);
        new CallTraits("uploads", Timeout: limit).Mark(request);

        using HttpResponseMessage response = await ConnectionGuard.SendAsync(http, request, context.Subject, cancellationToken).ConfigureAwait(false);
        await GoogleError.ThrowIfFailedAsync(response, context, cancellationToken).ConfigureAwait(false);
        string token = (await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)).Trim();
        return token.Length > 0 && content.Sha256 is { } sha256
            ? new UploadedFile(source, token, file.Length, sha256)
            : throw new UnexpectedResponseException($"'{file.Path}': Google took the bytes but gave no upload token.");
    }
}
