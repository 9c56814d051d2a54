using System.Net;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class PagingTests
{
    private static async Task<List<JsonElement>> AllPagesAsync(TestEmulator emulator, int pageSize)
    {
        List<JsonElement> pages = [];
        string? token = null;
        do
        {
            pages.Add(await emulator.GetAsync($"v1/mediaItems?pageSize={pageSize}&pageToken={token}"));
            token = pages[^1].NextPageToken();
        }
        while (token is not null);
        return pages;
    }

    [Fact]
    public async Task Pages_cover_the_library_once_newest_first()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { Items = 250 });
        List<JsonElement> pages = await AllPagesAsync(emulator, 100);

        Assert.Equal([100, 100, 50], pages.Select(page => page.Ids().Length));
        Assert.Equal(250, pages.SelectMany(page => page.Ids()).Distinct().Count());
        List<string> times = [.. pages.SelectMany(page => page.GetProperty("mediaItems").EnumerateArray())
            .Select(item => item.GetProperty("mediaMetadata").Text("creationTime"))];
        Assert.Equal(times.OrderDescending(), times);
        Assert.Equal("2020-01-01T00:00:00Z", times[0]);
    }

    [Fact]
    public async Task An_empty_library_is_an_empty_object_and_defaults_are_25_and_20()
    {
        await using TestEmulator empty = await TestEmulator.StartAsync();
        Assert.Equal("{}", (await empty.GetAsync("v1/mediaItems")).GetRawText());
        Assert.Equal("{}", (await empty.GetAsync("v1/albums")).GetRawText());

        await empty.SeedAsync(new { fileName = "a.jpg", count = 30 });
        Assert.Equal(25, (await empty.GetAsync("v1/mediaItems")).Ids().Length);
        for (int number = 0; number < 21; number++)
        {
            await empty.PostAsync("v1/albums", new { album = new { title = "same" } });
        }

        Assert.Equal(20, (await empty.GetAsync("v1/albums")).Ids("albums").Length);
    }

    [Theory]
    [InlineData("v1/mediaItems?pageSize=101")]
    [InlineData("v1/albums?pageSize=51")]
    [InlineData("v1/mediaItems?pageSize=-1")]
    [InlineData("v1/mediaItems?pageSize=many")]
    [InlineData("v1/mediaItems?pageToken=nonsense")]
    public async Task Page_sizes_and_tokens_out_of_bounds_are_refused(string path)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        Assert.Equal("INVALID_ARGUMENT", (await emulator.RefusedAsync(path, HttpStatusCode.BadRequest)).Text("status"));
    }

    [Fact]
    public async Task A_token_belongs_to_its_method_and_parameters()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { Items = 10 });
        string token = (await emulator.GetAsync("v1/mediaItems?pageSize=3")).NextPageToken()!;

        await emulator.GetAsync($"v1/mediaItems?pageSize=3&pageToken={token}");
        await emulator.RefusedAsync($"v1/mediaItems?pageSize=4&pageToken={token}", HttpStatusCode.BadRequest);
        await emulator.SearchAsync(new { pageSize = 3, pageToken = token }, HttpStatusCode.BadRequest);

        string searched = (await emulator.SearchAsync(new { pageSize = 3 })).NextPageToken()!;
        await emulator.SearchAsync(new { pageSize = 3, pageToken = searched });
        await emulator.SearchAsync(
            new { pageSize = 3, pageToken = searched, filters = new { includeArchivedMedia = true } }, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_listing_goes_on_where_it_was_when_newer_items_come_in()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { Items = 4 });
        JsonElement first = await emulator.GetAsync("v1/mediaItems?pageSize=2");
        await emulator.SeedAsync(new { creationTime = "2021-01-01T00:00:00Z" });
        JsonElement second = await emulator.GetAsync($"v1/mediaItems?pageSize=2&pageToken={first.NextPageToken()}");

        Assert.Equal(4, first.Ids().Concat(second.Ids()).Distinct().Count());
        Assert.Null(second.NextPageToken());
    }

    [Fact]
    public async Task Empty_pages_carry_a_token()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { Items = 6, EmptyPages = true });
        List<JsonElement> pages = await AllPagesAsync(emulator, 2);
        Assert.Equal([2, 0, 2, 0, 2], pages.Select(page => page.Ids().Length));
        Assert.False(pages[1].Has("mediaItems"));
    }

    [Fact]
    public async Task Short_pages_are_not_the_last()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { Items = 10, ShortPages = true });
        List<JsonElement> pages = await AllPagesAsync(emulator, 4);
        Assert.Equal([2, 4, 2, 2], pages.Select(page => page.Ids().Length));
        Assert.Equal(10, pages.SelectMany(page => page.Ids()).Distinct().Count());
    }

    [Fact]
    public async Task A_trailing_token_leads_to_an_empty_object()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { Items = 4, TrailingPageToken = true });
        List<JsonElement> pages = await AllPagesAsync(emulator, 2);
        Assert.Equal([2, 2, 0], pages.Select(page => page.Ids().Length));
        Assert.Equal("{}", pages[2].GetRawText());
    }

    [Fact]
    public async Task Repeats_come_at_the_seams_and_nothing_is_lost()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { Items = 9, RepeatAtPageSeams = true });
        List<string[]> pages = [.. (await AllPagesAsync(emulator, 3)).Select(page => page.Ids())];
        Assert.Equal(9, pages.SelectMany(ids => ids).Distinct().Count());
        Assert.All(pages.Zip(pages.Skip(1)), seam => Assert.Equal(seam.First[^1], seam.Second[0]));
        Assert.All(pages, ids => Assert.InRange(ids.Length, 1, 3));
    }

    [Fact]
    public async Task Ids_look_like_Googles()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { Items = 2 });
        JsonElement album = await emulator.PostAsync("v1/albums", new { album = new { title = "T" } });
        JsonElement item = (await emulator.GetAsync("v1/mediaItems")).GetProperty("mediaItems")[0];
        Assert.Matches("^[A-Za-z0-9_-]{76}$", album.Text("id"));
        Assert.Matches("^[A-Za-z0-9_-]{98}$", item.Text("id"));
        Assert.Equal(JsonValueKind.String, item.GetProperty("mediaMetadata").GetProperty("width").ValueKind);
        Assert.InRange(item.Text("baseUrl").Length, 250, 600);
        Assert.False(album.Has("mediaItemsCount"));
    }
}
