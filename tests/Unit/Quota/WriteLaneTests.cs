using GPhotos.Core;
using GPhotos.Core.Uploads;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Quota;

public sealed class WriteLaneTests : IDisposable
{
    // The emulator goes by real time and these clients by a clock of their own, so that its minute is not theirs.
    private static readonly EmulatorOptions Unpaced = new() { WritesPerMinute = 0 };

    private readonly TempFolder _folder = new();

    // The same folder by another name: what this process knows of the one lane it does not know of the other, as if it were two
    // processes, and only the lock on the file is left.
    private string SameFolder => Path.Combine(_folder.Path, ".");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_that_know_nothing_of_each_other_never_write_at_once()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Unpaced);
        using GPhotosClient one = await google.ClientAsync(_folder.Path, writesPerMinute: 0);
        using GPhotosClient other = await google.ClientAsync(SameFolder, writesPerMinute: 0);
        await google.FaultAsync(new { path = "/v1/albums", count = 0, latencyMs = 20 });

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? one : other).Albums.CreateAsync($"Album {i}")));

        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((20, 1), (statistics.Calls("albums.create"), statistics.MaxInFlight("albums.create")));
        Assert.Empty(google.Clock.Waits);
    }

    [Fact]
    public async Task Twenty_files_from_twenty_runs_meet_no_refusal()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Unpaced);
        using GPhotosClient one = await google.ClientAsync(_folder.Path);
        using GPhotosClient other = await google.ClientAsync(SameFolder);
        await google.FaultAsync(new { path = "/v1/mediaItems:batchCreate", count = 0, latencyMs = 20 });
        string[] paths = _folder.WritePictures(20);

        List<SendOutcome>[] runs = await Task.WhenAll(paths.Select((p, i) => (i % 2 == 0 ? one : other).Sender.SendAllAsync([p])));

        Assert.All(runs, r => Assert.Equal(SendStatus.Created, Assert.Single(r).Result?.Status));
        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((20, 1, 0), (statistics.Calls("mediaItems.batchCreate"), statistics.MaxInFlight("mediaItems.batchCreate"), statistics.Statuses(429)));
    }

    [Fact]
    public async Task Writes_of_different_kinds_share_the_lane_and_reads_do_not_wait_for_it()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Unpaced);
        using GPhotosClient client = await google.ClientAsync(_folder.Path);
        await google.FaultAsync(new { path = "/v1/albums", method = "POST", hang = true });
        Task<Album> creating = client.Albums.CreateAsync("Trip");
        await google.UntilAsync(s => s.Calls("albums.create") == 1);

        Task<List<SendOutcome>> sending = client.Sender.SendAllAsync(_folder.WritePictures(1));
        await google.UntilAsync(s => s.Calls("uploads") == 1 && s.InFlight == 1);
        await client.MediaItems.AllAsync().WaitAsync(TimeSpan.FromSeconds(10));
        await Task.Delay(100);
        Assert.Equal(0, (await google.StatisticsAsync()).Calls("mediaItems.batchCreate"));

        await google.ClearFaultsAsync();
        await creating;
        Assert.Equal(SendStatus.Created, Assert.Single(await sending).Result?.Status);
    }

    [Fact]
    public async Task Another_account_does_not_wait()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Unpaced);
        using GPhotosClient anna = await google.ClientAsync(_folder.Path, writesPerMinute: 1);
        using GPhotosClient ben = await google.ClientAsync(_folder.Path, account: "ben", writesPerMinute: 1);
        using CancellationTokenSource stop = new();
        await google.FaultAsync(new { path = "/v1/albums", hang = true });
        Task<Album> hanging = anna.Albums.CreateAsync("Trip", stop.Token);
        await google.UntilAsync(s => s.InFlight == 1);

        await ben.Albums.CreateAsync("Trip").WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Empty(google.Clock.Waits);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
    }

    [Fact]
    public async Task A_write_that_fails_leaves_the_lane_to_the_next()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Unpaced);
        using GPhotosClient client = await google.ClientAsync(_folder.Path);
        await google.FaultAsync(new { path = "/v1/albums", status = 403 });

        await Assert.ThrowsAsync<PermissionDeniedException>(() => client.Albums.CreateAsync("Trip"));

        await client.Albums.CreateAsync("Trip").WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task The_thirty_first_write_of_a_minute_waits_until_the_first_is_a_minute_old_and_says_so()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Unpaced);
        using GPhotosClient one = await google.ClientAsync(_folder.Path);
        using GPhotosClient other = await google.ClientAsync(_folder.Path);
        List<RetryingEventArgs> notices = [];
        other.Retrying += (_, notice) => notices.Add(notice);

        await one.Albums.CreateAsync("the first");
        google.Clock.Advance(TimeSpan.FromSeconds(20));
        for (int i = 1; i < 30; i++)
        {
            await (i % 2 == 0 ? one : other).Albums.CreateAsync($"Album {i}");
        }

        await other.MediaItems.AllAsync();
        Assert.Empty(google.Clock.Waits);
        Assert.Equal(30, one.Quota.Today().WritesLastMinute);

        await other.Albums.CreateAsync("the thirty-first");
        Assert.InRange(Assert.Single(google.Clock.Waits).TotalSeconds, 40, 41);
        RetryingEventArgs notice = Assert.Single(notices);
        Assert.Equal(("albums.create", "Google allows 30 writes a minute", 0), (notice.Call, notice.Reason, notice.Attempt));
        Assert.Equal(google.Clock.Waits[0], notice.Delay);

        // Then the twenty-nine stand in the way for another twenty seconds.
        await one.Albums.CreateAsync("the thirty-second");
        Assert.InRange(google.Clock.Waits[1].TotalSeconds, 19, 20);
    }

    [Fact]
    public async Task Who_keeps_the_pace_is_never_told_to_slow_down()
    {
        TestClock clock = new();
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { TimeProvider = clock });
        using GPhotosClient client = await google.ClientAsync(_folder.Path, clock: clock);

        for (int i = 0; i < 100; i++)
        {
            await client.Albums.CreateAsync($"Album {i}");
        }

        Assert.Equal(3, clock.Waits.Count);
        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((100, 0), (statistics.Calls("albums.create"), statistics.Statuses(429)));
    }

    [Theory]
    [InlineData(5, 5, 0)]
    [InlineData(5, 6, 1)]
    [InlineData(0, 40, 0)]
    public async Task The_pace_can_be_set(int writesPerMinute, int writes, int waits)
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Unpaced);
        using GPhotosClient client = await google.ClientAsync(_folder.Path, writesPerMinute: writesPerMinute);

        for (int i = 0; i < writes; i++)
        {
            await client.Albums.CreateAsync($"Album {i}");
        }

        Assert.Equal(waits, google.Clock.Waits.Count);
    }

    [Fact]
    public async Task Failed_and_repeated_writes_count_for_the_pace()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Unpaced);
        using GPhotosClient client = await google.ClientAsync(_folder.Path, writesPerMinute: 3);
        await google.FaultAsync(new { path = "/v1/albums", quota = "concurrent", count = 2 });

        await client.Albums.CreateAsync("Trip");
        Assert.Equal(3, client.Quota.Today().WritesLastMinute);
        await client.Albums.CreateAsync("Trip");

        Assert.Equal(3, google.Clock.Waits.Count);
        Assert.InRange(google.Clock.Waits[2].TotalSeconds, 50, 61);
    }

    [Fact]
    public async Task Who_gives_up_waiting_for_the_minute_leaves_the_lane()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Unpaced);
        using GPhotosClient client = await google.ClientAsync(_folder.Path, writesPerMinute: 1);
        using CancellationTokenSource stop = new();
        await client.Albums.CreateAsync("one");
        google.Clock.Holds = static _ => true;
        Task<Album> waiting = client.Albums.CreateAsync("two", stop.Token);
        await google.Clock.WaitBegun.WaitAsync(TimeSpan.FromSeconds(10));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        google.Clock.Advance(TimeSpan.FromSeconds(61));
        await client.Albums.CreateAsync("three").WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(2, (await google.StatisticsAsync()).Calls("albums.create"));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_makes_nobody_wait_longer_than_a_minute()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Unpaced);
        using GPhotosClient client = await google.ClientAsync(_folder.Path, writesPerMinute: 1);
        await client.Albums.CreateAsync("one");
        google.Clock.Advance(TimeSpan.FromHours(-3));

        await client.Albums.CreateAsync("two");

        Assert.Empty(google.Clock.Waits);
    }

    [Fact]
    public async Task Where_no_lock_can_be_made_the_writes_of_this_process_still_take_turns()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Unpaced);
        string file = _folder.Write("in-the-way", "a file where the folder should be");
        using GPhotosClient one = await google.ClientAsync(file);
        using GPhotosClient other = await google.ClientAsync(file);
        await google.FaultAsync(new { path = "/v1/albums", count = 0, latencyMs = 20 });

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? one : other).Albums.CreateAsync($"Album {i}")));

        Assert.Equal(1, (await google.StatisticsAsync()).MaxInFlight("albums.create"));
    }
}
