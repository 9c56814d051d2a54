using GPhotos.Core.Downloads;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Downloads;

public sealed class RenewalTests
{
    [Fact]
    public async Task Those_refused_are_renewed_together_with_those_behind_them()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 400 });
        using TempFolder folder = new();
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        google.Clock.Advance(TimeSpan.FromMinutes(30));
        await google.ExpireBaseUrlsAsync();
        google.Clock.HoldGathering();

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.Equal(400, outcomes.Count(o => o.Result?.Status == SaveStatus.Saved));
        TestStatistics statistics = await google.StatisticsAsync();
        Assert.InRange(statistics.Calls("mediaItems.batchGet"), 8, 12);
        // Once one is known to be too old, the others of its age are not tried.
        Assert.InRange(statistics.Statuses(403), 1, 100);
    }

    [Fact]
    public async Task An_item_that_is_refused_for_good_fails_alone_and_does_not_make_the_others_old()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new { fileName = "bad.jpg", denied = true });
        await google.SeedAsync(new { fileName = "good.jpg", count = 120 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        google.Clock.Advance(TimeSpan.FromMinutes(10));

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = folder.Path });

        DownloadFailedException error = Assert.IsType<DownloadFailedException>(Assert.Single(outcomes, o => o.Error is not null).Error);
        Assert.Equal(403, error.HttpStatus);
        Assert.Equal(120, outcomes.Count(o => o.Result?.Status == SaveStatus.Saved));
        Assert.InRange((await google.StatisticsAsync()).Calls("mediaItems.batchGet"), 1, 2);
    }

    [Fact]
    public async Task A_missing_picture_in_the_place_of_a_picture_is_asked_for_anew_once()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new { fileName = "a.jpg", lost = true });

        SaveOutcome outcome = Assert.Single(await google.Client.Saver.SaveAllAsync(
            (await google.Client.MediaItems.AllAsync()).ToSave(), new SaveOptions { Destination = folder.Path }));

        Assert.Equal(404, Assert.IsType<DownloadFailedException>(outcome.Error).HttpStatus);
        Assert.Equal(2, (await google.StatisticsAsync()).Calls("media.get"));
        Assert.Equal(1, (await google.StatisticsAsync()).Calls("mediaItems.batchGet"));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task Items_known_as_saved_are_not_asked_for_anew_however_old_they_are()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 60 });
        using TempFolder folder = new();
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        SaveOptions options = new() { Destination = folder.Path };
        await google.Client.Saver.SaveAllAsync(items.Take(59).ToSave(), options);
        google.Clock.Advance(TimeSpan.FromHours(5));
        await google.ResetStatisticsAsync();

        await google.Client.Saver.SaveAllAsync(items.ToSave(), options);

        Assert.Equal((1, 1), ((await google.StatisticsAsync()).Calls("mediaItems.batchGet"), (await google.StatisticsAsync()).Calls("media.get")));
    }
}
