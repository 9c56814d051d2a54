using System.Net;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class AlbumContentTests
{
    private static async Task<string> AlbumAsync(TestEmulator emulator) =>
        (await emulator.PostAsync("v1/albums", new { album = new { title = "T" } })).Text("id");

    private static async Task<string[]> ContentAsync(TestEmulator emulator, string album) =>
        (await emulator.SearchAsync(new { albumId = album, pageSize = 100 })).Ids();

    private static async Task<string> MessageAsync(
        TestEmulator emulator, string path, object body, HttpStatusCode expected = HttpStatusCode.BadRequest) =>
        (await emulator.PostAsync(path, body, expected)).GetProperty("error").Text("message");

    [Fact]
    public async Task Items_are_added_at_the_end_in_order_and_once()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string album = await AlbumAsync(emulator);
        string[] ids = await emulator.SeedAsync(new { count = 4 });
        string path = $"v1/albums/{album}:batchAddMediaItems";
        JsonElement reply = await emulator.PostAsync(path, new { mediaItemIds = new[] { ids[2], ids[0] } });
        Assert.Equal("{}", reply.GetRawText());
        await emulator.PostAsync(path, new { mediaItemIds = new[] { ids[3], ids[0], ids[1] } });
        Assert.Equal([ids[2], ids[0], ids[3], ids[1]], await ContentAsync(emulator, album));
        Assert.Equal("4", (await emulator.GetAsync($"v1/albums/{album}")).Text("mediaItemsCount"));
    }

    [Theory]
    [InlineData("batchAddMediaItems")]
    [InlineData("batchRemoveMediaItems")]
    public async Task A_batch_is_done_whole_or_not_at_all(string method)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string album = await AlbumAsync(emulator);
        bool adding = method == "batchAddMediaItems";
        string[] ids = await emulator.SeedAsync(adding ? new { count = 51 } : new { count = 51, albumId = album });
        string[] before = await ContentAsync(emulator, album);
        string path = $"v1/albums/{album}:{method}";
        Assert.Equal("Request contains an invalid media item id.", await MessageAsync(emulator, path, new { mediaItemIds = new[] { ids[0], "gone" } }));
        Assert.Equal("Request must not contain duplicated ids", await MessageAsync(emulator, path, new { mediaItemIds = new[] { ids[0], ids[0] } }));
        Assert.Equal("Request must have less than 50 items", await MessageAsync(emulator, path, new { mediaItemIds = ids }));
        await emulator.PostAsync(path, new { mediaItemIds = Array.Empty<string>() }, HttpStatusCode.BadRequest);
        Assert.StartsWith(
            "The provided ID does not match any albums",
            await MessageAsync(emulator, $"v1/albums/gone:{method}", new { mediaItemIds = ids[..1] }, HttpStatusCode.NotFound),
            StringComparison.Ordinal);
        Assert.Equal(before, await ContentAsync(emulator, album));

        await emulator.PostAsync(path, new { mediaItemIds = ids[..50] });
        Assert.Equal(adding ? ids[..50] : ids[50..], await ContentAsync(emulator, album));
    }

    [Fact]
    public async Task Enrichments_stand_between_the_items_where_they_were_put()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string album = await AlbumAsync(emulator);
        string[] ids = await emulator.SeedAsync(new { count = 2, albumId = album });
        async Task<string> AddAsync(object enrichment, object position) => (await emulator.PostAsync(
            $"v1/albums/{album}:addEnrichment",
            new { newEnrichmentItem = enrichment, albumPosition = position })).GetProperty("enrichmentItem").Text("id");

        object place = new { locationName = "Lac", latlng = new { latitude = 46.5, longitude = -6.25 } };
        string first = await AddAsync(new { textEnrichment = new { text = "one" } }, new { position = "FIRST_IN_ALBUM" });
        string last = await AddAsync(new { textEnrichment = new { text = "two" } }, new { position = "LAST_IN_ALBUM" });
        string map = await AddAsync(
            new { mapEnrichment = new { origin = place, destination = place } },
            new { position = "AFTER_MEDIA_ITEM", relativeMediaItemId = ids[0] });
        string location = await AddAsync(
            new { locationEnrichment = new { location = place } },
            new { position = "AFTER_ENRICHMENT_ITEM", relativeEnrichmentItemId = first });
        JsonElement entries = (await emulator.GetAsync($"emulator/albums/{album}")).GetProperty("entries");
        Assert.Equal(
            [first, location, ids[0], map, ids[1], last],
            entries.EnumerateArray().Select(entry => entry.TryGetProperty("enrichment", out JsonElement one) ? one.Text("id") : entry.Text("mediaItemId")));
        JsonElement[] all = [.. entries.EnumerateArray()];
        Assert.Equal("one", all[0].GetProperty("enrichment").Text("text"));
        JsonElement shown = all[1].GetProperty("enrichment").GetProperty("location");
        Assert.Equal(("Lac", 46.5, -6.25), (shown.Text("name"), shown.GetProperty("latitude").GetDouble(), shown.GetProperty("longitude").GetDouble()));
        Assert.Equal("Lac", all[3].GetProperty("enrichment").GetProperty("destination").Text("name"));
        Assert.Equal(ids, await ContentAsync(emulator, album));

        // Items can be put behind an enrichment too.
        string token = await emulator.UploadAsync(TinyJpeg.Make());
        await emulator.PostAsync("v1/mediaItems:batchCreate", new
        {
            albumId = album,
            albumPosition = new { position = "AFTER_ENRICHMENT_ITEM", relativeEnrichmentItemId = map },
            newMediaItems = new[] { new { simpleMediaItem = new { uploadToken = token } } },
        });
        string[] content = await ContentAsync(emulator, album);
        Assert.Equal((ids[0], ids[1]), (content[0], content[2]));
        string page = await emulator.Http.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.Contains("two", page, StringComparison.Ordinal);
        Assert.Contains("Lac", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enrichments_that_break_a_rule_are_refused()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string album = await AlbumAsync(emulator);
        string[] ids = await emulator.SeedAsync(new { });
        object last = new { position = "LAST_IN_ALBUM" };
        object text = new { textEnrichment = new { text = "x" } };
        object At(double latitude, double longitude) =>
            new { locationEnrichment = new { location = new { locationName = "x", latlng = new { latitude, longitude } } } };
        (object? Item, object? Position)[] wrong =
        [
            (null, last), (text, null), (new { }, last),
            (new { textEnrichment = new { text = "x" }, locationEnrichment = new { location = new { locationName = "x" } } }, last),
            (new { textEnrichment = new { text = "" } }, last), (new { textEnrichment = new { text = new string('x', 501) } }, last),
            (At(90.1, 0), last), (At(0, -180.1), last),
            (new { locationEnrichment = new { location = new { locationName = "x" } } }, last),
            (new { mapEnrichment = new { origin = new { locationName = "x", latlng = new { } } } }, last),
            (text, new { position = "AFTER_MEDIA_ITEM", relativeMediaItemId = ids[0] }), (text, new { position = "AFTER_ENRICHMENT_ITEM" }),
            (text, new { position = "FIRST_IN_ALBUM", relativeEnrichmentItemId = "x" }), (text, new { position = "NOWHERE" }),
        ];
        foreach ((object? item, object? position) in wrong)
        {
            await emulator.PostAsync(
                $"v1/albums/{album}:addEnrichment", new { newEnrichmentItem = item, albumPosition = position }, HttpStatusCode.BadRequest);
        }

        await emulator.PostAsync(
            "v1/albums/gone:addEnrichment", new { newEnrichmentItem = text, albumPosition = last }, HttpStatusCode.NotFound);
        foreach (object right in (object[])[At(90, -180), new { textEnrichment = new { text = new string('x', 500) } }])
        {
            await emulator.PostAsync($"v1/albums/{album}:addEnrichment", new { newEnrichmentItem = right, albumPosition = last });
        }

        JsonElement entries = (await emulator.GetAsync($"emulator/albums/{album}")).GetProperty("entries");
        Assert.Equal(2, entries.GetArrayLength());
    }

    [Fact]
    public async Task A_full_album_refuses_the_whole_call_and_takes_what_is_in_it_already()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { AlbumCapacity = 3 });
        string album = await AlbumAsync(emulator);
        string[] ids = await emulator.SeedAsync(new { count = 4 });
        string path = $"v1/albums/{album}:batchAddMediaItems";
        await emulator.PostAsync(path, new { mediaItemIds = ids[..2] });
        await emulator.PostAsync(path, new { mediaItemIds = ids[2..] }, HttpStatusCode.BadRequest);
        Assert.Equal(ids[..2], await ContentAsync(emulator, album));

        string[] tokens = [await emulator.UploadAsync(TinyJpeg.Make(seed: "1")), await emulator.UploadAsync(TinyJpeg.Make(seed: "2"))];
        object Batch(params string[] wanted) =>
            new { albumId = album, newMediaItems = wanted.Select(token => new { simpleMediaItem = new { uploadToken = token } }) };
        JsonElement error = (await emulator.PostAsync("v1/mediaItems:batchCreate", Batch(tokens), HttpStatusCode.BadRequest)).GetProperty("error");
        Assert.Equal("INVALID_ARGUMENT", error.Text("status"));
        Assert.Equal(4, (await emulator.GetAsync("v1/mediaItems")).Ids().Length);

        // The tokens were not used up, and one of the two still fits; what was no media takes no room.
        string noMedia = await emulator.UploadAsync("not a picture but text, long enough to be looked at"u8.ToArray());
        await emulator.PostAsync("v1/mediaItems:batchCreate", Batch(tokens[0], noMedia), HttpStatusCode.MultiStatus);
        await emulator.PostAsync(path, new { mediaItemIds = ids[..2] });
        string again = await emulator.UploadAsync(TinyJpeg.Make(seed: "1"));
        await emulator.PostAsync("v1/mediaItems:batchCreate", Batch(again));
        Assert.Equal(3, (await ContentAsync(emulator, album)).Length);
    }
}
