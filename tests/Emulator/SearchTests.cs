using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class SearchTests
{
    private static JsonNode Dates(string filter, string more = "") =>
        JsonNode.Parse($$"""{"filters":{"dateFilter":{{filter}}}{{more}}}""")!;

    private static async Task<TestEmulator> WithDatedItemsAsync()
    {
        TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.SeedAsync(new object[]
        {
            new { fileName = "a", creationTime = "2017-10-05T23:59:59Z" },
            new { fileName = "b", creationTime = "2017-10-06T00:00:00Z" },
            new { fileName = "c", creationTime = "2017-11-05T12:00:00Z" },
            new { fileName = "d", creationTime = "2018-10-05T12:00:00Z" },
            new { fileName = "e", creationTime = "2017-10-05T12:00:00Z", noCaptureDate = true },
        });
        return emulator;
    }

    private static async Task<string> NamesAsync(TestEmulator emulator, object body)
    {
        JsonElement page = await emulator.SearchAsync(body);
        return !page.Has("mediaItems") ? "" : string.Concat(
            page.GetProperty("mediaItems").EnumerateArray().Select(item => item.Text("filename")));
    }

    [Theory]
    [InlineData("""{"dates":[{"year":2017,"month":10,"day":5}]}""", "a")]
    [InlineData("""{"dates":[{"year":2017,"month":10}]}""", "ba")]
    [InlineData("""{"dates":[{"year":2017}]}""", "cba")]
    [InlineData("""{"dates":[{"month":10,"day":5}]}""", "da")]
    [InlineData("""{"dates":[{"year":2018},{"year":2017,"month":11}]}""", "dc")]
    [InlineData("""{"ranges":[{"startDate":{"year":2017,"month":10,"day":6},"endDate":{"year":2017,"month":11,"day":5}}]}""", "cb")]
    [InlineData("""{"ranges":[{"startDate":{"year":2017},"endDate":{"year":2018}}]}""", "dcba")]
    [InlineData("""{"ranges":[{"startDate":{"month":10,"day":6},"endDate":{"month":12,"day":31}}]}""", "cb")]
    public async Task Date_filters_take_wildcards_and_utc_days(string filter, string expected)
    {
        await using TestEmulator emulator = await WithDatedItemsAsync();
        Assert.Equal(expected, await NamesAsync(emulator, Dates(filter)));
    }

    [Theory]
    [InlineData("""{"dates":[{}]}""")]
    [InlineData("""{"dates":[{"year":2017,"day":5}]}""")]
    [InlineData("""{"dates":[{"month":5}]}""")]
    [InlineData("""{"dates":[{"day":5}]}""")]
    [InlineData("""{"dates":[{"year":2017,"month":13}]}""")]
    [InlineData("""{"dates":[{"year":1},{"year":1},{"year":1},{"year":1},{"year":1},{"year":1}]}""")]
    [InlineData("""{"ranges":[{"startDate":{"year":2017},"endDate":{"year":2018,"month":1}}]}""")]
    [InlineData("""{"ranges":[{"startDate":{"year":2018},"endDate":{"year":2017}}]}""")]
    [InlineData("""{"ranges":[{"startDate":{"year":2018}}]}""")]
    public async Task Date_filters_that_Google_refuses_are_refused(string filter)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.SearchAsync(Dates(filter), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Order_goes_with_a_date_filter_only()
    {
        await using TestEmulator emulator = await WithDatedItemsAsync();
        const string Year = """{"dates":[{"year":2017}]}""";
        Assert.Equal("abc", await NamesAsync(emulator, Dates(Year, ""","orderBy":"MediaMetadata.creation_time" """)));
        Assert.Equal("cba", await NamesAsync(emulator, Dates(Year, ""","orderBy":"MediaMetadata.creation_time desc" """)));
        await emulator.SearchAsync(new { orderBy = "MediaMetadata.creation_time" }, HttpStatusCode.BadRequest);
        await emulator.SearchAsync(Dates(Year, ""","orderBy":"filename" """), HttpStatusCode.BadRequest);
        JsonNode both = Dates(Year, ""","orderBy":"MediaMetadata.creation_time" """);
        both["filters"]!["featureFilter"] = JsonNode.Parse("""{"includedFeatures":["FAVORITES"]}""");
        await emulator.SearchAsync(both, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Oldest_first_pages_cover_everything_once()
    {
        await using TestEmulator emulator = await WithDatedItemsAsync();
        string names = "";
        string? token = null;
        do
        {
            JsonNode body = Dates("""{"dates":[{"year":2017},{"year":2018}]}""", ""","orderBy":"MediaMetadata.creation_time","pageSize":1""");
            body["pageToken"] = token;
            JsonElement page = await emulator.SearchAsync(body);
            names += page.GetProperty("mediaItems")[0].Text("filename");
            token = page.NextPageToken();
        }
        while (token is not null);
        Assert.Equal("abcd", names);
    }

    [Theory]
    [InlineData("""{"contentFilter":{"includedContentCategories":["PETS","FOOD"]}}""", "fp")]
    [InlineData("""{"contentFilter":{"excludedContentCategories":["FOOD"]}}""", "vp")]
    [InlineData("""{"contentFilter":{"includedContentCategories":["NONE"]}}""", "vfp")]
    [InlineData("""{"contentFilter":{"includedContentCategories":["NONE","PETS"]}}""", "p")]
    [InlineData("""{"mediaTypeFilter":{"mediaTypes":["VIDEO"]}}""", "v")]
    [InlineData("""{"mediaTypeFilter":{"mediaTypes":["PHOTO"]}}""", "fp")]
    [InlineData("""{"mediaTypeFilter":{"mediaTypes":["ALL_MEDIA"]}}""", "vfp")]
    [InlineData("""{"featureFilter":{"includedFeatures":["FAVORITES"]}}""", "p")]
    [InlineData("""{"includeArchivedMedia":true}""", "zvfp")]
    [InlineData("""{"excludeNonAppCreatedData":true}""", "vfp")]
    public async Task Other_filters_are_anded(string filters, string expected)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.SeedAsync(new object[]
        {
            new { fileName = "p", creationTime = "2017-01-01", categories = new[] { "PETS" }, favorite = true },
            new { fileName = "f", creationTime = "2017-01-02", categories = new[] { "FOOD" } },
            new { fileName = "v", creationTime = "2017-01-03", mimeType = "video/mp4" },
            new { fileName = "z", creationTime = "2017-01-04", archived = true },
        });
        Assert.Equal(expected, await NamesAsync(emulator, new JsonObject { ["filters"] = JsonNode.Parse(filters) }));
    }

    [Theory]
    [InlineData("""{"filters":{"mediaTypeFilter":{"mediaTypes":["VIDEO","PHOTO"]}}}""")]
    [InlineData("""{"filters":{"contentFilter":{"includedContentCategories":["PETS"],"excludedContentCategories":["PETS"]}}}""")]
    [InlineData("""{"filters":{"contentFilter":{"includedContentCategories":["DRAGONS"]}}}""")]
    [InlineData("""{"filters":{"dateFilters":{}}}""")]
    [InlineData("""{"pageSize":"ten"}""")]
    [InlineData("""{"colour":"red"}""")]
    public async Task Requests_that_Google_does_not_understand_are_refused(string body)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.SearchAsync(JsonNode.Parse(body)!, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_album_is_searched_in_its_own_order_and_without_filters()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string album = (await emulator.PostAsync("v1/albums", new { album = new { title = "T" } })).Text("id");
        await emulator.SeedAsync(new { fileName = "1", creationTime = "2001-01-01", albumId = album });
        await emulator.SeedAsync(new { fileName = "2", creationTime = "2003-01-01", albumId = album });
        await emulator.SeedAsync(new { fileName = "3", creationTime = "2002-01-01", albumId = album });

        Assert.Equal("123", await NamesAsync(emulator, new { albumId = album }));
        await emulator.SearchAsync(new { albumId = album, filters = new { includeArchivedMedia = true } }, HttpStatusCode.BadRequest);
        await emulator.SearchAsync(new { albumId = "unknown" }, HttpStatusCode.NotFound);
        JsonElement first = await emulator.SearchAsync(new { albumId = album, pageSize = 2 });
        Assert.Equal("3", await NamesAsync(emulator, new { albumId = album, pageSize = 2, pageToken = first.NextPageToken() }));
    }
}
