using System.Globalization;
using System.Net;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class ClockTests
{
    private static Task<JsonElement> AdvanceAsync(TestEmulator emulator, TimeSpan by, bool keepAccessTokens = false) =>
        emulator.PostAsync("emulator/clock", new { advanceSeconds = (long)by.TotalSeconds, keepAccessTokens });

    [Fact]
    public async Task Each_reply_is_dated_by_the_emulators_clock()
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { TimeProvider = clock });
        Assert.Equal("""{"now":"2024-05-06T07:08:09Z"}""", (await emulator.GetAsync("emulator/clock")).GetRawText());
        JsonElement moved = await AdvanceAsync(emulator, TimeSpan.FromDays(1));
        Assert.Equal("""{"now":"2024-05-07T07:08:09Z"}""", moved.GetRawText());
        clock.Advance(TimeSpan.FromSeconds(1));
        foreach (string path in (string[])["v1/albums", "emulator/stats", "nowhere", "lr/nothing"])
        {
            using HttpResponseMessage response = await emulator.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(clock.Now.AddDays(1), response.Headers.Date);
        }

        await emulator.PostAsync("emulator/clock", new { advanceSeconds = -1 }, HttpStatusCode.BadRequest);
        await emulator.PostAsync("emulator/clock", new { }, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Access_tokens_age_unless_they_are_to_be_kept()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions());
        await AdvanceAsync(emulator, TimeSpan.FromHours(5), keepAccessTokens: true);
        await emulator.GetAsync("v1/albums");
        await AdvanceAsync(emulator, TimeSpan.FromMinutes(59));
        await emulator.GetAsync("v1/albums");
        await AdvanceAsync(emulator, TimeSpan.FromMinutes(1));
        await emulator.RefusedAsync("v1/albums", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Everything_else_ages_with_it()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(
            new EmulatorOptions { WritesPerMinute = 3, VideoProcessingTime = TimeSpan.FromHours(1) });
        ResumableClient client = new(emulator.Http);
        string late = await emulator.UploadAsync(TinyJpeg.Make());
        Uri session = await client.StartAsync(10);
        string[] ids = await emulator.SeedAsync(new { mimeType = "video/mp4" });
        Uri url = await emulator.BaseUrlAsync(ids[0], "=w100");
        await AdvanceAsync(emulator, TimeSpan.FromHours(24), keepAccessTokens: true);

        using HttpResponseMessage stale = await emulator.Http.GetAsync(url);
        Assert.Equal(HttpStatusCode.Forbidden, stale.StatusCode);
        JsonElement video = (await emulator.GetAsync($"v1/mediaItems/{ids[0]}")).GetProperty("mediaMetadata").GetProperty("video");
        Assert.Equal("READY", video.Text("status"));
        JsonElement created = await emulator.CreateAsync(HttpStatusCode.OK, late);
        Assert.Equal(3, created.GetProperty("newMediaItemResults")[0].Code());
        Assert.Equal(HttpStatusCode.OK, (await client.CommandAsync(session, "query")).Status);
        await AdvanceAsync(emulator, TimeSpan.FromDays(6), keepAccessTokens: true);
        Assert.Equal(HttpStatusCode.Gone, (await client.CommandAsync(session, "query")).Status);
        string fresh = await emulator.UploadAsync(TinyJpeg.Make());
        JsonElement item = (await emulator.CreateAsync(HttpStatusCode.OK, fresh)).GetProperty("newMediaItemResults")[0];
        Assert.Null(item.Code());
    }

    [Fact]
    public async Task Upload_times_are_the_clocks()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions());
        await AdvanceAsync(emulator, TimeSpan.FromDays(400), keepAccessTokens: true);
        JsonElement item = await emulator.AddAsync(TinyJpeg.Make(taken: null));
        DateTime created = DateTime.Parse(
            item.GetProperty("mediaMetadata").Text("creationTime"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        Assert.InRange(created, DateTime.UtcNow.AddDays(399), DateTime.UtcNow.AddDays(401));
    }
}
