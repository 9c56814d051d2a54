using System.Net;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

/// <summary>The bytes behind the Picker's base URLs, which nobody gets without the user's token.</summary>
public sealed class PickerMediaTests
{
    private static async Task<string> BaseUrlAsync(TestEmulator emulator, string session) =>
        (await emulator.ListAsync(session)).Items()[0].GetProperty("mediaFile").Text("baseUrl");

    private static async Task<HttpStatusCode> StatusAsync(TestEmulator emulator, string url)
    {
        using HttpResponseMessage response = await emulator.Http.GetAsync(new Uri(url));
        return response.StatusCode;
    }

    [Fact]
    public async Task They_need_a_live_token_of_the_user_with_the_scope()
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await PickerExtensions.StartAsync(
            options: new EmulatorOptions { TimeProvider = clock, BaseUrlLifetime = TimeSpan.FromHours(9) });
        await emulator.SeedAsync(new { });
        string url = await BaseUrlAsync(emulator, await emulator.PickAllAsync()) + "=d";
        string token = emulator.Http.DefaultRequestHeaders.Authorization!.Parameter!;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator, url));
        using HttpRequestMessage head = new(HttpMethod.Head, url);
        using HttpResponseMessage announced = await emulator.Http.SendAsync(head);
        Assert.True(announced.Content.Headers.ContentLength > 0);

        emulator.Authorize(null);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(emulator, url));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(emulator, $"{url}?access_token={token}"));
        await emulator.PostAsync("emulator/picker", new { unsignedMediaStatus = 403 });
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(emulator, url));
        await emulator.PostAsync("emulator/picker", new { unsignedMediaStatus = 401 });
        await emulator.BecomeAsync(scope: "photoslibrary.readonly.appcreateddata");
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(emulator, url));
        await emulator.BecomeAsync("other");
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(emulator, url));
        emulator.Authorize(token);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator, url));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(emulator, url));
    }

    [Fact]
    public async Task The_Librarys_need_none()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        Uri url = await emulator.BaseUrlAsync((await emulator.SeedAsync(new { }))[0], "=d");
        emulator.Authorize(null);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator, url.AbsoluteUri));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(emulator, url.AbsoluteUri.Replace("/lr/", "/ppa/", StringComparison.Ordinal)));
        await emulator.BecomeAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(emulator, url.AbsoluteUri.Replace("/lr/", "/ppa/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task They_grow_stale_and_the_session_gives_new_ones_while_it_is_there()
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options: new EmulatorOptions
        {
            TimeProvider = clock,
            BaseUrlLifetime = TimeSpan.FromMinutes(5),
        });
        await emulator.SeedAsync(new { foreign = true });
        string session = await emulator.PickAllAsync();
        string old = await BaseUrlAsync(emulator, session) + "=d";
        byte[] bytes = await emulator.Http.GetByteArrayAsync(new Uri(old));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(emulator, old));
        string fresh = await BaseUrlAsync(emulator, session) + "=d";
        Assert.Equal(bytes, await emulator.Http.GetByteArrayAsync(new Uri(fresh)));
        await emulator.PostAsync("emulator/base-urls/expire", new { });
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(emulator, fresh));

        // The end of a session is not the end of what it gave out.
        string last = await BaseUrlAsync(emulator, session) + "=d";
        await emulator.PostAsync($"emulator/picker/{session}/expire", new { });
        await emulator.RefusedAsync($"picker/v1/mediaItems?sessionId={session}", HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator, last));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(emulator, last));
    }

    [Fact]
    public async Task They_take_the_same_parameters_and_count_as_downloads()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        string[] ids = await emulator.SeedAsync(new object[]
        {
            new { mimeType = "video/mp4", creationTime = "2023-01-01T00:00:00Z", foreign = true },
            new { motion = true, creationTime = "2022-01-01T00:00:00Z", foreign = true },
            new { lost = true, creationTime = "2021-01-01T00:00:00Z", foreign = true },
        });
        JsonElement[] items = (await emulator.ListAsync(await emulator.PickAllAsync())).Items();
        string[] urls = [.. items.Select(item => item.GetProperty("mediaFile").Text("baseUrl"))];
        foreach ((int item, string parameters, HttpStatusCode expected, string? type) in ((int, string, HttpStatusCode, string?)[])
            [(0, "=dv", HttpStatusCode.OK, "video/mp4"), (0, "=w100-h100", HttpStatusCode.OK, "image/jpeg"), (1, "=dv", HttpStatusCode.OK, "video/mp4"),
             (1, "=d", HttpStatusCode.OK, "image/jpeg"), (1, "", HttpStatusCode.NotFound, "image/jpeg"), (1, "=w0", HttpStatusCode.BadRequest, "text/html"),
             (2, "=d", HttpStatusCode.NotFound, "image/jpeg")])
        {
            using HttpResponseMessage response = await emulator.Http.GetAsync(new Uri(urls[item] + parameters));
            Assert.Equal((expected, type), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        }

        // What comes down can be asked for without a download.
        byte[] video = await emulator.Http.GetByteArrayAsync(new Uri(urls[0] + "=dv"));
        Assert.Equal(video, await emulator.Http.GetByteArrayAsync(new Uri($"emulator/items/{ids[0]}/served", UriKind.Relative)));
        byte[] still = await emulator.Http.GetByteArrayAsync(new Uri(urls[1] + "=d"));
        Assert.Equal(still, await emulator.Http.GetByteArrayAsync(new Uri($"emulator/items/{items[1].Text("id")}/served", UriKind.Relative)));
        Assert.Equal(
            await emulator.Http.GetByteArrayAsync(new Uri(urls[1] + "=w9")),
            await emulator.Http.GetByteArrayAsync(new Uri($"emulator/items/{ids[1]}/served?parameters=w9", UriKind.Relative)));
        await emulator.RefusedAsync($"emulator/items/{ids[1]}/served?parameters=nonsense", HttpStatusCode.BadRequest);

        JsonElement downloads = await emulator.GetAsync("emulator/stats/downloads?all=true");
        Assert.Equal(
            [(ids[0], 3), (ids[1], 4)],
            downloads.GetProperty("all").EnumerateArray().Select(item => (item.Text("id"), item.GetProperty("count").GetInt32())).OrderBy(one => one.Item1 == ids[1]));
    }
}
