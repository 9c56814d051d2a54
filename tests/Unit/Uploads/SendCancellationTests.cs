using GPhotos.Core.Uploads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Uploads;

public sealed class SendCancellationTests
{
    [Fact]
    public async Task Cancelling_uploads_under_way_leaves_nothing_running_here_or_there()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.FaultAsync(new { path = "/v1/uploads", hang = true, count = 0 });
        using CancellationTokenSource stop = new();
        Task<List<SendOutcome>> sending = google.Client.Sender.SendAllAsync(
            folder.WritePictures(20), new SendOptions { ThrottleLimit = 4 }, cancellationToken: stop.Token);
        await google.UntilAsync(s => s.InFlight == 4);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await google.UntilAsync(s => s.InFlight == 0);
        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((4, 0), (statistics.Calls("uploads"), statistics.Calls("mediaItems.batchCreate")));
    }

    [Fact]
    public async Task Cancelling_batchCreate_frees_the_lane_for_the_next_sender()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.FaultAsync(new { path = "/v1/mediaItems:batchCreate", hang = true });
        using CancellationTokenSource stop = new();
        string[] paths = folder.WritePictures(3);
        Task<List<SendOutcome>> sending = google.Client.Sender.SendAllAsync(paths, cancellationToken: stop.Token);
        await google.UntilAsync(s => s.Calls("mediaItems.batchCreate") == 1);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);

        Assert.All(await google.Client.Sender.SendAllAsync(paths), o => Assert.Equal(SendStatus.Created, o.Result!.Status));
    }

    [Fact]
    public async Task A_consumer_that_stops_early_ends_the_uploads_that_were_on_their_way()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        // Lanes overtake one another by a batch at most: the first fifty files are among the first 120 calls.
        await google.FaultAsync(new { path = "/v1/uploads", hang = true, after = 120, count = 0 });

        await foreach (SendOutcome outcome in google.Client.Sender.SendAsync(folder.WritePictures(200).ToSend(), new SendOptions()))
        {
            Assert.Equal(SendStatus.Created, outcome.Result!.Status);
            break;
        }

        await google.UntilAsync(s => s.InFlight == 0);
        long calls = (await google.StatisticsAsync()).Total;
        Assert.Equal(calls, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task An_input_that_breaks_off_ends_the_run_with_its_own_error()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string path = folder.WritePictures(1)[0];

        await Assert.ThrowsAsync<InvalidDataException>(async () =>
            await google.Client.Sender.SendAsync(Broken(path), new SendOptions()).ToListAsync());

        Assert.Equal(0, (await google.StatisticsAsync()).InFlight);
    }

    private static async IAsyncEnumerable<SendRequest> Broken(string path)
    {
        yield return new SendRequest(path);
        await Task.Yield();
        throw new InvalidDataException("the pipeline broke");
    }
}
