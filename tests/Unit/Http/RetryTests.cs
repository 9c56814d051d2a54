using GPhotos.Core;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Http;

public sealed class RetryTests
{
    private const string Path = "/v1/mediaItems";

    [Fact]
    public async Task A_server_error_that_passes_goes_unnoticed()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 3 });
        await google.FaultAsync(new { path = Path, status = 503 });
        List<RetryingEventArgs> notices = [];
        google.Client.Retrying += (_, notice) => notices.Add(notice);

        Assert.Equal(3, (await google.Client.MediaItems.AllAsync()).Count);

        RetryingEventArgs only = Assert.Single(notices);
        Assert.Equal(("mediaItems.list", 1), (only.Call, only.Attempt));
        Assert.Contains("503", only.Reason, StringComparison.Ordinal);
        Assert.Equal(Assert.Single(google.Clock.Waits).TotalSeconds, only.Delay.TotalSeconds, tolerance: 0.001);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(408)]
    [InlineData(409)]
    public async Task A_server_error_that_stays_is_tried_six_times_with_doubling_jittered_waits(int status)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { path = Path, status, count = 0 });

        ServiceUnavailableException error = await Assert.ThrowsAsync<ServiceUnavailableException>(() => google.Client.MediaItems.AllAsync());

        Assert.Equal(status, error.HttpStatus);
        Assert.Equal(6, (await google.StatisticsAsync()).Calls("mediaItems.list"));
        AssertWaits([1, 2, 4, 8, 16], google.Clock.Waits);
    }

    [Fact]
    public async Task A_spent_minute_is_waited_for_half_a_minute_at_least()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 3 });
        await google.FaultAsync(new { path = Path, quota = "perMinute", count = 2 });

        Assert.Equal(3, (await google.Client.MediaItems.AllAsync()).Count);

        AssertWaits([30, 60], google.Clock.Waits);
    }

    [Theory]
    [InlineData("concurrent")]
    [InlineData(null)]
    public async Task Another_write_that_is_under_way_is_waited_for_a_second_and_not_half_a_minute(string? quota)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(quota is null ? new { path = "/v1/albums", status = 409, count = 3 } : new { path = "/v1/albums", quota, count = 3 });

        await google.Client.Albums.CreateAsync("Trip");

        AssertWaits([1, 2, 4], google.Clock.Waits);
        Assert.Equal(4, (await google.StatisticsAsync()).Calls("albums.create"));
    }

    [Fact]
    public async Task A_429_that_names_no_limit_is_waited_for_half_a_minute()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { path = Path, status = 429 });

        await google.Client.MediaItems.AllAsync();

        AssertWaits([30], google.Clock.Waits);
    }

    [Fact]
    public async Task A_minute_that_never_ends_is_given_up_after_bounded_waits()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { path = Path, quota = "perMinute", count = 0 });

        await Assert.ThrowsAsync<RateLimitedException>(() => google.Client.MediaItems.AllAsync());

        AssertWaits([30, 60, 120, 120, 120], google.Clock.Waits);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_wait_that_Google_asks_for_is_kept(int status)
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 3 });
        await google.FaultAsync(new { path = Path, status, headers = new Dictionary<string, string> { ["Retry-After"] = "7" } });

        Assert.Equal(3, (await google.Client.MediaItems.AllAsync()).Count);

        Assert.InRange(Assert.Single(google.Clock.Waits).TotalSeconds, 7, 7.7);
    }

    [Fact]
    public async Task A_wait_that_Google_asks_for_as_a_date_goes_by_the_clients_clock()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 3 });
        string date = google.Clock.GetUtcNow().AddSeconds(40).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        await google.FaultAsync(new { path = Path, status = 503, headers = new Dictionary<string, string> { ["Retry-After"] = date } });

        Assert.Equal(3, (await google.Client.MediaItems.AllAsync()).Count);

        Assert.InRange(Assert.Single(google.Clock.Waits).TotalSeconds, 39, 44);
    }

    [Fact]
    public async Task A_wait_without_measure_is_not_kept()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 3 });
        await google.FaultAsync(
            new { path = Path, status = 503, headers = new Dictionary<string, string> { ["Retry-After"] = "99999999" } });

        Assert.Equal(3, (await google.Client.MediaItems.AllAsync()).Count);

        Assert.InRange(Assert.Single(google.Clock.Waits).TotalHours, 0, 2);
    }

    [Fact]
    public async Task A_cut_answer_is_asked_for_again()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 50 });
        await google.FaultAsync(new { path = Path, cutAfterBytes = 1000 });

        Assert.Equal(50, (await google.Client.MediaItems.AllAsync()).Count);

        Assert.Equal(2, (await google.StatisticsAsync()).Calls("mediaItems.list"));
    }

    [Fact]
    public async Task A_connection_that_is_refused_is_tried_six_times_and_told_as_such()
    {
        TestGoogle google = await TestGoogle.StartAsync();
        GPhotosEndpoints nobody = google.Endpoints;
        await google.DisposeAsync();
        TestClock clock = new();
        using GPhotosClient client = new(new GPhotosClientOptions
        {
            Endpoints = nobody,
            Tokens = new Core.Auth.FixedTokenSource("t", null),
            TimeProvider = clock,
            AnswerTimeout = TestClock.AttemptLimit,
        });

        ConnectionFailedException error = await Assert.ThrowsAsync<ConnectionFailedException>(() => client.MediaItems.AllAsync());

        Assert.Null(error.HttpStatus);
        AssertWaits([1, 2, 4, 8, 16], clock.Waits);
    }

    [Fact]
    public async Task A_call_that_hangs_runs_out_of_time_and_is_tried_again()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 3 });
        await google.FaultAsync(new { path = Path, hang = true });
        Task<List<MediaItem>> listing = google.Client.MediaItems.AllAsync();
        await google.UntilAsync(s => s.InFlight == 1);

        google.Clock.ExpireAttempts();

        Assert.Equal(3, (await listing).Count);
        Assert.Equal(2, (await google.StatisticsAsync()).Calls("mediaItems.list"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task What_would_fail_again_is_not_tried_again(int status)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { path = Path, status, count = 0 });

        await Assert.ThrowsAnyAsync<GPhotosException>(() => google.Client.MediaItems.AllAsync());

        Assert.Equal(1, (await google.StatisticsAsync()).Total);
        Assert.Empty(google.Clock.Waits);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>hello</html>")]
    [InlineData("{\"mediaItems\":7}")]
    [InlineData("null")]
    public async Task A_good_status_with_a_body_that_is_none_is_told_as_unexpected(string body)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { path = Path, status = 200, body });

        await Assert.ThrowsAsync<UnexpectedResponseException>(() => google.Client.MediaItems.AllAsync());
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { path = Path, status = 302, headers = new Dictionary<string, string> { ["Location"] = "/v1/albums" } });

        await Assert.ThrowsAsync<UnexpectedResponseException>(() => google.Client.MediaItems.AllAsync());

        Assert.Equal(0, (await google.StatisticsAsync()).Calls("albums.list"));
    }

    private static void AssertWaits(double[] least, IReadOnlyList<TimeSpan> waits)
    {
        Assert.Equal(least.Length, waits.Count);
        Assert.All(waits.Zip(least), w => Assert.InRange(w.First.TotalSeconds, w.Second, w.Second * 1.5));
        Assert.Contains(waits.Zip(least), w => w.First.TotalSeconds > w.Second);
    }
}
