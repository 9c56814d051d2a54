using GPhotos.Tests.Support;

namespace GPhotos.Tests.Api;

public sealed class FilterTests : IAsyncLifetime
{
    private TestGoogle _google = null!;

    public async Task InitializeAsync()
    {
        _google = await TestGoogle.StartAsync();
        await _google.SeedAsync(new { fileName = "xmas16.jpg", creationTime = "2016-12-25T12:00:00Z", categories = new[] { "HOLIDAYS", "PEOPLE" } });
        await _google.SeedAsync(new { fileName = "oct17.jpg", creationTime = "2017-10-05T12:00:00Z", categories = new[] { "LANDSCAPES" }, favorite = true });
        await _google.SeedAsync(new { fileName = "oct17.mp4", mimeType = "video/mp4", creationTime = "2017-10-06T12:00:00Z" });
        await _google.SeedAsync(new { fileName = "xmas17.jpg", creationTime = "2017-12-25T12:00:00Z", categories = new[] { "PEOPLE" }, favorite = true });
        await _google.SeedAsync(new { fileName = "hidden.jpg", creationTime = "2018-01-01T12:00:00Z", archived = true });
        // Without a capture date the upload stands in: the newest of all, and found by no date.
        await _google.SeedAsync(new { fileName = "scan.jpg", creationTime = "2017-10-05T13:00:00Z", noCaptureDate = true });
    }

    public async Task DisposeAsync() => await _google.DisposeAsync();

    [Theory]
    [InlineData("2017-10-05", "oct17.jpg")]
    [InlineData("2017-10", "oct17.mp4 oct17.jpg")]
    [InlineData("2017", "xmas17.jpg oct17.mp4 oct17.jpg")]
    [InlineData("*-12-25", "xmas17.jpg xmas16.jpg")]
    [InlineData("1999", "")]
    public Task A_date_finds_what_was_taken_then(string date, string expected) =>
        FindsAsync(expected, new MediaItemQuery { Dates = [PhotoDate.Parse(date)] });

    [Theory]
    [InlineData("2017-10-05", "2017-10-06", "oct17.mp4 oct17.jpg")]
    [InlineData("2016-12", "2017-10", "oct17.mp4 oct17.jpg xmas16.jpg")]
    [InlineData("2016", "2016", "xmas16.jpg")]
    public Task A_range_includes_both_ends(string start, string end, string expected) =>
        FindsAsync(expected, new MediaItemQuery { DateRanges = [new PhotoDateRange(PhotoDate.Parse(start), PhotoDate.Parse(end))] });

    [Fact]
    public Task Dates_and_ranges_are_alternatives() => FindsAsync(
        "oct17.jpg xmas16.jpg",
        new MediaItemQuery
        {
            Dates = [PhotoDate.Parse("2017-10-05")],
            DateRanges = [new PhotoDateRange(PhotoDate.Parse("2016"), PhotoDate.Parse("2016"))],
        });

    [Fact]
    public Task Categories_asked_for_are_alternatives() => FindsAsync(
        "xmas17.jpg oct17.jpg xmas16.jpg",
        new MediaItemQuery { IncludedCategories = [ContentCategory.People, ContentCategory.Landscapes] });

    [Fact]
    public Task A_category_excluded_beats_one_asked_for() => FindsAsync(
        "xmas17.jpg",
        new MediaItemQuery { IncludedCategories = [ContentCategory.People], ExcludedCategories = [ContentCategory.Holidays] });

    [Fact]
    public Task A_category_alone_can_be_excluded() => FindsAsync(
        "scan.jpg oct17.mp4 oct17.jpg", new MediaItemQuery { ExcludedCategories = [ContentCategory.People] });

    [Fact]
    public Task A_category_named_twice_is_asked_for_once() => FindsAsync(
        "oct17.jpg", new MediaItemQuery { IncludedCategories = [ContentCategory.Landscapes, ContentCategory.Landscapes] });

    [Theory]
    [InlineData(MediaType.Video, "oct17.mp4")]
    [InlineData(MediaType.Photo, "scan.jpg xmas17.jpg oct17.jpg xmas16.jpg")]
    public Task A_media_type_leaves_out_the_other(MediaType type, string expected) =>
        FindsAsync(expected, new MediaItemQuery { MediaType = type });

    [Fact]
    public Task Favourites_alone_can_be_listed() => FindsAsync("xmas17.jpg oct17.jpg", new MediaItemQuery { FavoritesOnly = true });

    [Fact]
    public Task Archived_items_come_only_when_asked_for() => FindsAsync(
        "scan.jpg hidden.jpg xmas17.jpg oct17.mp4 oct17.jpg xmas16.jpg", new MediaItemQuery { IncludeArchived = true });

    [Fact]
    public Task All_filters_must_hold_together() => FindsAsync(
        "oct17.jpg",
        new MediaItemQuery { Dates = [PhotoDate.Parse("2017")], MediaType = MediaType.Photo, FavoritesOnly = true, ExcludedCategories = [ContentCategory.People] });

    [Theory]
    [InlineData(MediaItemOrder.OldestFirst, "oct17.jpg oct17.mp4 xmas17.jpg")]
    [InlineData(MediaItemOrder.NewestFirst, "xmas17.jpg oct17.mp4 oct17.jpg")]
    [InlineData(MediaItemOrder.Default, "xmas17.jpg oct17.mp4 oct17.jpg")]
    public async Task A_listing_by_date_comes_in_the_order_asked_for(MediaItemOrder order, string expected)
    {
        List<MediaItem> items = await _google.Client.MediaItems.AllAsync(
            new MediaItemQuery { Dates = [PhotoDate.Parse("2017")], Order = order, PageSize = 2 });

        Assert.Equal(expected.Split(' '), items.Select(i => i.FileName));
    }

    [Fact]
    public async Task A_video_is_told_from_a_photo()
    {
        List<MediaItem> items = await _google.Client.MediaItems.AllAsync(new MediaItemQuery { Dates = [PhotoDate.Parse("2017-10")] });

        MediaItem video = Assert.Single(items, i => i.MediaType == MediaType.Video);
        Assert.Equal(VideoStatus.Ready, video.VideoStatus);
        Assert.Equal("video/mp4", video.MimeType);
        Assert.Null(Assert.Single(items, i => i.MediaType == MediaType.Photo).VideoStatus);
    }

    private async Task FindsAsync(string expected, MediaItemQuery query)
    {
        List<MediaItem> items = await _google.Client.MediaItems.AllAsync(query);
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), items.Select(i => i.FileName));
    }
}
