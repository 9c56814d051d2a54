using System.Net;
using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Http;
using GPhotos.Core.Storage;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Storage;

/// <summary>Alone, since it asks how much memory the process has.</summary>
[CollectionDefinition(nameof(UploadMemoryTests), DisableParallelization = true)]
public sealed class AloneWithTheMemory;

[Collection(nameof(UploadMemoryTests))]
public sealed class UploadMemoryTests
{
    private const int Lanes = 8;
    private const int Chunks = 16;

    [Fact]
    public async Task Eight_uploads_in_mid_course_hold_less_than_twenty_megabytes()
    {
        // Without a server: in this process its buffers would count as ours.
        using HttpClient http = new(new TakingAll());
        using TempFolder folder = new();
        GPhotosClientOptions options = new() { Tokens = new FixedTokenSource("", null) };
        using StorageCredential credential = await StorageCredential.LoadAsync(
            folder.Write("key.json", TestStorage.KeyFile("https://oauth2.googleapis.com/token")), options.Endpoints, default);
        StorageClient client = new("bucket", credential, options, http, new RetryPolicy(options, _ => { }));
        byte[] piece = new byte[64 * 1024];
        ObjectUpload[] lanes = [.. Enumerable.Range(0, Lanes).Select(i => client.NewUpload($"{i}", "video/mp4"))];
        long before = GC.GetTotalMemory(forceFullCollection: true) - (Lanes * (long)ObjectUpload.ChunkSize);

        await Task.WhenAll(lanes.Select(async lane =>
        {
            for (int i = 0; i < Chunks * ObjectUpload.ChunkSize / piece.Length; i++)
            {
                await lane.WriteAsync(piece);
            }
        }));

        Assert.All(lanes, lane => Assert.Equal(Chunks * ObjectUpload.ChunkSize, lane.Length));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, 20 * 1024 * 1024);
        foreach (ObjectUpload lane in lanes)
        {
            await lane.DisposeAsync();
        }
    }

    private sealed class TakingAll : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = new() { Content = new StringContent("") };
            response.Headers.Location = new Uri(request.RequestUri!, "session");
            if (request.Method == HttpMethod.Put)
            {
                await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
                response.StatusCode = HttpStatusCode.PermanentRedirect;
                response.Headers.TryAddWithoutValidation("Range", $"bytes=0-{request.Content.Headers.ContentRange!.To}");
            }

            return response;
        }
    }
}
