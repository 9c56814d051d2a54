using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class WriteLimitTests
{
    private static readonly object Album = new { album = new { title = "T" } };

    private static Task<JsonElement> WriteAsync(TestEmulator emulator, HttpStatusCode expected = HttpStatusCode.OK) =>
        emulator.PostAsync("v1/albums", Album, expected);

    [Fact]
    public async Task The_minute_slides()
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { TimeProvider = clock });
        for (int write = 0; write < 30; write++)
        {
            await WriteAsync(emulator);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        // Thirty seconds in; the first write leaves the window at sixty, the second at sixty-one.
        JsonElement error = (await WriteAsync(emulator, HttpStatusCode.TooManyRequests)).GetProperty("error");
        Assert.Contains("'Write requests per minute per user'", error.Text("message"), StringComparison.Ordinal);
        JsonElement info = error.GetProperty("details")[0].GetProperty("metadata");
        Assert.Equal(("WritesPerMinutePerUser", "30"), (info.Text("quota_limit"), info.Text("quota_limit_value")));
        clock.Advance(TimeSpan.FromSeconds(29.9));
        await WriteAsync(emulator, HttpStatusCode.TooManyRequests);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await WriteAsync(emulator);
        await WriteAsync(emulator, HttpStatusCode.TooManyRequests);
        clock.Advance(TimeSpan.FromSeconds(1));
        await WriteAsync(emulator);
        Assert.Equal(
            """{"writesPerMinute":3}""", (await emulator.GetAsync("emulator/stats")).GetProperty("throttled").GetRawText());
    }

    [Fact]
    public async Task Uploads_and_reads_are_no_writes_and_each_user_has_a_minute()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { WritesPerMinute = 2 });
        string[] tokens = [await emulator.UploadAsync(TinyJpeg.Make(seed: "1")), await emulator.UploadAsync(TinyJpeg.Make(seed: "2"))];
        await emulator.GetAsync("v1/albums");
        await WriteAsync(emulator);

        // A write that fails is one too.
        await emulator.PostAsync("v1/albums", new { album = new { } }, HttpStatusCode.BadRequest);
        await emulator.CreateAsync(HttpStatusCode.TooManyRequests, tokens);
        await emulator.UploadAsync(TinyJpeg.Make());
        emulator.Authorize((await emulator.PostAsync("emulator/tokens", new { user = "other" })).Text("access_token"));
        await WriteAsync(emulator);
        await WriteAsync(emulator);
        await WriteAsync(emulator, HttpStatusCode.TooManyRequests);
        await emulator.PostAsync("emulator/limits", new { writesPerMinute = 0 });
        await WriteAsync(emulator);
    }

    [Fact]
    public async Task Writes_of_one_user_shut_each_other_out_whatever_they_are()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string token = await emulator.UploadAsync(TinyJpeg.Make());
        string other = (await emulator.PostAsync("emulator/tokens", new { user = "other" })).Text("access_token");
        TaskCompletionSource letGo = new();
        Task<HttpResponseMessage> HeldAsync(string path, object body) => emulator.Http.PostAsync(
            new Uri(path, UriKind.Relative), SlowContent.Of(JsonSerializer.SerializeToUtf8Bytes(body), letGo.Task));

        // Neither body ends before one of the two was refused, so whichever came first is at work until then.
        Task<HttpResponseMessage>[] held =
        [
            HeldAsync("v1/mediaItems:batchCreate", new { newMediaItems = new[] { new { simpleMediaItem = new { uploadToken = token } } } }),
            HeldAsync("v1/albums", Album),
        ];
        while ((await emulator.GetAsync("emulator/stats")).GetProperty("throttled").GetRawText() != """{"concurrentWrites":1}""")
        {
            await Task.Yield();
        }

        using HttpClient bare = new() { BaseAddress = emulator.Address };
        using HttpResponseMessage others = await bare.PostAsJsonAsync($"v1/albums?access_token={other}", Album);
        Assert.Equal(HttpStatusCode.OK, others.StatusCode);
        await emulator.GetAsync("v1/albums");
        letGo.SetResult();
        HttpResponseMessage[] replies = await Task.WhenAll(held);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], replies.Select(reply => reply.StatusCode).Order());
        JsonElement refused = await replies.Single(reply => !reply.IsSuccessStatusCode).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains("'concurrent write request'", refused.GetProperty("error").Text("message"), StringComparison.Ordinal);
        Array.ForEach(replies, reply => reply.Dispose());
        await WriteAsync(emulator);
    }

    [Fact]
    public async Task A_fault_for_a_quota_is_counted_under_its_name()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        foreach (string quota in (string[])["daily", "dailyMedia", "perMinute", "concurrent"])
        {
            await emulator.PostAsync("emulator/faults", new { path = "/v1/albums", quota });
            await WriteAsync(emulator, HttpStatusCode.TooManyRequests);
        }

        Assert.Equal(
            """{"concurrentWrites":1,"daily":1,"dailyMedia":1,"writesPerMinute":1}""",
            (await emulator.GetAsync("emulator/stats")).GetProperty("throttled").GetRawText());
    }
}
