using System.Net;
using System.Net.Http.Headers;
using GPhotos.Core.Http;
using Polly.Timeout;

namespace GPhotos.Core.Uploads;

/// <summary>Looks at bytes of the web before one of them leaves. Which addresses are taken: <see cref="WebAddress"/>.</summary>
internal sealed class WebSources(WebRequests requests, RetryPolicy retry, GPhotosClientOptions options)
{
    /// <summary>Asks how long it is, of what kind and of which version, without reading it.</summary>
    /// <exception cref="FileReadFailedException">It cannot be read, or is not to be.</exception>
    /// <exception cref="MediaRejectedException">Google would not take it: empty, too large, of another type, or of unknown length.</exception>
    public async Task<UploadSource> LookAtAsync(Uri address, CancellationToken cancellationToken)
    {
        string name = WebAddress.Shown(address);
        using HttpResponseMessage response = await LookAsync(address, name, cancellationToken).ConfigureAwait(false);
        HttpContentHeaders headers = response.Content.Headers;
        WebSource.ThrowIfEncoded(name, headers);
        if (headers.ContentLength is not { } length)
        {
            throw new MediaRejectedException(
                $"'{name}' was not sent: its server does not tell its length (Content-Length), and Google wants to know it before the bytes.", name, null);
        }

        string fileName = WebFileName.Of(headers.ContentDisposition, address, response.RequestMessage?.RequestUri ?? address);
        string? mimeType = headers.ContentType?.MediaType;
        MediaFileType type = UploadSource.Accept(
            name,
            IsVague(mimeType) ? MediaFileType.Of(fileName) : MediaFileType.OfMimeType(mimeType!),
            IsVague(mimeType) ? Path.GetExtension(fileName) is { Length: > 0 } extension ? $"'{extension}' files" : "files of unknown type" : $"'{mimeType}' files",
            length);
        return new WebSource(address, requests, retry, options, WebVersion.Of(response))
        {
            Name = name,
            FileName = WebFileName.Fitting(fileName, type),
            Length = length,
            Type = type,
            Stamp = WebVersion.Of(response)?.Stamp(length) ?? $"unknown {Guid.NewGuid():N}",
        };
    }

    // Some servers refuse HEAD, and some answer it with a length of nothing: then a GET tells, whose body is not read.
    private async Task<HttpResponseMessage> LookAsync(Uri address, string name, CancellationToken cancellationToken)
    {
        if (WebAddress.Complaint(null, address) is { } complaint)
        {
            throw new FileReadFailedException($"'{name}' cannot be read: it {complaint}.", name);
        }

        try
        {
            HttpResponseMessage head = await requests.SendAsync(HttpMethod.Head, address, null, cancellationToken).ConfigureAwait(false);
            if (head.IsSuccessStatusCode && head.Content.Headers.ContentLength > 0)
            {
                return head;
            }

            head.Dispose();
        }
        catch (FileReadFailedException e) when (RetryPolicy.IsCut(e.InnerException) && e.InnerException is not TimeoutRejectedException)
        {
            // No answer to HEAD, which is asked once. The GET is repeated, and shows whether there is none at all.
        }

        HttpResponseMessage response = await requests.SendAsync(HttpMethod.Get, address, null, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return response;
        }

        using (response)
        {
            throw WebRequests.Refused(name, response.StatusCode);
        }
    }

    private static bool IsVague(string? mimeType) =>
        mimeType is null || mimeType.ToUpperInvariant() is "APPLICATION/OCTET-STREAM" or "BINARY/OCTET-STREAM" or "APPLICATION/X-OCTET-STREAM"
            or "APPLICATION/BINARY" or "APPLICATION/FORCE-DOWNLOAD" or "APPLICATION/X-DOWNLOAD" or "APPLICATION/DOWNLOAD";
}
