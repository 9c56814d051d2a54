using System.Security.Cryptography;
using GPhotos.Core.Downloads;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Downloads;

public sealed class SaveTests
{
    [Fact]
    public async Task A_file_is_what_the_server_serves_with_the_time_the_picture_was_taken()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new { fileName = "a.jpg", creationTime = "2017-10-05T06:07:08Z", size = 700_000 });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());

        SaveResult result = (await SaveOneAsync(google, folder, item)).Result!;

        byte[] served = await google.Http.GetByteArrayAsync(new Uri(item.BaseUrl + "=d"));
        Assert.Equal(served, await File.ReadAllBytesAsync(folder["a.jpg"]));
        Assert.Equal((SaveStatus.Saved, folder["a.jpg"], served.LongLength), (result.Status, result.FullName, result.Length));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(served)), result.Sha256);
        Assert.Equal(new DateTime(2017, 10, 5, 6, 7, 8, DateTimeKind.Utc), File.GetLastWriteTimeUtc(folder["a.jpg"]));
        Assert.Equal(["a.jpg"], folder.Names);
    }

    [Fact]
    public async Task A_video_is_saved_as_a_video()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string id = await google.SeedOneAsync(new { fileName = "a.mp4", mimeType = "video/mp4", size = 5000 });

        await google.Client.Saver.SaveAllAsync(new[] { id }.ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.Equal(await google.OriginalAsync(id), await File.ReadAllBytesAsync(folder["a.mp4"]));
    }

    [Fact]
    public async Task A_hundred_items_are_saved_by_no_more_lanes_than_allowed()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 100, Latency = TimeSpan.FromMilliseconds(2) });
        using TempFolder folder = new();
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(
            items.ToSave(), new SaveOptions { Destination = folder.Path, ThrottleLimit = 5 });

        Assert.Equal(100, outcomes.Count(o => o.Result?.Status == SaveStatus.Saved));
        Assert.Equal(100, folder.Names.Count(n => n.EndsWith(".jpg", StringComparison.Ordinal)));
        Assert.InRange((await google.StatisticsAsync()).MaxInFlight("media.get"), 2, 5);
    }

    [Fact]
    public async Task A_second_run_downloads_nothing()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 20 });
        using TempFolder folder = new();
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        SaveOptions options = new() { Destination = folder.Path };
        await google.Client.Saver.SaveAllAsync(items.ToSave(), options);
        await google.ResetStatisticsAsync();

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(items.ToSave(), options);

        Assert.All(outcomes, o => Assert.Equal(SaveStatus.AlreadySaved, o.Result!.Status));
        Assert.Equal(20, folder.Names.Count());
        Assert.Equal(0, (await google.StatisticsAsync()).Calls("media.get"));
    }

    [Fact]
    public async Task A_different_file_in_the_way_is_left_alone()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new { fileName = "a.jpg", creationTime = "2017-10-05T06:07:08Z" });
        folder.Write("a.jpg", "mine");
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());

        SaveResult first = (await SaveOneAsync(google, folder, item)).Result!;
        SaveResult second = (await SaveOneAsync(google, folder, item)).Result!;

        Assert.Equal("mine", await File.ReadAllTextAsync(folder["a.jpg"]));
        Assert.Equal((SaveStatus.Saved, SaveStatus.AlreadySaved), (first.Status, second.Status));
        Assert.Equal(first.FullName, second.FullName);
        Assert.Matches(@"^a~[0-9a-f]{6}\.jpg$", Path.GetFileName(first.FullName)!);
        Assert.Equal(2, folder.Names.Count());
    }

    [Fact]
    public async Task A_file_of_the_same_time_and_another_length_is_left_alone()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new { fileName = "a.jpg", creationTime = "2017-10-05T06:07:08Z" });
        File.SetLastWriteTimeUtc(folder.Write("a.jpg", "mine"), new DateTime(2017, 10, 5, 6, 7, 8, DateTimeKind.Utc));
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());

        Assert.NotEqual(folder["a.jpg"], (await SaveOneAsync(google, folder, item)).Result!.FullName);
        Assert.Equal("mine", await File.ReadAllTextAsync(folder["a.jpg"]));
    }

    [Fact]
    public async Task Force_replaces_what_stands_there()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new { fileName = "a.jpg", creationTime = "2017-10-05T06:07:08Z" });
        folder.Write("a.jpg", "mine");
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());

        SaveResult result = (await SaveOneAsync(google, folder, item, force: true)).Result!;

        Assert.Equal((SaveStatus.Saved, folder["a.jpg"]), (result.Status, result.FullName));
        Assert.Equal(["a.jpg"], folder.Names);
        Assert.Equal(result.Length, new FileInfo(folder["a.jpg"]).Length);
    }

    [Fact]
    public async Task A_file_that_an_earlier_run_left_half_is_replaced()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 1 });
        using TempFolder folder = new();
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());
        await File.WriteAllBytesAsync(folder[item.FileName + ".partial"], new byte[1_000_000]);

        SaveResult result = (await SaveOneAsync(google, folder, item)).Result!;

        Assert.Equal(await google.Http.GetByteArrayAsync(new Uri(item.BaseUrl + "=d")), await File.ReadAllBytesAsync(result.FullName!));
        Assert.Equal([item.FileName], folder.Names);
    }

    [Fact]
    public async Task A_name_that_no_file_can_bear_is_changed_and_told()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new { fileName = "../../evil:name?.jpg" });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());

        SaveResult result = (await SaveOneAsync(google, folder, item)).Result!;

        Assert.Equal(folder["evil_name_.jpg"], result.FullName);
        Assert.Equal("../../evil:name?.jpg", result.RenamedFrom);
    }

    [Fact]
    public async Task A_video_that_Google_still_works_on_is_pending()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { VideoProcessingTime = TimeSpan.FromHours(1) });
        using TempFolder folder = new();
        await google.SeedAsync(new { fileName = "a.mp4", mimeType = "video/mp4" });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());

        Assert.Equal(SaveStatus.Pending, (await SaveOneAsync(google, folder, item)).Result!.Status);
        Assert.Empty(folder.Names);
        Assert.Equal(0, (await google.StatisticsAsync()).Calls("media.get"));
    }

    [Fact]
    public async Task An_unknown_id_fails_alone()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 2 });
        using TempFolder folder = new();
        string[] ids = [.. (await google.Client.MediaItems.AllAsync()).Select(i => i.Id)];

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(
            new[] { ids[0], "stranger", ids[1] }.ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.Equal("stranger", Assert.IsType<MediaItemNotFoundException>(Assert.Single(outcomes, o => o.Error is not null).Error).Id);
        Assert.Equal(2, outcomes.Count(o => o.Result?.Status == SaveStatus.Saved));
    }

    [Fact]
    public async Task A_destination_that_is_a_file_or_cannot_be_made_ends_the_run_before_it_begins()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 3 });
        using TempFolder folder = new();
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        string file = folder.Write("file", "text");

        foreach (string destination in (string[])[file, Path.Combine(file, "below")])
        {
            await Assert.ThrowsAsync<FileWriteFailedException>(() => google.Client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = destination }));
        }

        Assert.Equal("text", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_destination_that_is_missing_is_made()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 1 });
        using TempFolder folder = new();
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());
        string deep = Path.Combine(folder.Path, "a", "b");

        SaveOutcome outcome = Assert.Single(await google.Client.Saver.SaveAllAsync(
            new[] { item }.ToSave(), new SaveOptions { Destination = deep }));

        Assert.Equal(Path.Combine(deep, item.FileName), outcome.Result!.FullName);
    }

    private static async Task<SaveOutcome> SaveOneAsync(TestGoogle google, TempFolder folder, MediaItem item, bool force = false) =>
        Assert.Single(await google.Client.Saver.SaveAllAsync(
            new[] { item }.ToSave(), new SaveOptions { Destination = folder.Path, Force = force }));
}
