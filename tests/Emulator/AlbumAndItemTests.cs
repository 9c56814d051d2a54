using System.Net;
using System.Text.Json;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class AlbumAndItemTests
{
    [Fact]
    public async Task Titles_need_not_be_unique_but_not_longer_than_500()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        JsonElement one = await emulator.PostAsync("v1/albums", new { album = new { title = "T" } });
        JsonElement two = await emulator.PostAsync("v1/albums", new { album = new { title = "T" } });
        Assert.NotEqual(one.Text("id"), two.Text("id"));
        Assert.True(one.GetProperty("isWriteable").GetBoolean());
        await emulator.PostAsync("v1/albums", new { album = new { title = new string('x', 500) } });
        await emulator.PostAsync("v1/albums", new { album = new { title = new string('x', 501) } }, HttpStatusCode.BadRequest);
        JsonElement error = await emulator.RefusedAsync("v1/albums/unknown", HttpStatusCode.NotFound);
        Assert.StartsWith("The provided ID does not match any albums", error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removing_from_an_album_is_all_or_nothing()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string album = (await emulator.PostAsync("v1/albums", new { album = new { title = "T" } })).Text("id");
        string[] ids = await emulator.SeedAsync(new { albumId = album, count = 3 });
        string[] other = await emulator.SeedAsync(new { fileName = "outside.jpg" });
        string path = $"v1/albums/{album}:batchRemoveMediaItems";

        await emulator.PostAsync(path, new { mediaItemIds = new[] { ids[0], other[0] } }, HttpStatusCode.BadRequest);
        await emulator.PostAsync(path, new { mediaItemIds = new[] { ids[0], ids[0] } }, HttpStatusCode.BadRequest);
        await emulator.PostAsync(path, new { mediaItemIds = Array.Empty<string>() }, HttpStatusCode.BadRequest);
        Assert.Equal(3, (await emulator.SearchAsync(new { albumId = album })).Ids().Length);

        JsonElement reply = await emulator.PostAsync(path, new { mediaItemIds = ids[..2] });
        Assert.Equal("{}", reply.GetRawText());
        Assert.Equal(ids[2..], (await emulator.SearchAsync(new { albumId = album })).Ids());
        Assert.Equal(4, (await emulator.GetAsync("v1/mediaItems")).Ids().Length);
    }

    [Fact]
    public async Task BatchGet_answers_in_order_with_a_status_for_each_miss()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string[] ids = await emulator.SeedAsync(new { count = 2 });
        JsonElement results = (await emulator.GetAsync(
            $"v1/mediaItems:batchGet?mediaItemIds={ids[1]}&mediaItemIds=gone&mediaItemIds={ids[0]}")).GetProperty("mediaItemResults");
        Assert.Equal(ids[1], results[0].GetProperty("mediaItem").Text("id"));
        Assert.Equal((3, "Invalid media item ID."), (results[1].Code(), results[1].GetProperty("status").Text("message")));
        Assert.Equal(ids[0], results[2].GetProperty("mediaItem").Text("id"));
        Assert.False(results[0].Has("status"));
    }

    [Fact]
    public async Task BatchGet_refuses_repeats_none_and_too_many()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.RefusedAsync("v1/mediaItems:batchGet", HttpStatusCode.BadRequest);
        JsonElement repeats = await emulator.RefusedAsync("v1/mediaItems:batchGet?mediaItemIds=a&mediaItemIds=a", HttpStatusCode.BadRequest);
        Assert.Equal("Request must not contain duplicated ids", repeats.Text("message"));
        string many = string.Join('&', Enumerable.Range(0, 51).Select(number => $"mediaItemIds={number}"));
        JsonElement tooMany = await emulator.RefusedAsync("v1/mediaItems:batchGet?" + many, HttpStatusCode.BadRequest);
        Assert.Equal("Request must have less than 50 items", tooMany.Text("message"));
    }

    [Fact]
    public async Task An_item_can_be_changed_and_removed_behind_Googles_back()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string[] ids = await emulator.SeedAsync(new { fileName = "a.jpg", creationTime = "2010-01-01" });
        using HttpContent change = System.Net.Http.Json.JsonContent.Create(new { favorite = true, fileName = "CON.jpg" });
        using HttpResponseMessage changed = await emulator.Http.PatchAsync(new Uri($"emulator/items/{ids[0]}", UriKind.Relative), change);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal("CON.jpg", (await emulator.GetAsync($"v1/mediaItems/{ids[0]}")).Text("filename"));

        Uri url = await emulator.BaseUrlAsync(ids[0], "=d");
        using HttpResponseMessage removed = await emulator.Http.DeleteAsync(new Uri($"emulator/items/{ids[0]}", UriKind.Relative));
        JsonElement gone = await emulator.RefusedAsync($"v1/mediaItems/{ids[0]}", HttpStatusCode.BadRequest);
        Assert.Equal("Invalid media item ID.", gone.Text("message"));
        using HttpResponseMessage media = await emulator.Http.GetAsync(url);
        Assert.Equal(HttpStatusCode.NotFound, media.StatusCode);
        Assert.Equal("image/jpeg", media.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_page_shows_the_library_and_trusts_no_name()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.SeedAsync(new { fileName = "<script>x</script>.jpg" });
        string page = await emulator.Http.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.Contains("&lt;script&gt;x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }
}
