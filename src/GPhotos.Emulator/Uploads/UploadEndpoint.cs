using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.Uploads;

/// <summary>POST /v1/uploads, raw or resumable. What it takes shows nowhere until batchCreate makes an item of it.</summary>
internal sealed class UploadEndpoint(EmulatorState state)
{
    private readonly ResumableUpload _resumable = new(state);

    public async ValueTask<Reply> UploadAsync(Exchange exchange)
    {
        HttpRequest request = exchange.Request;
        if (exchange.Query(UploadRequest.SessionParameter) is string session)
        {
            return await _resumable.ContinueAsync(request, exchange.Caller, session, exchange.Aborted);
        }

        string protocol = request.Headers["X-Goog-Upload-Protocol"].ToString();
        return protocol.ToUpperInvariant() switch
        {
            "RAW" => await RawAsync(request, exchange.Caller, exchange.Aborted),
            "RESUMABLE" => _resumable.Start(request, exchange.Caller),
            _ => throw GoogleError.InvalidArgument($"Unsupported upload protocol: {protocol}"),
        };
    }

    public IEnumerable<KeyValuePair<string, string>> Headers(Exchange exchange, int status) => _resumable.Standing(exchange, status);

    private async Task<Reply> RawAsync(HttpRequest request, Caller caller, CancellationToken aborted)
    {
        UploadErrors.CheckSize(request.ContentLength ?? 0);
        using IncomingContent content = new(state.SpoolRoom);
        await UploadBody.TakeAsync(request, content, state.Statistics, UploadErrors.Largest, static _ => true, aborted);
        if (content.Length == 0)
        {
            throw UploadErrors.Empty();
        }

        if (UploadRequest.Sha1(request) is string hash && hash != content.Sha1())
        {
            throw UploadErrors.Checksum();
        }

        return Reply.Text(state.UploadTokens.Add(caller, content.Finish(), UploadRequest.FileName(request)));
    }
}
