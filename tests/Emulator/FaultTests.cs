using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class FaultTests
{
    private static Task<JsonElement> SetAsync(TestEmulator emulator, object fault) => emulator.PostAsync("emulator/faults", fault);

    private static async Task<HttpStatusCode> StatusAsync(TestEmulator emulator, string path)
    {
        using HttpResponseMessage response = await emulator.Http.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    [Fact]
    public async Task A_status_hits_as_often_as_asked_and_after_as_many_as_asked()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await SetAsync(emulator, new { path = "/v1/media*", status = 503, after = 1, count = 2, headers = new Dictionary<string, string> { ["Retry-After"] = "3" } });
        List<HttpStatusCode> statuses = [];
        for (int call = 0; call < 4; call++)
        {
            statuses.Add(await StatusAsync(emulator, "v1/mediaItems"));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator, "v1/albums"));
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK], statuses);
    }

    [Fact]
    public async Task A_fault_without_end_lasts_until_cleared_and_can_name_its_body_and_headers()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await SetAsync(emulator, new
        {
            path = "/v1/mediaItems",
            method = "GET",
            count = 0,
            status = 429,
            body = new { own = 1 },
            headers = new Dictionary<string, string> { ["Retry-After"] = "3" },
        });
        for (int call = 0; call < 3; call++)
        {
            using HttpResponseMessage response = await emulator.Http.GetAsync(new Uri("v1/mediaItems", UriKind.Relative));
            Assert.Equal(TimeSpan.FromSeconds(3), response.Headers.RetryAfter!.Delta);
            Assert.Equal("""{"own":1}""", await response.Content.ReadAsStringAsync());
        }

        await emulator.SearchAsync(new { });
        await emulator.Http.DeleteAsync(new Uri("emulator/faults", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator, "v1/mediaItems"));
    }

    [Theory]
    [InlineData("daily", "ApiCallsPerProjectPerDay")]
    [InlineData("perMinute", "WritesPerMinutePerUser")]
    [InlineData("concurrent", null)]
    public async Task Quotas_answer_in_Googles_words(string quota, string? limit)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await SetAsync(emulator, new { path = "/v1/albums", quota });
        JsonElement error = await emulator.RefusedAsync("v1/albums", HttpStatusCode.TooManyRequests);
        Assert.Equal("RESOURCE_EXHAUSTED", error.Text("status"));
        string? told = error.TryGetProperty("details", out JsonElement details)
            ? details[0].GetProperty("metadata").Text("quota_limit")
            : null;
        Assert.Equal(limit, told);
    }

    [Fact]
    public async Task A_cut_body_promises_more_than_it_gives()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string[] ids = await emulator.SeedAsync(new { size = 600_000 });
        Uri url = await emulator.BaseUrlAsync(ids[0], "=d");
        byte[] whole = await emulator.Http.GetByteArrayAsync(url);
        await SetAsync(emulator, new { path = "/lr/", cutAfterBytes = 500_000 });

        using HttpResponseMessage response = await emulator.Http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(whole.Length, response.Content.Headers.ContentLength);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        using MemoryStream got = new();
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(got));
        Assert.True(got.Length <= 500_000);
        Assert.Equal(whole[..(int)got.Length], got.ToArray());
        Assert.Equal(whole, await emulator.Http.GetByteArrayAsync(url));
    }

    [Fact]
    public async Task A_hang_lasts_until_it_is_cleared()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await SetAsync(emulator, new { path = "/v1/albums", hang = true });
        Task<HttpResponseMessage> hanging = emulator.Http.GetAsync(new Uri("v1/albums", UriKind.Relative));
        while ((await emulator.GetAsync("emulator/stats")).GetProperty("inFlight").GetInt32() == 0)
        {
            await Task.Yield();
        }

        Assert.False(hanging.IsCompleted);
        await emulator.Http.DeleteAsync(new Uri("emulator/faults", UriKind.Relative));
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task A_server_that_stops_lets_go_what_hangs()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await SetAsync(emulator, new { path = "/v1/albums", hang = true });
        using HttpClient other = new() { BaseAddress = emulator.Address };
        Task<HttpResponseMessage> hanging = other.GetAsync(new Uri("v1/albums", UriKind.Relative));
        while ((await emulator.GetAsync("emulator/stats")).GetProperty("inFlight").GetInt32() == 0)
        {
            await Task.Yield();
        }

        await emulator.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task A_lost_reply_has_done_its_work()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await SetAsync(emulator, new { path = "/v1/albums", method = "POST", applyThenFail = true });
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            emulator.Http.PostAsJsonAsync("v1/albums", new { album = new { title = "T" } }));
        Assert.Single((await emulator.GetAsync("v1/albums")).Ids("albums"));
    }

    [Fact]
    public async Task Latency_delays_the_reply()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(100) });
        await SetAsync(emulator, new { path = "/v1/albums", latencyMs = 100 });
        long start = Stopwatch.GetTimestamp();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator, "v1/albums"));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromMilliseconds(190), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Statistics_count_what_was_asked_faulted_or_not()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { Items = 1 });
        await SetAsync(emulator, new { path = "/v1/mediaItems", status = 500 });
        await StatusAsync(emulator, "v1/mediaItems");
        string id = (await emulator.GetAsync("v1/mediaItems")).Ids()[0];
        await emulator.Http.GetByteArrayAsync(await emulator.BaseUrlAsync(id, "=d"));
        await StatusAsync(emulator, "nowhere");

        JsonElement stats = await emulator.GetAsync("emulator/stats");
        JsonElement calls = stats.GetProperty("calls");
        Assert.Equal((2, 1, 1), (calls.GetProperty("mediaItems.list").GetInt32(), calls.GetProperty("mediaItems.get").GetInt32(), calls.GetProperty("media.get").GetInt32()));
        Assert.Equal((5, 3, 0), (stats.GetProperty("total").GetInt32(), stats.GetProperty("libraryCalls").GetInt32(), stats.GetProperty("inFlight").GetInt32()));
        Assert.Equal("""{"200":3,"404":1,"500":1}""", stats.GetProperty("statuses").GetRawText());
        Assert.Equal(1, stats.GetProperty("maxInFlight").GetProperty("mediaItems.list").GetInt32());

        await emulator.Http.DeleteAsync(new Uri("emulator/stats", UriKind.Relative));
        Assert.Equal(0, (await emulator.GetAsync("emulator/stats")).GetProperty("total").GetInt32());
    }
}
