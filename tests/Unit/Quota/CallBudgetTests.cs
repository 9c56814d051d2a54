using GPhotos.Core;
using GPhotos.Core.Downloads;
using GPhotos.Core.Quota;
using GPhotos.Core.Uploads;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Quota;

public sealed class CallBudgetTests
{
    [Fact]
    public async Task As_many_calls_leave_as_were_allowed_and_the_next_does_not()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 1000 });
        using CallBudget budget = CallBudget.Begin(3);

        MaximumCallsReachedException error = await Assert.ThrowsAsync<MaximumCallsReachedException>(() => google.Client.MediaItems.AllAsync());

        Assert.True(error.EndsTheRun);
        Assert.Equal((3, 0), (error.MaximumCalls, budget.Left));
        Assert.Equal(3, (await google.StatisticsAsync()).Total);
        Assert.Equal(3, google.Client.Quota.Today().LibraryCalls);
        Assert.Empty(google.Clock.Waits);
    }

    [Fact]
    public async Task Exactly_enough_is_enough()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 250 });
        using CallBudget budget = CallBudget.Begin(3);

        Assert.Equal(250, (await google.Client.MediaItems.AllAsync()).Count);
        Assert.Equal(0, CallBudget.Current?.Left);
    }

    [Fact]
    public async Task Repeats_spend_it_too()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { path = "/v1/mediaItems", status = 503, count = 0 });
        using CallBudget budget = CallBudget.Begin(2);

        await Assert.ThrowsAsync<MaximumCallsReachedException>(() => google.Client.MediaItems.AllAsync());

        Assert.Equal(2, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task Lanes_beside_each_other_share_it()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using CallBudget budget = CallBudget.Begin(7);

        bool[] sent = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            try
            {
                await google.Client.MediaItems.AllAsync();
                return true;
            }
            catch (MaximumCallsReachedException)
            {
                return false;
            }
        })));

        Assert.Equal(7, sent.Count(s => s));
        Assert.Equal(7, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task Work_beside_it_is_not_bounded()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<List<MediaItem>> beside = Task.Run(async () =>
        {
            await go.Task;
            return await google.Client.MediaItems.AllAsync();
        });

        using (CallBudget.Begin(0))
        {
            go.SetResult();
            await beside;
            await Assert.ThrowsAsync<MaximumCallsReachedException>(() => google.Client.MediaItems.AllAsync());
        }

        await google.Client.MediaItems.AllAsync();
        Assert.Null(CallBudget.Current);
    }

    [Fact]
    public async Task Bytes_of_pictures_are_not_bounded()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 5 });
        using TempFolder folder = new();
        google.Clock.Set(DateTimeOffset.UtcNow);
        using CallBudget budget = CallBudget.Begin(1);

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(
            (await google.Client.MediaItems.AllAsync()).ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.All(outcomes, o => Assert.Equal(SaveStatus.Saved, o.Result?.Status));
    }

    [Fact]
    public async Task A_run_that_sends_keeps_a_call_for_the_media_items_of_what_it_sent()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string[] paths = folder.WritePictures(10);
        using CallBudget budget = CallBudget.Begin(4);

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(paths);

        Assert.Equal(3, outcomes.Count(o => o.Result?.Status == SendStatus.Created));
        Assert.Equal(7, outcomes.Count(o => o.Result?.Status == SendStatus.Pending));
        Assert.IsType<MaximumCallsReachedException>(Assert.Single(outcomes, o => o.Request is null).Error);
        Assert.Equal(4, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task Nobody_waits_for_a_turn_to_write_who_may_not_send()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using GPhotosClient client = await google.ClientAsync(folder: null, writesPerMinute: 1);
        await client.Albums.CreateAsync("one");
        using CallBudget budget = CallBudget.Begin(0);

        await Assert.ThrowsAsync<MaximumCallsReachedException>(() => client.Albums.CreateAsync("two"));

        Assert.Empty(google.Clock.Waits);
    }
}
