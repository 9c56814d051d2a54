using GPhotos.Core.Api;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Api;

public sealed class BatchGetTests
{
    [Fact]
    public async Task Outcomes_come_in_the_order_of_the_ids_repeats_and_strangers_included()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 3 });
        string[] known = [.. (await google.Client.MediaItems.AllAsync()).Select(i => i.Id)];
        await google.ResetStatisticsAsync();
        string[] ids = [known[2], "stranger", known[0], known[2], "stranger"];

        IReadOnlyList<MediaItemLookup> lookups = await google.Client.MediaItems.BatchGetAsync(ids);

        Assert.Equal(ids, lookups.Select(l => l.Id));
        Assert.Equal([known[2], null, known[0], known[2], null], lookups.Select(l => l.MediaItem?.Id));
        Assert.All(lookups.Where(l => l.MediaItem is null), l => Assert.Equal("stranger", Assert.IsType<MediaItemNotFoundException>(l.Error).Id));
        Assert.Equal(1, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task Fifty_ids_are_taken_and_their_repeats_do_not_count()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 50 });
        string[] ids = [.. (await google.Client.MediaItems.AllAsync()).Select(i => i.Id)];

        Assert.Equal(100, (await google.Client.MediaItems.BatchGetAsync([.. ids, .. ids])).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(51)]
    public async Task None_and_more_than_fifty_are_refused_before_a_call(int count)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        await Assert.ThrowsAsync<InvalidRequestException>(
            () => google.Client.MediaItems.BatchGetAsync([.. Enumerable.Range(0, count).Select(i => $"id{i}")]));

        Assert.Equal(0, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task An_answer_that_leaves_ids_out_is_not_taken_for_an_answer()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { path = "/v1/mediaItems:batchGet", body = new { } });

        await Assert.ThrowsAsync<UnexpectedResponseException>(() => google.Client.MediaItems.BatchGetAsync(["a", "b"]));
    }

    [Fact]
    public async Task One_item_is_got_with_all_that_Google_tells_of_it()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        string id = await google.SeedOneAsync(new
        {
            fileName = "a.jpg",
            creationTime = "2017-10-05T06:07:08Z",
            width = 640,
            height = 480,
            description = "by the sea",
        });

        MediaItem item = await google.Client.MediaItems.GetAsync(id);

        Assert.Equal((id, "a.jpg", "by the sea", "image/jpeg"), (item.Id, item.FileName, item.Description, item.MimeType));
        Assert.Equal((640, 480), (item.Width, item.Height));
        Assert.Equal(new DateTimeOffset(2017, 10, 5, 6, 7, 8, TimeSpan.Zero), item.CreationTime);
        Assert.Equal(MediaType.Photo, item.MediaType);
    }

    [Theory]
    [InlineData("stranger")]
    [InlineData("a/b?c#d&e=f%20g")]
    [InlineData("夕焼け")]
    public async Task An_unknown_id_is_told_by_the_id(string id)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        MediaItemNotFoundException error = await Assert.ThrowsAsync<MediaItemNotFoundException>(() => google.Client.MediaItems.GetAsync(id));

        Assert.Equal(id, error.Id);
    }
}
