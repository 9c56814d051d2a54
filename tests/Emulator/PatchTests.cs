using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class PatchTests
{
    private static async Task<JsonElement> PatchAsync(
        TestEmulator emulator, string path, object body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using HttpResponseMessage response = await emulator.Http.PatchAsJsonAsync(path, body);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    [Theory]
    [InlineData("coverPhotoMediaItemId")]
    [InlineData("cover_photo_media_item_id")]
    [InlineData("title,cover_photo_media_item_id")]
    public async Task A_cover_is_set_in_either_spelling(string mask)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string album = (await emulator.PostAsync("v1/albums", new { album = new { title = "T" } })).Text("id");
        string[] ids = await emulator.SeedAsync(new { count = 3, albumId = album });
        string path = $"v1/albums/{album}";
        Assert.Equal(ids[0], (await emulator.GetAsync(path)).Text("coverPhotoMediaItemId"));
        JsonElement patched = await PatchAsync(emulator, $"{path}?updateMask={mask}", new { title = "New", coverPhotoMediaItemId = ids[2] });
        Assert.Equal(ids[2], patched.Text("coverPhotoMediaItemId"));
        Assert.Equal(mask.StartsWith("title", StringComparison.Ordinal) ? "New" : "T", patched.Text("title"));
        Assert.Equal(ids[2], (await emulator.GetAsync(path)).Text("coverPhotoMediaItemId"));
        Assert.Equal(ids, (await emulator.SearchAsync(new { albumId = album })).Ids());

        // A cover that is taken out of the album is none any more.
        await emulator.PostAsync($"{path}:batchRemoveMediaItems", new { mediaItemIds = ids[2..] });
        Assert.Equal(ids[0], (await emulator.GetAsync(path)).Text("coverPhotoMediaItemId"));
    }

    [Fact]
    public async Task Only_what_the_mask_names_is_changed_and_a_bad_call_changes_nothing()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string album = (await emulator.PostAsync("v1/albums", new { album = new { title = "T" } })).Text("id");
        string[] ids = await emulator.SeedAsync(new { count = 2, albumId = album });
        string outside = (await emulator.SeedAsync(new { }))[0];
        string path = $"v1/albums/{album}";
        JsonElement titled = await PatchAsync(emulator, $"{path}?updateMask=title", new { title = "New", coverPhotoMediaItemId = ids[1] });
        Assert.Equal(("New", ids[0]), (titled.Text("title"), titled.Text("coverPhotoMediaItemId")));
        (string Mask, object Body)[] wrong =
        [
            ("", new { title = "X" }), ("?updateMask=", new { title = "X" }), ("?updateMask=id", new { id = "x" }),
            ("?updateMask=title", new { }), ("?updateMask=title", new { title = "" }),
            ("?updateMask=title", new { title = new string('x', 501) }), ("?updateMask=title", new { name = "X" }),
            ("?updateMask=title,coverPhotoMediaItemId", new { title = "X", coverPhotoMediaItemId = outside }),
            ("?updateMask=title,coverPhotoMediaItemId", new { title = "X", coverPhotoMediaItemId = "gone" }),
            ("?updateMask=title,mediaItemsCount", new { title = "X" }),
            ("?updateMask=coverPhotoMediaItemId,title", new { title = "", coverPhotoMediaItemId = ids[1] }),
        ];
        foreach ((string mask, object body) in wrong)
        {
            await PatchAsync(emulator, path + mask, body, HttpStatusCode.BadRequest);
        }

        JsonElement after = await emulator.GetAsync(path);
        Assert.Equal(("New", ids[0]), (after.Text("title"), after.Text("coverPhotoMediaItemId")));
        await PatchAsync(emulator, "v1/albums/gone?updateMask=title", new { title = "X" }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_description_is_all_that_can_be_changed_of_an_item()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        JsonElement item = await emulator.AddAsync(TinyJpeg.Make(), "a.jpg");
        string path = $"v1/mediaItems/{item.Text("id")}";
        JsonElement patched = await PatchAsync(emulator, $"{path}?updateMask=description", new { description = "a lake", filename = "b.jpg" });
        Assert.Equal(("a lake", "a.jpg"), (patched.Text("description"), patched.Text("filename")));
        Assert.Equal("a lake", (await emulator.GetAsync(path)).Text("description"));
        await PatchAsync(emulator, $"{path}?updateMask=filename", new { filename = "b.jpg" }, HttpStatusCode.BadRequest);
        await PatchAsync(emulator, path, new { description = "x" }, HttpStatusCode.BadRequest);
        await PatchAsync(emulator, $"{path}?updateMask=description", new { description = new string('x', 1000) }, HttpStatusCode.BadRequest);
        JsonElement error = await PatchAsync(
            emulator, "v1/mediaItems/gone?updateMask=description", new { description = "x" }, HttpStatusCode.BadRequest);
        Assert.Equal("Invalid media item ID.", error.GetProperty("error").Text("message"));
        Assert.Equal("a lake", (await emulator.GetAsync(path)).Text("description"));
        await PatchAsync(emulator, $"{path}?updateMask=description", new { description = new string('x', 999) });
        await PatchAsync(emulator, $"{path}?updateMask=description", new { });
        Assert.False((await emulator.GetAsync(path)).Has("description"));
    }

    [Theory]
    [InlineData("PATCH", "v1/albums/x?updateMask=title", "UpdateAlbum", "photoslibrary.appendonly", "photoslibrary.edit.appcreateddata")]
    [InlineData("PATCH", "v1/mediaItems/x?updateMask=description", "UpdateMediaItem", "photoslibrary.appendonly", "photoslibrary.edit.appcreateddata")]
    [InlineData("POST", "v1/albums/x:addEnrichment", "AddEnrichmentToAlbum", "photoslibrary.readonly.appcreateddata", "photoslibrary.appendonly")]
    [InlineData("POST", "v1/albums/x:addEnrichment", "AddEnrichmentToAlbum", "photoslibrary.readonly.appcreateddata", "photoslibrary.edit.appcreateddata")]
    [InlineData("POST", "v1/albums/x:batchAddMediaItems", "BatchAddMediaItemsToAlbum", "photoslibrary.readonly.appcreateddata", "photoslibrary.appendonly")]
    [InlineData("POST", "v1/albums/x:batchAddMediaItems", "BatchAddMediaItemsToAlbum", "photoslibrary.readonly.appcreateddata", "photoslibrary.edit.appcreateddata")]
    [InlineData("POST", "v1/albums/x:batchRemoveMediaItems", "BatchRemoveMediaItemsFromAlbum", "photoslibrary.appendonly", "photoslibrary.edit.appcreateddata")]
    public async Task Each_method_asks_for_its_scope(string method, string path, string rpc, string wrong, string right)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        async Task<(HttpStatusCode Status, string Body)> CallAsync(string scope)
        {
            emulator.Authorize((await emulator.IssueAsync(scope)).AccessToken);
            using HttpRequestMessage request = new(new HttpMethod(method), path) { Content = JsonContent.Create(new { }) };
            using HttpResponseMessage response = await emulator.Http.SendAsync(request);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }

        (HttpStatusCode refused, string body) = await CallAsync(wrong);
        Assert.Equal(HttpStatusCode.Forbidden, refused);
        Assert.Contains($".PhotosLibrary.{rpc}\"", body, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.Forbidden, (await CallAsync(right)).Status);
    }

    [Theory]
    [InlineData("PATCH", "v1/albums/x")]
    [InlineData("PATCH", "v1/mediaItems/x")]
    [InlineData("POST", "v1/albums")]
    [InlineData("POST", "v1/albums/x:addEnrichment")]
    [InlineData("POST", "v1/albums/x:batchAddMediaItems")]
    [InlineData("POST", "v1/albums/x:batchRemoveMediaItems")]
    [InlineData("POST", "v1/mediaItems:batchCreate")]
    public async Task Each_of_them_is_a_write(string method, string path)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { WritesPerMinute = 1 });
        foreach (bool first in (bool[])[true, false])
        {
            using HttpRequestMessage request = new(new HttpMethod(method), path) { Content = JsonContent.Create(new { }) };
            using HttpResponseMessage response = await emulator.Http.SendAsync(request);
            Assert.Equal(!first, response.StatusCode == HttpStatusCode.TooManyRequests);
        }
    }
}
