using GPhotos.Core;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Api;

public sealed class ListingTests
{
    [Fact]
    public async Task The_first_item_comes_before_the_second_page_is_asked_for()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 250 });
        await using IAsyncEnumerator<MediaItem> items = google.Client.MediaItems.ListAsync(new MediaItemQuery()).GetAsyncEnumerator();

        for (int i = 0; i < 100; i++)
        {
            Assert.True(await items.MoveNextAsync());
        }

        Assert.Equal(1, (await google.StatisticsAsync()).Calls("mediaItems.list"));
        Assert.True(await items.MoveNextAsync());
        Assert.Equal(2, (await google.StatisticsAsync()).Calls("mediaItems.list"));
    }

    [Fact]
    public async Task A_consumer_that_stops_after_the_first_item_costs_one_call_and_leaves_none_running()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 1000 });

        await foreach (MediaItem item in google.Client.MediaItems.ListAsync(new MediaItemQuery()))
        {
            Assert.Equal("IMG_000001.jpg", item.FileName);
            break;
        }

        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal(1, statistics.Total);
        Assert.Equal(0, statistics.InFlight);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, true, true)]
    public async Task Every_item_comes_once_whatever_the_paging_does(bool repeats, bool empty, bool trailing)
    {
        await using TestGoogle google = await TestGoogle.StartAsync(
            new EmulatorOptions { Items = 57, RepeatAtPageSeams = repeats, EmptyPages = empty, TrailingPageToken = trailing });

        List<MediaItem> items = await google.Client.MediaItems.AllAsync(new MediaItemQuery { PageSize = 10 });

        Assert.Equal(Enumerable.Range(1, 57).Select(i => $"IMG_{i:D6}.jpg"), items.Select(i => i.FileName));
    }

    [Fact]
    public async Task A_full_last_page_with_a_trailing_token_is_followed_to_its_empty_end()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 20, TrailingPageToken = true });

        List<MediaItem> items = await google.Client.MediaItems.AllAsync(new MediaItemQuery { PageSize = 10 });

        Assert.Equal(20, items.Count);
        Assert.Equal(3, (await google.StatisticsAsync()).Calls("mediaItems.list"));
    }

    [Fact]
    public async Task A_thousand_items_cost_ten_calls()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 1000 });

        Assert.Equal(1000, (await google.Client.MediaItems.AllAsync()).Count);
        Assert.Equal(10, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task An_empty_library_lists_nothing_and_does_not_fail()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        Assert.Empty(await google.Client.MediaItems.AllAsync());
        Assert.Empty(await google.Client.Albums.ListAsync().ToListAsync());
    }

    [Fact]
    public async Task An_album_lists_its_own_items_in_its_own_order()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 30 });
        Album album = await google.Client.Albums.CreateAsync("Trip");
        string[] ids =
        [
            .. await google.SeedAsync(new { fileName = "old.jpg", creationTime = "2001-01-01T00:00:00Z", albumId = album.Id }),
            .. await google.SeedAsync(new { fileName = "new.jpg", creationTime = "2024-01-01T00:00:00Z", albumId = album.Id }),
            .. await google.SeedAsync(new { fileName = "middle.jpg", creationTime = "2012-01-01T00:00:00Z", albumId = album.Id }),
        ];

        List<MediaItem> items = await google.Client.MediaItems.AllAsync(new MediaItemQuery { AlbumId = album.Id });

        Assert.Equal(ids, items.Select(i => i.Id));
    }

    [Fact]
    public async Task An_unknown_album_is_told_by_its_id()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        AlbumNotFoundException error = await Assert.ThrowsAsync<AlbumNotFoundException>(
            () => google.Client.MediaItems.AllAsync(new MediaItemQuery { AlbumId = "no-such-album" }));

        Assert.Equal("no-such-album", error.Album);
        Assert.Equal(404, error.HttpStatus);
    }

    [Fact]
    public async Task A_missing_scope_fails_before_a_call_is_spent()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        (string accessToken, _) = await google.IssueAsync("photoslibrary.appendonly");
        GPhotosClient told = google.NewClient(
            new Core.Auth.FixedTokenSource(accessToken, null), scopes: ["photoslibrary.appendonly"]);

        ScopeMissingException error = await Assert.ThrowsAsync<ScopeMissingException>(() => told.MediaItems.AllAsync());

        Assert.Equal("photoslibrary.readonly.appcreateddata", Assert.Single(error.Scopes));
        Assert.Equal(0, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task A_missing_scope_that_only_Google_knows_of_is_told_the_same_way()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        GPhotosClient client = google.NewClient((await google.IssueAsync("photoslibrary.appendonly")).AccessToken);

        ScopeMissingException error = await Assert.ThrowsAsync<ScopeMissingException>(() => client.MediaItems.AllAsync());

        Assert.Equal("photoslibrary.readonly.appcreateddata", Assert.Single(error.Scopes));
        Assert.Equal(403, error.HttpStatus);
    }

    [Fact]
    public async Task The_address_of_the_bytes_is_in_no_public_member_and_no_text()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 1 });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());

        Assert.NotNull(item.BaseUrl);
        Assert.DoesNotContain("/lr/", item.ToString(), StringComparison.Ordinal);
        Assert.All(
            typeof(MediaItem).GetProperties(),
            p => Assert.DoesNotContain(item.BaseUrl, p.GetValue(item)?.ToString() ?? "", StringComparison.Ordinal));
        Assert.DoesNotContain(item.BaseUrl, System.Text.Json.JsonSerializer.Serialize(item), StringComparison.Ordinal);
    }
}
