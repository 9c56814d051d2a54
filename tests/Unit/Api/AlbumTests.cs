using GPhotos.Core;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Api;

public sealed class AlbumTests
{
    private const string Path = "/v1/albums";

    [Fact]
    public async Task Albums_come_once_each_over_all_pages()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(
            new EmulatorOptions { RepeatAtPageSeams = true, EmptyPages = true, TrailingPageToken = true, WritesPerMinute = 0 });
        List<string> made = [];
        for (int i = 0; i < 120; i++)
        {
            made.Add((await google.Client.Albums.CreateAsync($"Album {i}")).Id);
        }

        List<Album> listed = await google.Client.Albums.ListAsync().ToListAsync();

        Assert.Equal(made.Order(StringComparer.Ordinal), listed.Select(a => a.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_lost_reply_to_create_ends_with_one_album_of_the_title()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { path = Path, method = "POST", applyThenFail = true });

        Album album = await google.Client.Albums.CreateAsync("Trip");

        Assert.Equal(album.Id, Assert.Single(await google.Client.Albums.ListAsync().ToListAsync()).Id);
        Assert.Equal("Trip", album.Title);
        Assert.Equal(1, (await google.StatisticsAsync()).Calls("albums.create"));
    }

    [Fact]
    public async Task A_create_that_never_arrived_is_tried_again()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { path = Path, method = "POST", status = 503 });

        Album album = await google.Client.Albums.CreateAsync("Trip");

        Assert.Equal(album.Id, Assert.Single(await google.Client.Albums.ListAsync().ToListAsync()).Id);
    }

    [Fact]
    public async Task A_lost_reply_makes_no_further_album_where_empty_ones_of_the_title_stood_before()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.Client.Albums.CreateAsync("Trip");
        await google.FaultAsync(new { path = Path, method = "POST", applyThenFail = true });

        Album album = await google.Client.Albums.CreateAsync("Trip");

        Assert.Equal(2, (await google.Client.Albums.ListAsync().ToListAsync()).Count);
        Assert.Equal("Trip", album.Title);
    }

    [Fact]
    public async Task A_title_that_differs_in_case_is_not_the_lost_album()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.Client.Albums.CreateAsync("TRIP");
        await google.FaultAsync(new { path = Path, method = "POST", status = 503 });

        Assert.Equal("Trip", (await google.Client.Albums.CreateAsync("Trip")).Title);
    }

    [Fact]
    public async Task A_create_that_fails_for_ever_says_so_and_leaves_nothing()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { path = Path, method = "POST", status = 503, count = 0 });

        await Assert.ThrowsAsync<ServiceUnavailableException>(() => google.Client.Albums.CreateAsync("Trip"));

        Assert.Empty(await google.Client.Albums.ListAsync().ToListAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public async Task A_title_that_Google_would_refuse_is_refused_before_a_call(int length)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        await Assert.ThrowsAsync<InvalidRequestException>(() => google.Client.Albums.CreateAsync(new string('a', length)));

        Assert.Equal(0, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task An_album_is_found_by_id_by_title_and_by_title_in_another_case()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        Album album = await google.Client.Albums.CreateAsync("Été à Nice");

        Assert.Equal(album.Id, (await google.Client.Albums.FindAsync(album.Id)).Id);
        Assert.Equal(album.Id, (await google.Client.Albums.FindAsync("Été à Nice")).Id);
        Assert.Equal(album.Id, (await google.Client.Albums.FindAsync("ÉTÉ À NICE")).Id);
    }

    [Fact]
    public async Task An_exact_title_wins_over_one_that_differs_in_case()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.Client.Albums.CreateAsync("TRIP");
        Album exact = await google.Client.Albums.CreateAsync("Trip");

        Assert.Equal(exact.Id, (await google.Client.Albums.FindAsync("Trip")).Id);
    }

    [Fact]
    public async Task A_title_that_two_albums_bear_names_both_ids()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        string[] ids = [(await google.Client.Albums.CreateAsync("Trip")).Id, (await google.Client.Albums.CreateAsync("Trip")).Id];

        AlbumTitleAmbiguousException error = await Assert.ThrowsAsync<AlbumTitleAmbiguousException>(() => google.Client.Albums.FindAsync("Trip"));

        Assert.Equal(ids.Order(StringComparer.Ordinal), error.Ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_title_that_looks_like_an_id_is_found_by_its_title()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        string title = new('a', 60);
        Album album = await google.Client.Albums.CreateAsync(title);

        Assert.Equal(album.Id, (await google.Client.Albums.FindAsync(title)).Id);
    }

    [Fact]
    public async Task An_unknown_album_is_told_by_what_was_asked_for()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        Assert.Equal("nope", (await Assert.ThrowsAsync<AlbumNotFoundException>(() => google.Client.Albums.FindAsync("nope"))).Album);
        Assert.Equal("nope", (await Assert.ThrowsAsync<AlbumNotFoundException>(() => google.Client.Albums.GetAsync("nope"))).Album);
    }

    [Fact]
    public async Task An_album_that_is_missing_is_made_once_whoever_asks_at_once()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(5) });
        GPhotosClient other = google.NewClient((await google.IssueAsync()).AccessToken);

        Album[] albums = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? google.Client : other).Albums.FindOrCreateAsync("Trip")));

        Assert.Single(albums.Select(a => a.Id).Distinct());
        Assert.Equal(1, (await google.StatisticsAsync()).Calls("albums.create"));
    }

    [Fact]
    public async Task No_album_is_made_with_a_lost_id_for_its_title()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        await Assert.ThrowsAsync<AlbumNotFoundException>(() => google.Client.Albums.FindOrCreateAsync(new string('a', 76)));

        Assert.Equal(0, (await google.StatisticsAsync()).Calls("albums.create"));
    }
}
