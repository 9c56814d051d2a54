using System.Net;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class ResumableUploadTests
{
    private const int Granule = ResumableClient.Granule;
    private const string Last = "upload, finalize";

    /// <summary>A picture of so many bytes.</summary>
    private static byte[] Picture(int length)
    {
        byte[] bytes = new byte[length];
        Random.Shared.NextBytes(bytes);
        TinyJpeg.Make().CopyTo(bytes, 0);
        return bytes;
    }

    private static async Task AssertArrivedAsync(TestEmulator emulator, string token, byte[] bytes)
    {
        JsonElement created = await emulator.CreateAsync(HttpStatusCode.OK, token);
        string id = created.GetProperty("newMediaItemResults")[0].GetProperty("mediaItem").Text("id");
        Assert.Equal(bytes, await emulator.Http.GetByteArrayAsync(new Uri($"emulator/items/{id}/original", UriKind.Relative)));
    }

    [Fact]
    public async Task A_start_answers_with_a_session_and_nothing_received()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        UploadAnswer start = await client.SendStartAsync("3039417");
        Assert.Equal((HttpStatusCode.OK, "active", 0L, "262144"), (start.Status, start.UploadStatus, start.Received, start.Granularity));
        Assert.StartsWith(emulator.Address.AbsoluteUri, start.Session!.AbsoluteUri, StringComparison.Ordinal);

        UploadAnswer query = await client.CommandAsync(start.Session, "query");
        Assert.Equal((HttpStatusCode.OK, "active", 0L, ""), (query.Status, query.UploadStatus, query.Received, query.Body));
    }

    [Theory]
    [InlineData(null, 400)]
    [InlineData("many", 400)]
    [InlineData("-1", 400)]
    [InlineData("0", 400)]
    [InlineData("21474836481", 413)]
    [InlineData("21474836480", 200)]
    public async Task A_start_must_tell_a_size_that_Google_takes(string? size, int expected)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        UploadAnswer start = await new ResumableClient(emulator.Http).SendStartAsync(size);
        Assert.Equal(expected, (int)start.Status);
        Assert.Equal(expected == 200 ? "active" : "final", start.UploadStatus);
    }

    [Theory]
    [InlineData("upload, finalize")]
    [InlineData("upload,finalize")]
    [InlineData("Upload ,  FINALIZE")]
    public async Task A_file_can_come_whole(string command)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        byte[] bytes = Picture(Granule + 12_345);
        Uri session = await client.StartAsync(bytes.Length, ("X-Goog-Upload-File-Name", "Gr%C3%BC%C3%9Fe.jpg"));
        UploadAnswer final = await client.ChunkAsync(session, command, 0, bytes);
        Assert.Equal((HttpStatusCode.OK, "final", bytes.Length), (final.Status, final.UploadStatus, final.Received));
        await AssertArrivedAsync(emulator, final.Body, bytes);
        Assert.Equal("Grüße.jpg", (await emulator.GetAsync("v1/mediaItems")).GetProperty("mediaItems")[0].Text("filename"));
    }

    [Fact]
    public async Task Chunks_are_put_together_and_each_reply_tells_how_it_stands()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        byte[] bytes = Picture((3 * Granule) + 100);
        Uri session = await client.StartAsync(bytes.Length);
        UploadAnswer one = await client.ChunkAsync(session, "upload", 0, bytes.AsMemory(0, 2 * Granule));
        Assert.Equal((HttpStatusCode.OK, "active", 2L * Granule, ""), (one.Status, one.UploadStatus, one.Received, one.Body));
        Assert.Equal(2 * Granule, (await client.CommandAsync(session, "query")).Received);
        UploadAnswer two = await client.ChunkAsync(session, "upload", 2 * Granule, bytes.AsMemory(2 * Granule, Granule));
        Assert.Equal(3 * Granule, two.Received);
        UploadAnswer final = await client.ChunkAsync(session, Last, 3 * Granule, bytes.AsMemory(3 * Granule));
        Assert.Equal(("final", bytes.Length), (final.UploadStatus, final.Received));

        UploadAnswer query = await client.CommandAsync(session, "query");
        Assert.Equal((HttpStatusCode.OK, "final", bytes.Length, final.Body), (query.Status, query.UploadStatus, query.Received, query.Body));
        await AssertArrivedAsync(emulator, final.Body, bytes);
    }

    [Fact]
    public async Task A_finalize_without_bytes_ends_what_has_all_its_bytes_and_refuses_what_has_not()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        byte[] bytes = Picture(Granule);
        Uri session = await client.StartAsync(bytes.Length);
        UploadAnswer early = await client.CommandAsync(session, "finalize");
        Assert.Equal((HttpStatusCode.BadRequest, "active", 0L, 3), (early.Status, early.UploadStatus, early.Received, early.Code));

        await client.ChunkAsync(session, "upload", 0, bytes);
        UploadAnswer final = await client.CommandAsync(session, "finalize");
        Assert.Equal((HttpStatusCode.OK, "final"), (final.Status, final.UploadStatus));
        await AssertArrivedAsync(emulator, final.Body, bytes);
    }

    [Fact]
    public async Task A_finalize_of_zero_bytes_by_upload_works_too()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        byte[] bytes = Picture(2 * Granule);
        Uri session = await client.StartAsync(bytes.Length);
        await client.ChunkAsync(session, "upload", 0, bytes);
        Assert.Equal("final", (await client.ChunkAsync(session, Last, bytes.Length, ReadOnlyMemory<byte>.Empty)).UploadStatus);
    }

    [Fact]
    public async Task Chunks_at_a_wrong_offset_conflict_and_change_nothing()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        byte[] bytes = Picture(3 * Granule);
        Uri session = await client.StartAsync(bytes.Length);
        await client.ChunkAsync(session, "upload", 0, bytes.AsMemory(0, Granule));
        foreach (long offset in (long[])[0, 1, 2 * Granule])
        {
            UploadAnswer wrong = await client.ChunkAsync(session, "upload", offset, bytes.AsMemory(0, Granule));
            Assert.Equal(
                (HttpStatusCode.Conflict, "active", (long)Granule, 10), (wrong.Status, wrong.UploadStatus, wrong.Received, wrong.Code));
        }

        UploadAnswer none = await client.CommandAsync(session, "upload");
        Assert.Equal((HttpStatusCode.BadRequest, (long)Granule), (none.Status, none.Received));
        UploadAnswer final = await client.ChunkAsync(session, Last, Granule, bytes.AsMemory(Granule));
        await AssertArrivedAsync(emulator, final.Body, bytes);
    }

    [Theory]
    [InlineData("upload", Granule - 1)]
    [InlineData("upload", Granule + 1)]
    [InlineData("upload", 3 * Granule)]
    [InlineData(Last, Granule)]
    [InlineData(Last, (2 * Granule) - 1)]
    [InlineData(Last, (2 * Granule) + 1)]
    public async Task Chunks_of_a_wrong_length_are_refused(string command, int length)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        Uri session = await client.StartAsync(2 * Granule);
        UploadAnswer told = await client.ChunkAsync(session, command, 0, Picture(length));
        Assert.Equal((HttpStatusCode.BadRequest, "active", 0L), (told.Status, told.UploadStatus, told.Received));

        // A body that does not tell its length is found out as it comes.
        HttpContent unknown = SlowContent.Of(Picture(length), Task.CompletedTask);
        UploadAnswer untold = await client.ChunkAsync(session, command, 0, unknown);
        Assert.Equal((HttpStatusCode.BadRequest, "active"), (untold.Status, untold.UploadStatus));
        Assert.Equal(0, untold.Received % Granule);
    }

    [Fact]
    public async Task An_ended_session_takes_no_more_commands()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        byte[] bytes = Picture(2000);
        Uri session = await client.StartAsync(bytes.Length);
        UploadAnswer final = await client.ChunkAsync(session, Last, 0, bytes);
        foreach (string command in (string[])["finalize", "cancel"])
        {
            UploadAnswer again = await client.CommandAsync(session, command);
            Assert.Equal((HttpStatusCode.BadRequest, "final"), (again.Status, again.UploadStatus));
        }

        UploadAnswer second = await client.ChunkAsync(session, Last, 0, bytes);
        Assert.Equal((HttpStatusCode.BadRequest, "final"), (second.Status, second.UploadStatus));
        await AssertArrivedAsync(emulator, final.Body, bytes);
    }

    [Fact]
    public async Task A_cancelled_session_is_gone()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        byte[] bytes = Picture(2 * Granule);
        Uri session = await client.StartAsync(bytes.Length);
        await client.ChunkAsync(session, "upload", 0, bytes.AsMemory(0, Granule));
        UploadAnswer cancelled = await client.CommandAsync(session, "cancel");
        Assert.Equal((HttpStatusCode.OK, "cancelled"), (cancelled.Status, cancelled.UploadStatus));

        UploadAnswer query = await client.CommandAsync(session, "query");
        Assert.Equal((HttpStatusCode.Gone, "cancelled"), (query.Status, query.UploadStatus));
        UploadAnswer upload = await client.ChunkAsync(session, Last, Granule, bytes.AsMemory(Granule));
        Assert.Equal((HttpStatusCode.BadRequest, "cancelled"), (upload.Status, upload.UploadStatus));
        Assert.Equal(HttpStatusCode.BadRequest, (await client.CommandAsync(session, "cancel")).Status);
    }

    [Fact]
    public async Task A_session_lives_seven_days()
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await TestEmulator.StartAsync(
            new EmulatorOptions { TimeProvider = clock, AccessTokenLifetime = TimeSpan.FromDays(30) });
        ResumableClient client = new(emulator.Http);
        Uri session = await client.StartAsync(2 * Granule);
        await client.ChunkAsync(session, "upload", 0, Picture(Granule));
        clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(Granule, (await client.CommandAsync(session, "query")).Received);
        clock.Advance(TimeSpan.FromSeconds(1));
        foreach (UploadAnswer late in (UploadAnswer[])
            [await client.CommandAsync(session, "query"), await client.ChunkAsync(session, Last, Granule, Picture(Granule))])
        {
            Assert.Equal((HttpStatusCode.Gone, "terminated"), (late.Status, late.UploadStatus));
        }
    }

    [Fact]
    public async Task An_unknown_session_and_an_unknown_command_are_refused()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        Uri session = await client.StartAsync(10);
        UploadAnswer unknown = await client.CommandAsync(new Uri("v1/uploads?upload_id=x", UriKind.Relative), "query");
        Assert.Equal((HttpStatusCode.NotFound, 5, null), (unknown.Status, unknown.Code, unknown.UploadStatus));
        foreach (string command in (string[])["", "stop", "2", "start", "query, cancel"])
        {
            UploadAnswer refused = await client.CommandAsync(session, command);
            Assert.Equal((HttpStatusCode.BadRequest, "active"), (refused.Status, refused.UploadStatus));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_promised_hash_is_held_to(bool atStart)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        byte[] bytes = Picture((2 * Granule) + 5);
#pragma warning disable CA5350 // Google's header is a SHA-1.
        string right = Convert.ToBase64String(System.Security.Cryptography.SHA1.HashData(bytes));
#pragma warning restore CA5350
        foreach ((string hash, HttpStatusCode expected) in ((string, HttpStatusCode)[])
            [(right, HttpStatusCode.OK), ("AAAA", HttpStatusCode.BadRequest)])
        {
            (string, string)[] header = [("X-Goog-Hash", $"sha1={hash}")];
            Uri session = await client.StartAsync(bytes.Length, atStart ? header : []);
            await client.ChunkAsync(session, "upload", 0, bytes.AsMemory(0, 2 * Granule));
            UploadAnswer final = await client.ChunkAsync(
                session, Last, 2 * Granule, bytes.AsMemory(2 * Granule), atStart ? [] : header);
            Assert.Equal((expected, "final"), (final.Status, final.UploadStatus));
            UploadAnswer query = await client.CommandAsync(session, "query");
            Assert.Equal(expected == HttpStatusCode.OK ? final.Body : "", query.Body);
            Assert.Equal(expected != HttpStatusCode.OK, final.Body.Contains("Checksum", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_command_takes_over_from_the_one_before()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        byte[] bytes = Picture(4 * Granule);
        Uri session = await client.StartAsync(bytes.Length);
        TaskCompletionSource never = new();
        Task<UploadAnswer> hanging = client.ChunkAsync(
            session, Last, 0, SlowContent.Of(bytes.AsMemory(0, (2 * Granule) + 7), never.Task));
        while ((await emulator.GetAsync("emulator/stats")).GetProperty("uploadBytes").GetInt64() < (2 * Granule) + 7)
        {
            await Task.Yield();
        }

        UploadAnswer query = await client.CommandAsync(session, "query");
        Assert.Equal(("active", 2L * Granule), (query.UploadStatus, query.Received));
        UploadAnswer final = await client.ChunkAsync(session, Last, 2 * Granule, bytes.AsMemory(2 * Granule));
        await AssertArrivedAsync(emulator, final.Body, bytes);
        never.SetResult();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task Session_calls_ask_for_a_token_and_answer_bare()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        Uri session = await client.StartAsync(Granule);
        emulator.Authorize(null);
        UploadAnswer refused = await client.CommandAsync(session, "query");
        Assert.Equal((HttpStatusCode.Unauthorized, 16, "active"), (refused.Status, refused.Code, refused.UploadStatus));
    }
}
