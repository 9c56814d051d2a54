using GPhotos.Core.Downloads;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Downloads;

public sealed class BaseUrlTests
{
    [Fact]
    public async Task Items_older_than_fifty_minutes_are_asked_for_anew_fifty_a_call()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 120 });
        using TempFolder folder = new();
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        google.Clock.Advance(TimeSpan.FromMinutes(51));
        google.Clock.HoldGathering();

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.Equal(120, outcomes.Count(o => o.Result?.Status == SaveStatus.Saved));
        Assert.Equal(3, (await google.StatisticsAsync()).Calls("mediaItems.batchGet"));
    }

    [Fact]
    public async Task Young_items_are_not_asked_for_anew()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 20 });
        using TempFolder folder = new();
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        google.Clock.Advance(TimeSpan.FromMinutes(49));

        await google.Client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.Equal(0, (await google.StatisticsAsync()).Calls("mediaItems.batchGet"));
    }

    [Fact]
    public async Task A_hundred_and_twenty_ids_cost_three_calls()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 120 });
        using TempFolder folder = new();
        string[] ids = [.. (await google.Client.MediaItems.AllAsync()).Select(i => i.Id)];
        google.Clock.HoldGathering();

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(ids.ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.Equal(ids.Order(StringComparer.Ordinal), outcomes.Select(o => o.Request!.Id).Order(StringComparer.Ordinal));
        Assert.Equal(120, outcomes.Count(o => o.Result?.Status == SaveStatus.Saved));
        Assert.Equal(3, (await google.StatisticsAsync()).Calls("mediaItems.batchGet"));
    }

    [Fact]
    public async Task A_lone_id_does_not_wait_for_others_while_the_input_stands_still()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 1 });
        using TempFolder folder = new();
        string id = Assert.Single(await google.Client.MediaItems.AllAsync()).Id;
        TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        await foreach (SaveOutcome outcome in google.Client.Saver.SaveAsync(Slow(id, more.Task), new SaveOptions { Destination = folder.Path }))
        {
            Assert.Equal(SaveStatus.Saved, outcome.Result!.Status);
            more.TrySetResult();
        }

        Assert.True(more.Task.IsCompleted);
    }

    [Fact]
    public async Task An_address_that_Google_no_longer_takes_is_renewed()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 5 });
        using TempFolder folder = new();
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.ExpireBaseUrlsAsync();

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.Equal(5, outcomes.Count(o => o.Result?.Status == SaveStatus.Saved));
        // Those that are asked for together with the first that was refused are not tried with the old one.
        Assert.InRange((await google.StatisticsAsync()).Statuses(403), 1, 5);
    }

    [Fact]
    public async Task An_item_that_was_deleted_meanwhile_is_told_and_leaves_no_file()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 2 });
        using TempFolder folder = new();
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        using (HttpResponseMessage deleted = await google.Http.DeleteAsync(new Uri("emulator/items/" + items[0].Id, UriKind.Relative)))
        {
            deleted.EnsureSuccessStatusCode();
        }

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.IsType<MediaItemNotFoundException>(Assert.Single(outcomes, o => o.Request!.Id == items[0].Id).Error);
        Assert.Equal([items[1].FileName], folder.Names);
    }

    [Fact]
    public async Task A_lookup_that_fails_whole_fails_each_of_its_items()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.FaultAsync(new { path = "/v1/mediaItems:batchGet", status = 400, count = 0 });

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(
            new[] { "a", "b", "c" }.ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.Equal(["a", "b", "c"], outcomes.Select(o => o.Request!.Id).Order(StringComparer.Ordinal));
        Assert.All(outcomes, o => Assert.IsType<InvalidRequestException>(o.Error));
    }

    [Fact]
    public async Task A_spent_day_leaves_the_rest_pending_and_comes_last()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 20 });
        using TempFolder folder = new();
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.FaultAsync(new { path = "/lr/", quota = "daily", after = 5, count = 0 });

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(
            items.ToSave(), new SaveOptions { Destination = folder.Path, ThrottleLimit = 2 });

        Assert.Null(outcomes[^1].Request);
        Assert.IsType<QuotaExceededException>(outcomes[^1].Error);
        Assert.Equal((5, 15), (outcomes.Count(o => o.Result?.Status == SaveStatus.Saved), outcomes.Count(o => o.Result?.Status == SaveStatus.Pending)));
        Assert.Equal(5, folder.Names.Count());
    }

    private static async IAsyncEnumerable<SaveRequest> Slow(string id, Task more)
    {
        yield return new SaveRequest(id, null);
        await more;
    }
}
