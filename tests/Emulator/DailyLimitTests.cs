using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class DailyLimitTests
{
    private static async Task<HttpStatusCode> StatusAsync(TestEmulator emulator, string path = "v1/albums")
    {
        using HttpResponseMessage response = await emulator.Http.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    [Fact]
    public async Task Every_library_call_counts_uploads_and_failures_too_and_no_other()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { DailyLimit = 6 });
        await emulator.UploadAsync(TinyJpeg.Make());
        await new ResumableClient(emulator.Http).StartAsync(5);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(emulator, "v1/albums/none"));
        await emulator.PostAsync("emulator/faults", new { path = "/v1/albums", status = 500 });
        Assert.Equal(HttpStatusCode.InternalServerError, await StatusAsync(emulator));
        (string writeOnly, _) = await emulator.IssueAsync("photoslibrary.appendonly");
        using HttpClient bare = new() { BaseAddress = emulator.Address };
        using HttpResponseMessage forbidden = await bare.GetAsync(new Uri($"v1/albums?access_token={writeOnly}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        await emulator.SeedAsync(new { });
        await emulator.GetAsync("emulator/stats");
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(emulator, "nowhere"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator));

        JsonElement error = await emulator.RefusedAsync("v1/albums", HttpStatusCode.TooManyRequests);
        Assert.Equal("RESOURCE_EXHAUSTED", error.Text("status"));
        Assert.Contains("metric 'All requests' and limit 'All requests per day'", error.Text("message"), StringComparison.Ordinal);
        JsonElement info = error.GetProperty("details")[0].GetProperty("metadata");
        Assert.Equal(("ApiCallsPerProjectPerDay", "6"), (info.Text("quota_limit"), info.Text("quota_limit_value")));
        using HttpResponseMessage upload = await emulator.SendUploadAsync(TinyJpeg.Make());
        Assert.Equal(8, (await upload.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetInt32());
        JsonElement throttled = (await emulator.GetAsync("emulator/stats")).GetProperty("throttled");
        Assert.Equal("""{"daily":2}""", throttled.GetRawText());
    }

    [Theory]
    [InlineData("2026-01-15T08:00:00Z")]
    [InlineData("2026-03-08T08:00:00Z")]
    [InlineData("2026-03-09T07:00:00Z")]
    [InlineData("2026-07-01T07:00:00Z")]
    [InlineData("2026-11-01T07:00:00Z")]
    [InlineData("2026-11-02T08:00:00Z")]
    [InlineData("2027-03-15T07:00:00Z")]
    public async Task The_day_ends_at_midnight_in_Los_Angeles(string midnight)
    {
        ManualClock clock = new() { Now = DateTimeOffset.Parse(midnight, CultureInfo.InvariantCulture).AddHours(-2) };
        await using TestEmulator emulator = await TestEmulator.StartAsync(
            new EmulatorOptions { TimeProvider = clock, DailyLimit = 1, DailyMediaLimit = 1, Items = 1, AccessTokenLifetime = TimeSpan.FromDays(2) });
        string id = (await emulator.GetAsync("v1/mediaItems")).GetProperty("mediaItems")[0].Text("id");
        await emulator.PostAsync("emulator/limits", new { daily = 2 });
        Uri url = await emulator.BaseUrlAsync(id, "=d");
        await emulator.PostAsync("emulator/limits", new { daily = 1 });
        await emulator.Http.GetByteArrayAsync(url);
        async Task AssertAsync(HttpStatusCode expected)
        {
            Assert.Equal(expected, await StatusAsync(emulator));
            using HttpResponseMessage media = await emulator.Http.GetAsync(url);
            Assert.Equal(expected == HttpStatusCode.OK ? HttpStatusCode.Forbidden : expected, media.StatusCode);
        }

        await AssertAsync(HttpStatusCode.TooManyRequests);
        clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        await AssertAsync(HttpStatusCode.TooManyRequests);
        clock.Advance(TimeSpan.FromSeconds(1));
        await AssertAsync(HttpStatusCode.OK);
        await AssertAsync(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Media_bytes_have_a_limit_of_their_own_and_looking_at_the_head_counts()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { DailyMediaLimit = 2, Items = 1 });
        string id = (await emulator.GetAsync("v1/mediaItems")).Ids()[0];
        Uri url = await emulator.BaseUrlAsync(id, "=d");
        using HttpRequestMessage head = new(HttpMethod.Head, url);
        using HttpResponseMessage looked = await emulator.Http.SendAsync(head);
        Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        await emulator.Http.GetByteArrayAsync(url);
        using HttpResponseMessage refused = await emulator.Http.GetAsync(url);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator));
        Assert.Equal(
            """{"dailyMedia":1}""", (await emulator.GetAsync("emulator/stats")).GetProperty("throttled").GetRawText());
    }

    [Fact]
    public async Task Projects_have_a_day_each()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { DailyLimit = 1 });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(emulator));
        JsonElement other = await emulator.PostAsync("emulator/tokens", new { project = "other" });
        emulator.Authorize(other.Text("access_token"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator));
        JsonElement limits = await emulator.GetAsync("emulator/limits");
        Assert.Equal("""{"emulator-project":2,"other":1}""", limits.GetProperty("usedToday").GetRawText());
    }

    [Fact]
    public async Task Limits_are_Googles_unless_set_and_can_be_set_while_running()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions());
        Assert.Equal(
            """{"daily":10000,"dailyMedia":75000,"writesPerMinute":30,"usedToday":{},"mediaUsedToday":{}}""",
            (await emulator.GetAsync("emulator/limits")).GetRawText());
        await emulator.PostAsync("emulator/limits", new { daily = 1 });
        await emulator.PostAsync("emulator/limits", new { dailyMedia = 5, writesPerMinute = 7 });
        Assert.StartsWith(
            """{"daily":1,"dailyMedia":5,"writesPerMinute":7,""",
            (await emulator.GetAsync("emulator/limits")).GetRawText(),
            StringComparison.Ordinal);
        await StatusAsync(emulator);
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(emulator));
        await emulator.PostAsync("emulator/limits", new { daily = 0 });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator));
        await emulator.PostAsync("emulator/limits", new { daily = -1 }, HttpStatusCode.BadRequest);
    }
}
