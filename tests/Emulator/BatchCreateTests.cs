using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class BatchCreateTests
{
    private const string Path = "v1/mediaItems:batchCreate";

    private static object Item(string token, string? fileName = null, string? description = null) =>
        new { description, simpleMediaItem = new { uploadToken = token, fileName } };

    [Fact]
    public async Task A_new_item_tells_what_its_file_says()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string token = await emulator.UploadAsync(TinyJpeg.Make(offset: "+02:00"), "upload.jpg");
        JsonElement reply = await emulator.PostAsync(Path, new { newMediaItems = new[] { Item(token, "own.jpg", "a lake") } });

        JsonElement result = reply.GetProperty("newMediaItemResults")[0];
        Assert.Equal((token, "Success", null), (result.Text("uploadToken"), result.GetProperty("status").Text("message"), result.Code()));
        JsonElement item = result.GetProperty("mediaItem");
        Assert.False(item.Has("baseUrl"));
        Assert.Equal(("own.jpg", "a lake", "image/jpeg"), (item.Text("filename"), item.Text("description"), item.Text("mimeType")));
        JsonElement metadata = item.GetProperty("mediaMetadata");
        Assert.Equal(
            ("2013-07-26T08:11:12Z", "64", "48"), (metadata.Text("creationTime"), metadata.Text("width"), metadata.Text("height")));
        JsonElement photo = metadata.GetProperty("photo");
        Assert.Equal(("Acme", "0.008s", 200), (photo.Text("cameraMake"), photo.Text("exposureTime"), photo.GetProperty("isoEquivalent").GetInt32()));
        Assert.Equal((35d, 2.8), (photo.GetProperty("focalLength").GetDouble(), photo.GetProperty("apertureFNumber").GetDouble()));
    }

    [Fact]
    public async Task A_file_without_a_date_shows_the_upload_time_and_no_date_filter_finds_it()
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { TimeProvider = clock });
        JsonElement item = await emulator.AddAsync(TinyJpeg.Make(taken: null));
        Assert.Equal("2024-05-06T07:08:09Z", item.GetProperty("mediaMetadata").Text("creationTime"));
        Assert.Empty((await emulator.SearchAsync(
            new { filters = new { dateFilter = new { dates = new[] { new { year = 2024 } } } } })).Ids());
    }

    [Fact]
    public async Task The_same_bytes_again_are_the_same_item_under_its_first_name()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string album = (await emulator.PostAsync("v1/albums", new { album = new { title = "T" } })).Text("id");
        JsonElement first = await emulator.AddAsync(TinyJpeg.Make(), "first.jpg");
        foreach (int _ in Enumerable.Range(0, 2))
        {
            string token = await emulator.UploadAsync(TinyJpeg.Make(), "second.jpg");
            JsonElement reply = await emulator.PostAsync(Path, new { albumId = album, newMediaItems = new[] { Item(token, "third.jpg") } });
            JsonElement again = reply.GetProperty("newMediaItemResults")[0].GetProperty("mediaItem");
            Assert.Equal((first.Text("id"), "first.jpg"), (again.Text("id"), again.Text("filename")));
        }

        Assert.Equal("1", (await emulator.GetAsync($"v1/albums/{album}")).Text("mediaItemsCount"));
    }

    [Fact]
    public async Task Each_item_has_its_own_status_and_a_partial_success_is_207()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string[] tokens =
        [
            await emulator.UploadAsync(TinyJpeg.Make()),
            await emulator.UploadAsync(TinyJpeg.Make()),
            await emulator.UploadAsync("not a picture but text, long enough to be looked at"u8.ToArray()),
            "unknown",
        ];
        JsonElement reply = await emulator.CreateAsync(HttpStatusCode.MultiStatus, tokens);
        Assert.Equal(
            [null, 6, 3, 3], reply.GetProperty("newMediaItemResults").EnumerateArray().Select(result => result.Code()));
        Assert.Equal(
            "Failed: There was an error while trying to create this media item.",
            reply.GetProperty("newMediaItemResults")[2].GetProperty("status").Text("message"));
        Assert.Single((await emulator.GetAsync("v1/mediaItems")).Ids());
    }

    [Fact]
    public async Task Calls_that_break_the_rules_create_nothing()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string token = await emulator.UploadAsync(TinyJpeg.Make());
        object[] bodies =
        [
            new { newMediaItems = Array.Empty<object>() },
            new { newMediaItems = Enumerable.Repeat(Item(token), 51) },
            new { newMediaItems = new[] { Item(token, description: new string('x', 1000)) } },
            new { newMediaItems = new[] { Item(token, fileName: new string('x', 256)) } },
            new { newMediaItems = new[] { Item(token) }, albumPosition = new { position = "FIRST_IN_ALBUM" } },
            new { newMediaItems = new[] { Item(token) }, albumId = "unknown" },
        ];
        foreach (object body in bodies)
        {
            await emulator.PostAsync(Path, body, HttpStatusCode.BadRequest);
        }

        Assert.Empty((await emulator.GetAsync("v1/mediaItems")).Ids());
        await emulator.CreateAsync(HttpStatusCode.OK, token);
    }

    [Fact]
    public async Task Positions_in_an_album_are_kept()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string album = (await emulator.PostAsync("v1/albums", new { album = new { title = "T" } })).Text("id");
        async Task<string> AddAsync(string name, object position)
        {
            string token = await emulator.UploadAsync(TinyJpeg.Make(seed: name));
            JsonElement reply = await emulator.PostAsync(
                "v1/mediaItems/:batchCreate", new { albumId = album, albumPosition = position, newMediaItems = new[] { Item(token, name) } });
            return reply.GetProperty("newMediaItemResults")[0].GetProperty("mediaItem").Text("id");
        }

        string first = await AddAsync("a", new { position = "LAST_IN_ALBUM" });
        await AddAsync("b", new { position = "LAST_IN_ALBUM" });
        await AddAsync("c", new { position = "FIRST_IN_ALBUM" });
        await AddAsync("d", new { position = "AFTER_MEDIA_ITEM", relativeMediaItemId = first });
        JsonElement page = await emulator.SearchAsync(new { albumId = album });
        Assert.Equal("cadb", string.Concat(page.GetProperty("mediaItems").EnumerateArray().Select(item => item.Text("filename"))));
    }

    [Fact]
    public async Task Only_one_call_at_a_time_gets_through()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string[] tokens = [await emulator.UploadAsync(TinyJpeg.Make(seed: "1")), await emulator.UploadAsync(TinyJpeg.Make(seed: "2"))];
        await emulator.PostAsync("emulator/faults", new { path = "/v1/mediaItems:batchCreate", latencyMs = 300, count = 2 });
        HttpResponseMessage[] replies = await Task.WhenAll(tokens.Select(token =>
            emulator.Http.PostAsJsonAsync(Path, new { newMediaItems = new[] { Item(token) } })));
        try
        {
            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], replies.Select(reply => reply.StatusCode).Order());
            HttpResponseMessage refused = replies.Single(reply => reply.StatusCode == HttpStatusCode.TooManyRequests);
            JsonElement error = (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
            Assert.Equal("RESOURCE_EXHAUSTED", error.Text("status"));
            Assert.Contains("'concurrent write request'", error.Text("message"), StringComparison.Ordinal);
        }
        finally
        {
            Array.ForEach(replies, reply => reply.Dispose());
        }
    }
}
