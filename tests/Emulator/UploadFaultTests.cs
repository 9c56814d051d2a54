using System.Net;
using System.Text.Json;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class UploadFaultTests
{
    private const int Granule = ResumableClient.Granule;

    private static async Task<long> UploadBytesAsync(TestEmulator emulator) =>
        (await emulator.GetAsync("emulator/stats")).GetProperty("uploadBytes").GetInt64();

    [Fact]
    public async Task A_line_that_breaks_keeps_what_arrived_rounded_down()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        byte[] bytes = new byte[4 * Granule];
        Uri session = await client.StartAsync(bytes.Length);
        await emulator.PostAsync("emulator/faults", new { path = "/v1/uploads", breakAfterBytes = (2 * Granule) + 1000 });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.ChunkAsync(session, "upload, finalize", 0, bytes));

        UploadAnswer query = await client.CommandAsync(session, "query");
        Assert.Equal(("active", 2L * Granule), (query.UploadStatus, query.Received));
        Assert.Equal((2 * Granule) + 1000, await UploadBytesAsync(emulator));
        Assert.Equal("final", (await client.ChunkAsync(session, "upload, finalize", 2 * Granule, bytes.AsMemory(2 * Granule))).UploadStatus);
        Assert.Equal((4 * Granule) + 1000, await UploadBytesAsync(emulator));
    }

    [Fact]
    public async Task A_client_that_goes_away_leaves_what_arrived()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        Uri session = await client.StartAsync(4 * Granule);
        using HttpClient other = new();
        other.DefaultRequestHeaders.Authorization = emulator.Http.DefaultRequestHeaders.Authorization;
        TaskCompletionSource never = new();
        Task<UploadAnswer> gone = new ResumableClient(other).ChunkAsync(
            session, "upload", 0, SlowContent.Of(new byte[Granule + 5], never.Task));
        while (await UploadBytesAsync(emulator) < Granule + 5)
        {
            await Task.Yield();
        }

        other.CancelPendingRequests();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.Equal(Granule, (await client.CommandAsync(session, "query")).Received);
        never.SetResult();
    }

    [Fact]
    public async Task The_line_breaks_again_and_again_over_calls_as_often_as_asked()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        byte[] chunk = new byte[2 * Granule];
        await emulator.PostAsync("emulator/faults", new { kind = "uploads.upload", breakAfterBytes = 3 * Granule, count = 2 });
        Uri session = await client.StartAsync(100 * Granule);
        List<bool> broken = [];
        for (long received = 0; broken.Count < 8;)
        {
            try
            {
                await client.ChunkAsync(session, "upload", received, chunk);
                broken.Add(false);
            }
            catch (HttpRequestException)
            {
                broken.Add(true);
            }

            received = (await client.CommandAsync(session, "query")).Received!.Value;
        }

        // Two granules, then one of two, which makes three; so twice; then no more.
        Assert.Equal([false, true, false, true, false, false, false, false], broken);
        Assert.Equal((2 * 3 * Granule) + (4 * 2 * Granule), await UploadBytesAsync(emulator));
    }

    [Fact]
    public async Task A_fault_can_be_for_one_kind_of_call_and_leave_the_others()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        await emulator.PostAsync("emulator/faults", new { kind = "uploads.query", status = 503, count = 2 });
        Uri session = await client.StartAsync(10);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.CommandAsync(session, "query")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.CommandAsync(session, "query")).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.CommandAsync(session, "query")).Status);
        await emulator.PostAsync("emulator/faults", new { status = 503 }, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_final_reply_that_is_lost_can_be_asked_for_again()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        byte[] bytes = TinyJpeg.Make();
        Uri session = await client.StartAsync(bytes.Length);
        await emulator.PostAsync("emulator/faults", new { kind = "uploads.finalize", applyThenFail = true });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.ChunkAsync(session, "upload, finalize", 0, bytes));
        UploadAnswer query = await client.CommandAsync(session, "query");
        Assert.Equal("final", query.UploadStatus);
        await emulator.CreateAsync(HttpStatusCode.OK, query.Body);
    }

    [Fact]
    public async Task A_raw_upload_that_breaks_leaves_nothing()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.PostAsync("emulator/faults", new { kind = "uploads", breakAfterBytes = 9 << 20 });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => emulator.SendUploadAsync(new byte[12 << 20]));
        Assert.Equal(0, (await emulator.GetAsync("emulator/stats")).GetProperty("spool").GetProperty("files").GetInt32());
    }

    [Fact]
    public async Task Statistics_name_each_command()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        ResumableClient client = new(emulator.Http);
        byte[] bytes = new byte[Granule + 1];
        Uri session = await client.StartAsync(bytes.Length);
        await client.ChunkAsync(session, "upload", 0, bytes.AsMemory(0, Granule));
        await client.CommandAsync(session, "query");
        await client.ChunkAsync(session, "upload,finalize", Granule, bytes.AsMemory(Granule));
        await client.CommandAsync(session, "cancel");
        await emulator.UploadAsync(TinyJpeg.Make());
        JsonElement stats = await emulator.GetAsync("emulator/stats");
        string[] kinds = ["uploads", "uploads.start", "uploads.upload", "uploads.query", "uploads.finalize", "uploads.cancel"];
        Assert.All(kinds, kind => Assert.Equal(1, stats.GetProperty("calls").GetProperty(kind).GetInt32()));
        Assert.Equal(6, stats.GetProperty("libraryCalls").GetInt32());
    }
}
