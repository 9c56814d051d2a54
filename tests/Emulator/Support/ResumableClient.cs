using System.Globalization;
using System.Net;

namespace GPhotos.Tests.Emulator.Support;

/// <summary>Speaks the resumable protocol by hand, so that each header can be got wrong.</summary>
internal sealed class ResumableClient(HttpClient http)
{
    public const int Granule = 262_144;

    public async Task<Uri> StartAsync(long size, params (string Name, string Value)[] headers)
    {
        UploadAnswer answer = await SendStartAsync(size.ToString(CultureInfo.InvariantCulture), headers);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Session!;
    }

    public Task<UploadAnswer> SendStartAsync(string? size, params (string Name, string Value)[] headers)
    {
        (string, string)[] own = [("X-Goog-Upload-Protocol", "resumable"), ("X-Goog-Upload-Command", "start")];
        (string, string)[] announced = size is null ? [] : [("X-Goog-Upload-Raw-Size", size)];
        return SendAsync(new Uri("v1/uploads", UriKind.Relative), new ByteArrayContent([]), [.. own, .. announced, .. headers]);
    }

    public Task<UploadAnswer> CommandAsync(Uri session, string command, params (string Name, string Value)[] headers) =>
        SendAsync(session, new ByteArrayContent([]), [("X-Goog-Upload-Command", command), .. headers]);

    public Task<UploadAnswer> ChunkAsync(
        Uri session, string command, long offset, ReadOnlyMemory<byte> bytes, params (string Name, string Value)[] headers) =>
        ChunkAsync(session, command, offset, new ReadOnlyMemoryContent(bytes), headers);

    public Task<UploadAnswer> ChunkAsync(
        Uri session, string command, long offset, HttpContent content, params (string Name, string Value)[] headers) => SendAsync(
            session,
            content,
            [("X-Goog-Upload-Command", command), ("X-Goog-Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)), .. headers]);

    public async Task<UploadAnswer> SendAsync(Uri url, HttpContent content, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = content };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await http.SendAsync(request);
        string? Header(string name) => response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.Single() : null;
        return new UploadAnswer(
            response.StatusCode,
            Header("X-Goog-Upload-Status"),
            Header("X-Goog-Upload-Size-Received") is string size ? long.Parse(size, CultureInfo.InvariantCulture) : null,
            await response.Content.ReadAsStringAsync(),
            Header("X-Goog-Upload-URL") is string session ? new Uri(session) : null,
            Header("X-Goog-Upload-Chunk-Granularity"));
    }
}
