using System.Net;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

/// <summary>Uploads over 8 MB go to a temporary file, and it goes when nobody holds the bytes any more.</summary>
[Collection(MeasuredAlone.Name)]
public sealed class SpoolTests
{
    private const int Large = (8 << 20) + 1;

    /// <summary>An MP4 of so many bytes: an ftyp box, then one mdat box to the end.</summary>
    private static byte[] Video(int length, byte seed = 1)
    {
        byte[] bytes = new byte[length];
        ((byte[])[0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isommp41"u8]).CopyTo(bytes, 0);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(24), length - 24);
        "mdat"u8.CopyTo(bytes.AsSpan(28));
        bytes.AsSpan(32).Fill(seed);
        return bytes;
    }

    private static async Task<(int Files, long Bytes)> SpoolAsync(TestEmulator emulator)
    {
        JsonElement spool = (await emulator.GetAsync("emulator/stats")).GetProperty("spool");
        return (spool.GetProperty("files").GetInt32(), spool.GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task A_large_upload_lies_in_a_file_until_its_item_is_removed()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string small = await emulator.UploadAsync(Video(Large - 1));
        Assert.Equal((0, 0), await SpoolAsync(emulator));
        byte[] bytes = Video(Large);
        string token = await emulator.UploadAsync(bytes);
        Assert.Equal((1, Large), await SpoolAsync(emulator));

        JsonElement created = await emulator.CreateAsync(HttpStatusCode.OK, token, small);
        string id = created.GetProperty("newMediaItemResults")[0].GetProperty("mediaItem").Text("id");
        Assert.Equal(bytes, await emulator.Http.GetByteArrayAsync(await emulator.BaseUrlAsync(id, "=dv")));
        using HttpRequestMessage part = new(HttpMethod.Get, await emulator.BaseUrlAsync(id, "=dv"));
        part.Headers.Range = new System.Net.Http.Headers.RangeHeaderValue(20, 8 << 20);
        using HttpResponseMessage ranged = await emulator.Http.SendAsync(part);
        Assert.Equal(bytes[20..((8 << 20) + 1)], await ranged.Content.ReadAsByteArrayAsync());

        using HttpResponseMessage removed = await emulator.Http.DeleteAsync(new Uri($"emulator/items/{id}", UriKind.Relative));
        Assert.Equal((0, 0), await SpoolAsync(emulator));
    }

    [Fact]
    public async Task The_same_bytes_lie_there_once_and_are_found_again()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        byte[] bytes = Video(Large);
        string[] tokens = [await emulator.UploadAsync(bytes, "one.mp4"), await emulator.UploadAsync(bytes, "two.mp4")];
        Assert.Equal((1, Large), await SpoolAsync(emulator));
        List<string> ids = [];
        foreach (string token in tokens)
        {
            JsonElement created = await emulator.CreateAsync(HttpStatusCode.OK, token);
            JsonElement item = created.GetProperty("newMediaItemResults")[0].GetProperty("mediaItem");
            Assert.Equal("one.mp4", item.Text("filename"));
            ids.Add(item.Text("id"));
        }

        Assert.Single(ids.Distinct());
        Assert.Equal((1, Large), await SpoolAsync(emulator));

        // After creation too: another upload of them resolves to the item, and its removal ends the file.
        string third = await emulator.UploadAsync(bytes, "three.mp4");
        await emulator.CreateAsync(HttpStatusCode.OK, third);
        using HttpResponseMessage removed = await emulator.Http.DeleteAsync(new Uri($"emulator/items/{ids[0]}", UriKind.Relative));
        Assert.Equal((0, 0), await SpoolAsync(emulator));
    }

    [Fact]
    public async Task Bytes_that_nobody_made_an_item_of_go_with_their_token_or_session()
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await TestEmulator.StartAsync(
            new EmulatorOptions { TimeProvider = clock, AccessTokenLifetime = TimeSpan.FromDays(30) });
        ResumableClient client = new(emulator.Http);
        await emulator.UploadAsync(Video(Large, 1));
        string noMedia = await emulator.UploadAsync(new byte[Large]);
        Uri cancelled = await client.StartAsync(99 << 20);
        await client.ChunkAsync(cancelled, "upload", 0, Video(9 << 20, 2));
        Uri left = await client.StartAsync(99 << 20);
        await client.ChunkAsync(left, "upload", 0, Video(9 << 20, 3));
        Assert.Equal(4, (await SpoolAsync(emulator)).Files);

        await emulator.CreateAsync(HttpStatusCode.OK, noMedia);
        Assert.Equal(3, (await SpoolAsync(emulator)).Files);
        await client.CommandAsync(cancelled, "cancel");
        Assert.Equal(2, (await SpoolAsync(emulator)).Files);
        clock.Advance(TimeSpan.FromDays(1));
        await emulator.UploadAsync(TinyJpeg.Make());
        Assert.Equal(1, (await SpoolAsync(emulator)).Files);
        clock.Advance(TimeSpan.FromDays(6));
        await client.StartAsync(10);
        Assert.Equal((0, 0), await SpoolAsync(emulator));
    }

    [Fact]
    public async Task A_gigabyte_costs_no_memory()
    {
        const int Chunk = 64 << 20;
        const int Chunks = 16;
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        byte[] head = Video(Chunk);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(24), (Chunk * Chunks) - 24);
        byte[] body = new byte[Chunk];
        Uri session = await client.StartAsync((long)Chunk * Chunks);
        long before = GC.GetTotalAllocatedBytes();
        string token = "";
        for (int index = 0; index < Chunks; index++)
        {
            UploadAnswer answer = await client.ChunkAsync(
                session, index == Chunks - 1 ? "upload, finalize" : "upload", (long)index * Chunk, index == 0 ? head : body);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            token = answer.Body;
        }

        JsonElement created = await emulator.CreateAsync(HttpStatusCode.OK, token);
        JsonElement item = created.GetProperty("newMediaItemResults")[0].GetProperty("mediaItem");
        Assert.Equal("video/mp4", item.Text("mimeType"));
        await using Stream video = await emulator.Http.GetStreamAsync(await emulator.BaseUrlAsync(item.Text("id"), "=dv"));
        byte[] buffer = new byte[1 << 20];
        long length = 0;
        for (int read = 1; read > 0; length += read)
        {
            read = await video.ReadAsync(buffer);
        }

        // Client and server together: one copy of the bytes would be five times this.
        Assert.Equal((long)Chunk * Chunks, length);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 200 << 20);
    }
}
