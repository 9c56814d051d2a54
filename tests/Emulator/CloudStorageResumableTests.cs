using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class CloudStorageResumableTests
{
    private const int Granule = StorageClient.Granule;

    private static readonly byte[] Bytes = RandomNumberGenerator.GetBytes((3 * Granule) + 5);

    private static ReadOnlyMemory<byte> Part(int first, int end) => Bytes.AsMemory(first, end - first);

    private static async Task AssertWholeAsync(StorageClient client, string name = "a") => Assert.Equal(
        Bytes, await client.Emulator.Http.GetByteArrayAsync(new Uri(StorageClient.ObjectPath(name, "?alt=media"), UriKind.Relative)));

    [Fact]
    public async Task Chunks_of_a_known_size_make_an_object()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        Uri session = await client.StartSessionAsync(
            new { name = "a", metadata = new { k = "v" } },
            "",
            ("X-Upload-Content-Type", "video/mp4"),
            ("X-Upload-Content-Length", $"{Bytes.Length}"));
        Assert.Equal((308, null), await client.ChunkAsync(session, "*/*"));
        Assert.Equal((308, 2 * Granule), await client.ChunkAsync(session, $"0-{(2 * Granule) - 1}/{Bytes.Length}", Part(0, 2 * Granule)));
        Assert.Equal((308, 2 * Granule), await client.ChunkAsync(session, $"*/{Bytes.Length}"));
        Assert.Empty(await client.NamesAsync());
        using HttpResponseMessage last = await client.SendAsync(
            HttpMethod.Put,
            session,
            new ReadOnlyMemoryContent(Part(2 * Granule, Bytes.Length)),
            ("Content-Range", $"bytes {2 * Granule}-{Bytes.Length - 1}/{Bytes.Length}"));
        Assert.Equal(HttpStatusCode.OK, last.StatusCode);
        JsonElement made = await last.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(
            ("a", "video/mp4", $"{Bytes.Length}", "v"),
            (made.Text("name"), made.Text("contentType"), made.Text("size"), made.GetProperty("metadata").Text("k")));
        await AssertWholeAsync(client);

        // The reply may be lost, so the question what became of it is answered with the object.
        using HttpResponseMessage query = await client.SendAsync(
            HttpMethod.Put, session, new ByteArrayContent([]), ("Content-Range", $"bytes */{Bytes.Length}"));
        Assert.Equal(made.GetRawText(), await query.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Chunks_of_a_stream_end_when_the_size_is_told()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        Uri session = await client.StartSessionAsync(new { name = "a" });
        Assert.Equal((308, 3 * Granule), await client.ChunkAsync(session, $"0-{(3 * Granule) - 1}/*", Part(0, 3 * Granule)));
        Assert.Equal((200, null), await client.ChunkAsync(session, $"{3 * Granule}-{Bytes.Length - 1}/{Bytes.Length}", Part(3 * Granule, Bytes.Length)));
        await AssertWholeAsync(client);

        // Where the stream ends with a chunk, its size alone ends the object.
        Uri even = await client.StartSessionAsync(new { name = "even" });
        Assert.Equal((308, Granule), await client.ChunkAsync(even, $"0-{Granule - 1}/*", Part(0, Granule)));
        Assert.Equal((308, Granule), await client.ChunkAsync(even, "*/*"));
        Assert.Equal((200, null), await client.ChunkAsync(even, $"*/{Granule}"));
        Uri empty = await client.StartSessionAsync(new { name = "empty" });
        Assert.Equal((200, null), await client.ChunkAsync(empty, "*/0"));
        Assert.Equal(["a", "empty", "even"], await client.NamesAsync());
    }

    [Fact]
    public async Task A_body_without_a_range_is_the_whole_object()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        Uri session = await client.StartSessionAsync(new { }, "&name=a%2Fb");
        using HttpResponseMessage made = await client.SendAsync(HttpMethod.Put, session, new ByteArrayContent(Bytes));
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Uri streamed = await client.StartSessionAsync(new { name = "c" });
        using HttpResponseMessage unknown = await client.SendAsync(
            HttpMethod.Post, streamed, SlowContent.Of(Bytes, Task.CompletedTask));
        Assert.Equal(HttpStatusCode.OK, unknown.StatusCode);
        await AssertWholeAsync(client, "a/b");
        await AssertWholeAsync(client, "c");
    }

    [Fact]
    public async Task A_chunk_that_does_not_fit_leaves_the_session_as_it_was()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        Uri session = await client.StartSessionAsync(new { name = "a" }, "", ("X-Upload-Content-Length", $"{Bytes.Length}"));
        await client.ChunkAsync(session, $"0-{Granule - 1}/*", Part(0, Granule));
        (string Range, int Length)[] wrong =
        [
            ($"{Granule}-{Granule + 9}/*", 10),
            ($"{Granule}-{Granule + 9}/{Bytes.Length}", 10),
            ($"{Granule}-{(2 * Granule) - 1}/*", 10),
            ($"{Granule}-{(2 * Granule) - 1}/{2 * Granule}", Granule),
            ($"{Granule}-{(4 * Granule) - 1}/*", 3 * Granule),
            ($"{Granule}-{Granule - 5}/*", 5),
            ("nonsense", 5),
            ($"*/{Granule}", 0),
        ];
        foreach ((string range, int length) in wrong)
        {
            Assert.Equal(400, (await client.ChunkAsync(session, range, new byte[length])).Status);
            Assert.Equal((308, Granule), await client.ChunkAsync(session, "*/*"));
        }

        Assert.Equal((200, null), await client.ChunkAsync(session, $"{Granule}-{Bytes.Length - 1}/{Bytes.Length}", Part(Granule, Bytes.Length)));
        await AssertWholeAsync(client);
    }

    [Fact]
    public async Task Bytes_that_have_arrived_are_passed_over_and_a_gap_is_refused_as_text()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        Uri session = await client.StartSessionAsync(new { name = "a" });
        await client.ChunkAsync(session, $"0-{Granule - 1}/*", Part(0, Granule));
        using HttpResponseMessage gap = await client.SendAsync(
            HttpMethod.Put, session, new ReadOnlyMemoryContent(Part(0, Granule)), ("Content-Range", $"bytes {2 * Granule}-{(3 * Granule) - 1}/*"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, gap.StatusCode);
        Assert.Equal(
            "Invalid request.  According to the Content-Range header, the upload offset is 524288 byte(s), which exceeds already uploaded size of 262144 byte(s).",
            await gap.Content.ReadAsStringAsync());

        // The bytes that come again are others, to tell which were kept.
        byte[] again = [.. new byte[Granule], .. Part(Granule, 2 * Granule).Span];
        Assert.Equal((308, 2 * Granule), await client.ChunkAsync(session, $"0-{(2 * Granule) - 1}/*", again));
        Assert.Equal((308, 2 * Granule), await client.ChunkAsync(session, $"0-{Granule - 1}/*", new byte[Granule]));
        Assert.Equal((200, null), await client.ChunkAsync(session, $"{Granule}-{Bytes.Length - 1}/{Bytes.Length}", Part(Granule, Bytes.Length)));
        await AssertWholeAsync(client);
    }

    [Fact]
    public async Task A_line_that_breaks_keeps_what_arrived_rounded_down()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        Uri session = await client.StartSessionAsync(new { name = "a" });
        await client.Emulator.PostAsync("emulator/faults", new { kind = "storage.objects.insert.chunk", breakAfterBytes = (2 * Granule) + 1000 });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.ChunkAsync(session, $"0-{Bytes.Length - 1}/{Bytes.Length}", Bytes));
        Assert.Equal((308, 2 * Granule), await client.ChunkAsync(session, $"*/{Bytes.Length}"));
        Assert.Empty(await client.NamesAsync());
        Assert.Equal(
            (200, null), await client.ChunkAsync(session, $"{2 * Granule}-{Bytes.Length - 1}/{Bytes.Length}", Part(2 * Granule, Bytes.Length)));
        await AssertWholeAsync(client);
    }

    [Fact]
    public async Task A_final_reply_that_is_lost_can_be_asked_for_again()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        Uri session = await client.StartSessionAsync(new { name = "a" });
        await client.Emulator.PostAsync("emulator/faults", new { kind = "storage.objects.insert.chunk", applyThenFail = true });
        string range = $"0-{Bytes.Length - 1}/{Bytes.Length}";
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.ChunkAsync(session, range, Bytes));
        Assert.Equal(200, (await client.ChunkAsync(session, $"*/{Bytes.Length}")).Status);
        await AssertWholeAsync(client);
    }

    [Fact]
    public async Task A_session_that_was_given_up_is_over()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        Uri session = await client.StartSessionAsync(new { name = "a" });
        await client.ChunkAsync(session, $"0-{Granule - 1}/*", Part(0, Granule));
        using HttpResponseMessage cancelled = await client.SendAsync(HttpMethod.Delete, session);
        Assert.Equal(499, (int)cancelled.StatusCode);
        Assert.Equal(499, (await client.ChunkAsync(session, "*/*")).Status);
        Assert.Equal(499, (await client.ChunkAsync(session, $"{Granule}-{Bytes.Length - 1}/{Bytes.Length}", Part(Granule, Bytes.Length))).Status);
        Assert.Empty(await client.NamesAsync());
        Uri unknown = new(client.Emulator.Address, StorageClient.UploadPath("uploadType=resumable&upload_id=none"));
        Assert.Equal(404, (await client.ChunkAsync(unknown, "*/*")).Status);
    }

    [Fact]
    public async Task A_session_lives_a_week()
    {
        ManualClock clock = new();
        await using StorageClient client = await StorageClient.StartAsync(
            new EmulatorOptions { TimeProvider = clock, AccessTokenLifetime = TimeSpan.FromDays(30) });
        Uri session = await client.StartSessionAsync(new { name = "a" });
        clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(308, (await client.ChunkAsync(session, "*/*")).Status);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(410, (await client.ChunkAsync(session, "*/*")).Status);
    }

    [Fact]
    public async Task Bytes_of_another_hash_end_the_session_without_an_object()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        string range = $"0-{Bytes.Length - 1}/{Bytes.Length}";
        Uri session = await client.StartSessionAsync(new { name = "a", md5Hash = "AAAAAAAAAAAAAAAAAAAAAA==" });
        Assert.Equal(400, (await client.ChunkAsync(session, range, Bytes)).Status);
        Assert.Equal(410, (await client.ChunkAsync(session, "*/*")).Status);

        // The header of the last chunk counts before what the start announced.
        Uri late = await client.StartSessionAsync(new { name = "b" });
        await client.RefusedAsync(
            HttpMethod.Put, late.PathAndQuery, HttpStatusCode.BadRequest, new ByteArrayContent(Bytes), ("X-Goog-Hash", "crc32c=AAAAAA=="));
        Assert.Empty(await client.NamesAsync());
        Assert.Equal(0, (await client.Emulator.GetAsync("emulator/stats")).GetProperty("spool").GetProperty("files").GetInt32());
    }

    [Fact]
    public async Task Preconditions_are_looked_at_when_the_session_begins_and_when_it_ends()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        Uri session = await client.StartSessionAsync(new { name = "a" }, "&ifGenerationMatch=0");
        await client.PutAsync("a", [1]);
        Assert.Equal(412, (await client.ChunkAsync(session, $"0-{Bytes.Length - 1}/{Bytes.Length}", Bytes)).Status);
        await client.RefusedAsync(
            HttpMethod.Post,
            StorageClient.UploadPath("uploadType=resumable&ifGenerationMatch=0"),
            HttpStatusCode.PreconditionFailed,
            JsonContent.Create(new { name = "a" }));
        Assert.Equal("1", (await client.JsonAsync(HttpMethod.Get, StorageClient.ObjectPath("a"))).Text("size"));
    }

    [Fact]
    public async Task Clients_that_cannot_bear_a_308_get_it_in_a_header()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        Uri session = await client.StartSessionAsync(new { name = "a" });
        using HttpResponseMessage response = await client.SendAsync(
            HttpMethod.Post,
            session,
            new ReadOnlyMemoryContent(Part(0, Granule)),
            ("Content-Range", $"bytes 0-{Granule - 1}/*"),
            ("X-GUploader-No-308", "yes"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["308"], response.Headers.GetValues("X-HTTP-Status-Code-Override"));
        Assert.Equal(Granule, StorageClient.Arrived(response));
    }

    [Fact]
    public async Task A_chunk_of_a_client_that_hangs_gives_way_to_the_next_call()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        Uri session = await client.StartSessionAsync(new { name = "a" });
        TaskCompletionSource never = new();
        Task<HttpResponseMessage> hanging = client.SendAsync(
            HttpMethod.Put, session, SlowContent.Of(Part(0, Granule + 5), never.Task), ("Content-Range", $"bytes 0-{Bytes.Length - 1}/{Bytes.Length}"));
        while ((await client.Emulator.GetAsync("emulator/stats")).GetProperty("uploadBytes").GetInt64() < Granule + 5)
        {
            await Task.Yield();
        }

        Assert.Equal((308, Granule), await client.ChunkAsync(session, "*/*"));
        never.SetResult();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => hanging);
    }
}
