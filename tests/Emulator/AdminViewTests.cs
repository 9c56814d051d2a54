using System.Security.Cryptography;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class AdminViewTests
{
    [Fact]
    public async Task Albums_and_items_are_shown_with_their_hashes_and_cost_no_call()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions());
        string album = (await emulator.PostAsync("v1/albums", new { album = new { title = "Trip" } })).Text("id");
        byte[][] files = [TinyJpeg.Make(taken: "2020:01:01 00:00:00"), TinyJpeg.Make(taken: "2010:01:01 00:00:00")];
        foreach (byte[] file in files)
        {
            string token = await emulator.UploadAsync(file);
            string name = file == files[0] ? "new.jpg" : "old.jpg";
            await emulator.PostAsync("v1/mediaItems:batchCreate", new
            {
                albumId = album,
                albumPosition = new { position = "FIRST_IN_ALBUM" },
                newMediaItems = new[] { new { description = "about " + name, simpleMediaItem = new { uploadToken = token, fileName = name } } },
            });
        }

        string used = (await emulator.GetAsync("emulator/limits")).GetProperty("usedToday").GetRawText();
        JsonElement[] items = [.. (await emulator.GetAsync($"emulator/albums/{album}/items")).EnumerateArray()];
        Assert.Equal(["old.jpg", "new.jpg"], items.Select(item => item.Text("fileName")));
        Assert.Equal(files.Reverse().Select(file => Convert.ToHexStringLower(SHA256.HashData(file))), items.Select(item => item.Text("sha256")));
        Assert.Equal(["about old.jpg", "about new.jpg"], items.Select(item => item.Text("description")));
        Assert.All(items, item => Assert.False(item.GetProperty("foreign").GetBoolean()));
        JsonElement shown = (await emulator.GetAsync("emulator/albums"))[0];
        Assert.Equal(("Trip", "user", "emulator-project"), (shown.Text("title"), shown.Text("user"), shown.Text("project")));
        Assert.Equal(
            items.Select(item => item.Text("id")), shown.GetProperty("mediaItemIds").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(used, (await emulator.GetAsync("emulator/limits")).GetProperty("usedToday").GetRawText());
        JsonElement stats = await emulator.GetAsync("emulator/stats");
        Assert.Equal((5, 2, files.Sum(file => (long)file.Length)), (
            stats.GetProperty("libraryCalls").GetInt32(),
            stats.GetProperty("batchCreateItems").GetInt32(),
            stats.GetProperty("uploadBytes").GetInt64()));
    }

    [Fact]
    public async Task An_unknown_album_is_not_found()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.RefusedAsync("emulator/albums/none", System.Net.HttpStatusCode.NotFound);
        await emulator.RefusedAsync("emulator/albums/none/items", System.Net.HttpStatusCode.NotFound);
    }
}
