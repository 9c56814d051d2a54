using System.Globalization;
using GPhotos.Core.Storage;
using GPhotos.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Tests.Storage;

/// <summary>Alone, since it asks how much memory the process has.</summary>
[CollectionDefinition(nameof(UploadMemoryTests), DisableParallelization = true)]
public sealed class AloneWithTheMemory;

[Collection(nameof(UploadMemoryTests))]
public sealed class UploadMemoryTests
{
    private const int Lanes = 8;
    private const int Chunks = 4;

    [Fact]
    public async Task Eight_uploads_in_mid_course_hold_less_than_twenty_megabytes()
    {
        await using TestWeb bucket = await TestWeb.StartAsync(TakeAsync);
        using TestStorage storage = await TestStorage.OpenAsync(bucket[""]);
        byte[] piece = new byte[64 * 1024];
        ObjectUpload[] lanes = [.. Enumerable.Range(0, Lanes).Select(i => storage.Client.NewUpload($"{i}", "video/mp4"))];
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

    // Takes everything and keeps nothing of it.
    private static async Task TakeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        await request.Body.CopyToAsync(Stream.Null);
        if (request.Path == "/token")
        {
            await context.Response.WriteAsync("""{"access_token":"t","expires_in":3600}""");
        }
        else if (request.Method == "POST")
        {
            context.Response.Headers.Location = new Uri(new Uri($"http://{request.Host}"), "session").ToString();
        }
        else
        {
            string last = $"{request.Headers.ContentRange}".Split('/')[0].Split('-')[^1];
            context.Response.StatusCode = 308;
            context.Response.Headers["Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes=0-{last}");
        }
    }
}
