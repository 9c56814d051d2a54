using GPhotos.Core.Destinations;
using GPhotos.Core.Downloads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Downloads;

public sealed class SameNameTests
{
    [Fact]
    public async Task Items_of_one_name_are_all_saved_and_get_the_same_names_in_every_run()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "IMG_0001.jpg", creationTime = "2017-10-05T06:07:08Z" });
        await google.SeedAsync(new { fileName = "img_0001.JPG", creationTime = "2018-10-05T06:07:08Z" });
        await google.SeedAsync(new { fileName = "IMG_0001.jpg", creationTime = "2019-10-05T06:07:08Z" });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        HashSet<string> runs = [];

        for (int run = 0; run < 20; run++)
        {
            using TempFolder folder = new();
            List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = folder.Path });
            Assert.All(outcomes, o => Assert.Equal(SaveStatus.Saved, o.Result!.Status));
            Dictionary<string, string> names = outcomes.ToDictionary(o => o.Result!.Id, o => Path.GetFileName(o.Result!.FullName)!);
            runs.Add(string.Join(' ', items.Select(i => names[i.Id])));
            Assert.Equal(3, folder.Names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.Equal("IMG_0001.jpg", names[items[0].Id]);
        }

        Assert.Single(runs);
    }

    [Fact]
    public async Task A_rerun_finds_each_item_of_one_name_where_it_was_saved()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "a.jpg", creationTime = "2017-10-05T06:07:08Z", count = 12 });
        await google.SeedAsync(new { fileName = "a.jpg", creationTime = "2018-10-05T06:07:08Z" });
        using TempFolder folder = new();
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        SaveOptions options = new() { Destination = folder.Path };
        await google.Client.Saver.SaveAllAsync(items.ToSave(), options);

        List<SaveOutcome> again = await google.Client.Saver.SaveAllAsync(items.ToSave(), options);

        Assert.All(again, o => Assert.Equal(SaveStatus.AlreadySaved, o.Result!.Status));
        Assert.Equal(13, folder.Names.Count());
    }

    [Fact]
    public async Task A_newer_item_of_the_name_does_not_make_the_older_one_come_twice()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        SaveOptions options = new() { Destination = folder.Path };
        await google.SeedAsync(new { fileName = "a.jpg", creationTime = "2017-10-05T06:07:08Z" });
        await google.Client.Saver.SaveAllAsync((await google.Client.MediaItems.AllAsync()).ToSave(), options);
        await google.SeedAsync(new { fileName = "a.jpg", creationTime = "2018-10-05T06:07:08Z" });

        // The newer item comes first, so that it asks for the name before its owner does.
        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync((await google.Client.MediaItems.AllAsync()).ToSave(), options);

        Assert.Equal(2, folder.Names.Count());
        Assert.Single(outcomes, o => o.Result!.Status == SaveStatus.Saved);
        Assert.Single(outcomes, o => o.Result!.Status == SaveStatus.AlreadySaved);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_item_given_many_times_is_one_file_and_no_error(bool force)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new { fileName = "a.jpg", creationTime = "2017-10-05T06:07:08Z", size = 300_000 });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(
            Enumerable.Repeat(item, 16).ToSave(), new SaveOptions { Destination = folder.Path, Force = force });

        Assert.All(outcomes, o => Assert.True(o.Error is null, o.Error?.Message));
        Assert.Equal(16, outcomes.Count);
        Assert.Equal(["a.jpg"], folder.Names);
    }

    [Fact]
    public void A_marker_depends_on_the_id_alone()
    {
        MediaItem first = new() { Id = "id1", FileName = "a.jpg" };
        MediaItem same = new() { Id = "id1", FileName = "a.jpg", CreationTime = DateTimeOffset.UnixEpoch };
        MediaItem other = new() { Id = "id2", FileName = "a.jpg" };

        Assert.Equal(Candidates(first), Candidates(same));
        Assert.Equal("a.jpg", Candidates(other)[0]);
        Assert.Empty(Candidates(first).Skip(1).Intersect(Candidates(other).Skip(1)));
    }

    private static IReadOnlyList<string> Candidates(MediaItem item) => FileNames.Candidates(item, MediaForm.Original);
}
