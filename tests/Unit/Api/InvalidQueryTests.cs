using GPhotos.Tests.Support;

namespace GPhotos.Tests.Api;

public sealed class InvalidQueryTests
{
    private static readonly PhotoDate Day = PhotoDate.Parse("2017-10-05");
    private static readonly PhotoDateRange Range = new(Day, Day);

    public static TheoryData<string, MediaItemQuery> Queries { get; } = new()
    {
        { "no page", new MediaItemQuery { PageSize = 0 } },
        { "a page too large", new MediaItemQuery { PageSize = 101 } },
        { "six dates", new MediaItemQuery { Dates = [.. Enumerable.Repeat(Day, 6)] } },
        { "six ranges", new MediaItemQuery { DateRanges = [.. Enumerable.Repeat(Range, 6)] } },
        { "eleven categories", new MediaItemQuery { IncludedCategories = [.. Enum.GetValues<ContentCategory>().Take(11)] } },
        { "eleven exclusions", new MediaItemQuery { ExcludedCategories = [.. Enum.GetValues<ContentCategory>().Take(11)] } },
        { "asked for and excluded", new MediaItemQuery { IncludedCategories = [ContentCategory.Food], ExcludedCategories = [ContentCategory.Food] } },
        { "an album and a date", new MediaItemQuery { AlbumId = "A", Dates = [Day] } },
        { "an album and a type", new MediaItemQuery { AlbumId = "A", MediaType = MediaType.Photo } },
        { "an album and favourites", new MediaItemQuery { AlbumId = "A", FavoritesOnly = true } },
        { "an album and the archive", new MediaItemQuery { AlbumId = "A", IncludeArchived = true } },
        { "an album without an id", new MediaItemQuery { AlbumId = "" } },
        { "a range that ends before it starts", new MediaItemQuery { DateRanges = [new(PhotoDate.Parse("2018-01-01"), Day)] } },
        { "years that end before they start", new MediaItemQuery { DateRanges = [new(PhotoDate.Parse("2018"), PhotoDate.Parse("2017"))] } },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task What_Google_would_refuse_is_refused_before_a_call(string why, MediaItemQuery query)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        InvalidRequestException error = await Assert.ThrowsAsync<InvalidRequestException>(() => google.Client.MediaItems.AllAsync(query));

        Assert.Null(error.HttpStatus);
        Assert.True((await google.StatisticsAsync()).Total == 0, $"A call was spent on {why}.");
    }

    [Fact]
    public async Task Ten_categories_and_five_dates_are_taken()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        Assert.Empty(await google.Client.MediaItems.AllAsync(new MediaItemQuery
        {
            Dates = [.. Enumerable.Repeat(Day, 5)],
            DateRanges = [.. Enumerable.Repeat(Range, 5)],
            IncludedCategories = [.. Enum.GetValues<ContentCategory>().Take(10)],
            ExcludedCategories = [.. Enum.GetValues<ContentCategory>().TakeLast(10)],
        }));
    }

    [Fact]
    public async Task Every_category_is_one_that_Google_knows()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        foreach (ContentCategory[] ten in Enum.GetValues<ContentCategory>().Chunk(10))
        {
            Assert.Empty(await google.Client.MediaItems.AllAsync(new MediaItemQuery { IncludedCategories = ten }));
        }
    }
}
