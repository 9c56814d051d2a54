using GPhotos.Tests.Support;

namespace GPhotos.Tests.Http;

public sealed class CancellationTests
{
    [Fact]
    public async Task Cancelling_a_retry_wait_ends_the_call()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        google.Clock.Holds = static _ => true;
        await google.FaultAsync(new { path = "/v1/mediaItems", quota = "perMinute", count = 0 });
        using CancellationTokenSource stop = new();
        Task<MediaItem> call = google.Client.MediaItems.GetAsync("any", stop.Token);
        await google.Clock.WaitBegun;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(1, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task Cancelling_a_call_that_hangs_ends_it_here_and_there()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { path = "/v1/mediaItems", hang = true });
        using CancellationTokenSource stop = new();
        Task<MediaItem> call = google.Client.MediaItems.GetAsync("any", stop.Token);
        await google.UntilAsync(s => s.InFlight == 1);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await google.UntilAsync(s => s.InFlight == 0);
        Assert.Empty(google.Clock.Waits);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_costs_no_call()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => google.Client.MediaItems.GetAsync("any", new CancellationToken(canceled: true)));

        Assert.Equal(0, (await google.StatisticsAsync()).Total);
    }
}
