using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class VideoStateTests
{
    private static async Task<(string State, HttpStatusCode Answer)> LookAsync(TestEmulator emulator, string id)
    {
        JsonElement item = await emulator.GetAsync($"v1/mediaItems/{id}");
        using HttpResponseMessage response = await emulator.Http.GetAsync(await emulator.BaseUrlAsync(id, "=dv"));
        return (item.GetProperty("mediaMetadata").GetProperty("video").Text("status"), response.StatusCode);
    }

    [Fact]
    public async Task A_video_is_ready_when_the_emulators_clock_says_so()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.SeedAsync(new { mimeType = "video/mp4", processingSeconds = 600 }))[0];
        Assert.Equal(("PROCESSING", HttpStatusCode.NotFound), await LookAsync(emulator, id));
        await emulator.PostAsync("emulator/clock", new { advanceSeconds = 500, keepAccessTokens = true });
        Assert.Equal(("PROCESSING", HttpStatusCode.NotFound), await LookAsync(emulator, id));
        await emulator.PostAsync("emulator/clock", new { advanceSeconds = 101, keepAccessTokens = true });
        Assert.Equal(("READY", HttpStatusCode.OK), await LookAsync(emulator, id));
    }

    [Fact]
    public async Task A_failed_video_gives_a_picture_and_no_video()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.SeedAsync(new { mimeType = "video/mp4", failed = true, processingSeconds = 60 }))[0];
        Assert.Equal(("PROCESSING", HttpStatusCode.NotFound), await LookAsync(emulator, id));
        await emulator.PostAsync("emulator/clock", new { advanceSeconds = 61 });
        Assert.Equal(("FAILED", HttpStatusCode.NotFound), await LookAsync(emulator, id));
        using HttpResponseMessage still = await emulator.Http.GetAsync(await emulator.BaseUrlAsync(id, "=w100-h100"));
        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (still.StatusCode, still.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task A_ready_video_can_go_back_to_processing()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.SeedAsync(new { mimeType = "video/mp4" }))[0];
        Assert.Equal(("READY", HttpStatusCode.OK), await LookAsync(emulator, id));
        using HttpResponseMessage changed = await emulator.Http.PatchAsJsonAsync($"emulator/items/{id}", new { processingSeconds = 60 });
        Assert.Equal(("PROCESSING", HttpStatusCode.NotFound), await LookAsync(emulator, id));
    }

    [Theory]
    [InlineData("""{"failed":true}""")]
    [InlineData("""{"processingSeconds":1}""")]
    [InlineData("""{"mimeType":"video/mp4","processingSeconds":-1}""")]
    public async Task Only_videos_are_processed_and_not_into_the_past(string description)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.PostAsync("emulator/items", JsonDocument.Parse(description).RootElement, HttpStatusCode.BadRequest);
    }
}
