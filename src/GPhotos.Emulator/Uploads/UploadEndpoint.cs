using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.Uploads;

/// <summary>POST /v1/uploads. What it takes shows nowhere until batchCreate makes an item of it.</summary>
internal sealed class UploadEndpoint(UploadTokens tokens)
{
    private const string Sha1Prefix = "sha1=";

    public async ValueTask<Reply> UploadAsync(Exchange exchange)
    {
        HttpRequest request = exchange.Request;
        string? protocol = request.Headers["X-Goog-Upload-Protocol"];
        if (!string.Equals(protocol, "raw", StringComparison.OrdinalIgnoreCase))
        {
            throw GoogleError.InvalidArgument($"Unsupported upload protocol: {protocol}");
        }

        (StoredContent content, byte[] sha1) = await UploadBody.ReadAsync(request, exchange.Aborted);
        if (content.Read().IsEmpty)
        {
            throw GoogleError.InvalidArgument("Payload must not be empty.");
        }

        string? hash = request.Headers["X-Goog-Hash"];
        if (hash?.StartsWith(Sha1Prefix, StringComparison.OrdinalIgnoreCase) == true
            && hash[Sha1Prefix.Length..] != Convert.ToBase64String(sha1))
        {
            throw GoogleError.InvalidArgument("Checksum from header does not match received payload content.");
        }

        string? fileName = request.Headers["X-Goog-Upload-File-Name"];
        return Reply.Text(tokens.Add(content, fileName is null ? null : Uri.UnescapeDataString(fileName)));
    }
}
