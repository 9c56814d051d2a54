using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using GPhotos.Core;
using GPhotos.Core.Data;
using GPhotos.Core.Downloads;
using GPhotos.Core.Quota;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Quota;

public sealed class CallLedgerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_clients_of_one_folder_add_up_and_a_third_that_comes_later_knows()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 250 });
        using GPhotosClient one = await google.ClientAsync(_folder.Path);
        using GPhotosClient other = await google.ClientAsync(_folder.Path, account: "ben");

        await one.MediaItems.AllAsync();
        await other.MediaItems.AllAsync();
        await other.Albums.CreateAsync("Trip");

        using GPhotosClient later = await google.ClientAsync(_folder.Path);
        GPhotosQuota today = later.Quota.Today();
        Assert.Equal((7, 9993, 0), (today.LibraryCalls, today.LibraryCallsLeft, today.MediaRequests));
        Assert.Equal([new("albums.create", 1), new("mediaItems.list", 6)], today.Calls);
        Assert.Equal((await google.StatisticsAsync()).Total, today.LibraryCalls);
        Assert.Equal(QuotaClients.Project, today.Project);
        Assert.Null(later.Quota.Fault);
    }

    [Fact]
    public async Task Another_project_has_a_day_of_its_own()
    {
        using CallLedger one = QuotaClients.Ledger(_clock, _folder.Path);
        using CallLedger other = QuotaClients.Ledger(_clock, _folder.Path, project: "7");

        await one.SendAsync(() => new HttpResponseMessage());

        Assert.Equal((1, 0), (one.Spending().LibraryCalls, other.Spending().LibraryCalls));
    }

    [Fact]
    public async Task Without_a_folder_a_client_knows_its_own_calls()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using GPhotosClient client = await google.ClientAsync(folder: null);

        await client.MediaItems.AllAsync();

        Assert.Equal(1, client.Quota.Today().LibraryCalls);
        Assert.Null(client.Quota.Fault);
    }

    [Fact]
    public async Task A_call_counts_as_often_as_it_was_sent()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using GPhotosClient client = await google.ClientAsync(_folder.Path);
        await google.FaultAsync(new { path = "/v1/mediaItems", status = 503, count = 2 });

        await client.MediaItems.AllAsync();

        Assert.Equal(3, client.Quota.Today().LibraryCalls);
    }

    [Fact]
    public async Task The_replay_with_a_new_token_counts_too()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        GPhotosClient client = google.NewClient(google.Renewable((await google.IssueAsync()).RefreshToken));
        await client.MediaItems.AllAsync();
        await google.ExpireTokensAsync();

        await client.MediaItems.AllAsync();

        Assert.Equal(3, client.Quota.Today().LibraryCalls);
    }

    [Fact]
    public async Task A_call_that_never_ends_is_counted_while_it_hangs()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using GPhotosClient client = await google.ClientAsync(_folder.Path);
        using GPhotosClient watcher = await google.ClientAsync(_folder.Path);
        using CancellationTokenSource stop = new();
        await google.FaultAsync(new { path = "/v1/mediaItems", hang = true });
        Task<MediaItem> call = client.MediaItems.GetAsync("any", stop.Token);
        await google.UntilAsync(s => s.InFlight == 1);

        Assert.Equal(1, watcher.Quota.Today().LibraryCalls);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(1, watcher.Quota.Today().LibraryCalls);
    }

    [Fact]
    public async Task It_is_on_file_before_it_is_sent()
    {
        using CallLedger ledger = QuotaClients.Ledger(_clock, _folder.Path);
        long onFile = -1;

        await ledger.SendAsync(() =>
        {
            using CallLedger other = QuotaClients.Ledger(_clock, _folder.Path);
            onFile = other.Spending().LibraryCalls;
            return new HttpResponseMessage();
        });

        Assert.Equal(1, onFile);
    }

    [Fact]
    public async Task Bytes_of_pictures_are_counted_apart()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 3 });
        using TempFolder pictures = new();
        using GPhotosClient client = await google.ClientAsync(_folder.Path);
        google.Clock.Set(DateTimeOffset.UtcNow);

        await client.Saver.SaveAllAsync((await client.MediaItems.AllAsync()).ToSave(), new SaveOptions { Destination = pictures.Path });

        GPhotosQuota today = client.Quota.Today();
        Assert.Equal((1, 3, 75_000, 74_997), (today.LibraryCalls, today.MediaRequests, today.MediaRequestLimit, today.MediaRequestsLeft));
        Assert.Equal(3, today.Calls["media.get"]);
    }

    [Theory]
    // Winter, summer, and the midnights around the two days on which clocks change.
    [InlineData("2026-01-15T08:00:00Z", "2026-01-15")]
    [InlineData("2026-07-15T07:00:00Z", "2026-07-15")]
    [InlineData("2026-03-08T08:00:00Z", "2026-03-08")]
    [InlineData("2026-03-09T07:00:00Z", "2026-03-09")]
    [InlineData("2026-11-01T07:00:00Z", "2026-11-01")]
    [InlineData("2026-11-02T08:00:00Z", "2026-11-02")]
    public async Task At_midnight_Pacific_the_count_begins_anew(string midnight, string day)
    {
        using CallLedger ledger = QuotaClients.Ledger(_clock, _folder.Path);
        DateTimeOffset reset = DateTimeOffset.Parse(midnight, CultureInfo.InvariantCulture);
        DateOnly after = DateOnly.Parse(day, CultureInfo.InvariantCulture);
        _clock.Set(reset.AddSeconds(-1));
        await ledger.SendAsync(() => new HttpResponseMessage());
        Assert.Equal((after.AddDays(-1), reset), (ledger.Spending().Day, ledger.Spending().ResetsAt));

        _clock.Set(reset);
        Assert.Equal((after, 0), (ledger.Spending().Day, ledger.Spending().LibraryCalls));
        await ledger.SendAsync(() => new HttpResponseMessage());
        await ledger.SendAsync(() => new HttpResponseMessage());

        Assert.Equal(
            [(after, 2, (int?)0), (after.AddDays(-1), 1, null)],
            new QuotaReport(ledger).Days().Select(d => (d.Day, d.LibraryCalls, d.WritesLastMinute)));
    }

    [Fact]
    public async Task The_days_are_those_of_the_server_whatever_this_machine_believes()
    {
        using CallLedger ledger = QuotaClients.Ledger(_clock, _folder.Path);
        DateOnly local = ledger.Spending().Day;

        await ledger.SendAsync(() => Dated(_clock.GetUtcNow().AddDays(3)));

        Assert.Equal((local.AddDays(3), 1), (ledger.Spending().Day, ledger.Spending().LibraryCalls));
        Assert.Equal([local.AddDays(3)], new QuotaReport(ledger).Days().Select(d => d.Day));

        // What follows is counted there from the start, before any answer and in every process.
        using CallLedger other = QuotaClients.Ledger(_clock, _folder.Path);
        await other.SendAsync(() => new HttpResponseMessage());
        Assert.Equal((local.AddDays(3), 2), (other.Spending().Day, other.Spending().LibraryCalls));

        // The clock was put right.
        _clock.Advance(TimeSpan.FromDays(3));
        await other.SendAsync(() => Dated(_clock.GetUtcNow()));
        Assert.Equal((local.AddDays(3), 3), (ledger.Spending().Day, ledger.Spending().LibraryCalls));
    }

    [Fact]
    public async Task The_emulators_day_begins_and_ends_here_as_it_does_there()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { DailyLimit = 3 });
        using GPhotosClient client = await google.ClientAsync(_folder.Path);
        for (int i = 0; i < 3; i++)
        {
            await client.MediaItems.AllAsync();
        }

        await Assert.ThrowsAsync<QuotaExceededException>(() => client.MediaItems.AllAsync());
        GPhotosQuota spent = client.Quota.Today();
        Assert.Equal((4, 0), (spent.LibraryCalls, spent.LibraryCallsLeft));

        using HttpResponseMessage moved = await google.Http.PostAsJsonAsync(
            "emulator/clock", new { advanceSeconds = (int)(spent.ResetsAt - DateTimeOffset.UtcNow).TotalSeconds + 1, keepAccessTokens = true });
        Assert.True(moved.IsSuccessStatusCode);
        await client.MediaItems.AllAsync();

        GPhotosQuota next = client.Quota.Today();
        Assert.Equal((spent.Day.AddDays(1), 1, 9_999), (next.Day, next.LibraryCalls, next.LibraryCallsLeft));
        Assert.Equal([1L, 4L], client.Quota.Days().Select(d => d.LibraryCalls));
    }

    [Fact]
    public async Task A_call_answered_past_midnight_counts_on_the_day_of_the_answer()
    {
        using CallLedger ledger = QuotaClients.Ledger(_clock, _folder.Path);
        DateTimeOffset reset = new(2026, 7, 15, 7, 0, 0, TimeSpan.Zero);
        _clock.Set(reset.AddMinutes(-1));

        await ledger.SendAsync(() =>
        {
            _clock.Set(reset.AddMinutes(1));
            return Dated(reset.AddMinutes(1));
        });

        GPhotosQuota only = Assert.Single(new QuotaReport(ledger).Days());
        Assert.Equal((new DateOnly(2026, 7, 15), 1), (only.Day, only.LibraryCalls));
    }

    [Theory]
    [InlineData(-30_000_000)]
    [InlineData(-1)]
    [InlineData(-864_000_006_000)]
    [InlineData(-864_000_000_001)]
    public async Task The_very_second_of_midnight_is_the_new_day_however_little_the_clocks_differ(long ticksBehind)
    {
        using CallLedger ledger = QuotaClients.Ledger(_clock, _folder.Path);
        DateTimeOffset reset = new(2026, 7, 15, 7, 0, 0, TimeSpan.Zero);
        _clock.Set(reset.AddTicks(ticksBehind));

        await ledger.SendAsync(() => Dated(reset));

        Assert.Equal((new DateOnly(2026, 7, 15), 1), (ledger.Spending().Day, ledger.Spending().LibraryCalls));
    }

    [Theory]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("yesterday")]
    public async Task A_date_that_is_none_changes_nothing(string date)
    {
        using CallLedger ledger = QuotaClients.Ledger(_clock, _folder.Path);
        DateOnly local = ledger.Spending().Day;

        await ledger.SendAsync(() =>
        {
            HttpResponseMessage answer = new();
            answer.Headers.TryAddWithoutValidation("Date", date);
            return answer;
        });

        Assert.Equal((local, 1), (ledger.Spending().Day, ledger.Spending().LibraryCalls));
    }

    [Fact]
    public async Task When_Google_says_that_the_day_is_spent_nothing_is_left_of_it()
    {
        using CallLedger ledger = QuotaClients.Ledger(_clock, _folder.Path);

        await ledger.SendAsync(() => Refused("Quota exceeded for quota metric 'All requests' and limit 'All requests per day' of service 'x'."));

        using CallLedger other = QuotaClients.Ledger(_clock, _folder.Path);
        GPhotosQuota today = other.Spending();
        Assert.Equal((1, 0, 75_000), (today.LibraryCalls, today.LibraryCallsLeft, today.MediaRequestsLeft));
        _clock.Set(today.ResetsAt);
        Assert.Equal(10_000, ledger.Spending().LibraryCallsLeft);
    }

    [Fact]
    public async Task A_spent_minute_leaves_the_day()
    {
        using CallLedger ledger = QuotaClients.Ledger(_clock, _folder.Path);

        await ledger.SendAsync(() => Refused("limit 'Write requests per minute per user'"));

        Assert.Equal(9_999, ledger.Spending().LibraryCallsLeft);
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_opened_stops_no_call()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 3 });
        string file = _folder.Write("in-the-way", "a file where the folder should be");
        using GPhotosClient client = await google.ClientAsync(file);

        Assert.Equal(3, (await client.MediaItems.AllAsync()).Count);
        await client.Albums.CreateAsync("Trip");

        Assert.Equal(2, client.Quota.Today().LibraryCalls);
        Assert.Equal(1, client.Quota.Today().WritesLastMinute);
        Assert.Equal(Path.Combine(file, CallLedger.FileName), Assert.IsType<FileWriteFailedException>(client.Quota.Fault).Path);
    }

    [Fact]
    public async Task A_damaged_ledger_is_left_as_it_is_and_stops_nothing()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        byte[] noise = [.. Enumerable.Range(0, 5000).Select(i => (byte)i)];
        string path = _folder.Write(CallLedger.FileName, noise);
        using GPhotosClient client = await google.ClientAsync(_folder.Path);

        await client.MediaItems.AllAsync();

        Assert.Equal(1, client.Quota.Today().LibraryCalls);
        Assert.Contains("damaged", client.Quota.Fault?.Message, StringComparison.Ordinal);
        Assert.Equal(noise, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task A_ledger_that_can_no_longer_be_written_is_still_read_and_counting_goes_on()
    {
        using CallLedger ledger = QuotaClients.Ledger(_clock, _folder.Path);
        await ledger.SendAsync(() => new HttpResponseMessage());
        using (LocalDatabase other = new(_folder[CallLedger.FileName], [""]))
        {
            other.Execute("CREATE TRIGGER full BEFORE UPDATE ON call BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
        }

        await ledger.SendAsync(() => new HttpResponseMessage());
        await ledger.SendAsync(() => new HttpResponseMessage());

        Assert.Equal(3, ledger.Spending().LibraryCalls);
        Assert.Contains("the disk is full", ledger.Fault?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_outlives_its_client_is_answered()
    {
        CallLedger ledger = QuotaClients.Ledger(_clock, _folder.Path);

        await ledger.SendAsync(() =>
        {
            ledger.Dispose();
            return Dated(_clock.GetUtcNow().AddDays(1));
        });
        await ledger.SendAsync(() => new HttpResponseMessage());

        using CallLedger other = QuotaClients.Ledger(_clock, _folder.Path);
        Assert.Equal(1, other.Spending().LibraryCalls);
    }

    [Fact]
    public async Task Many_at_once_lose_no_count()
    {
        using CallLedger one = QuotaClients.Ledger(_clock, _folder.Path);
        using CallLedger other = QuotaClients.Ledger(_clock, _folder.Path);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() =>
            (i % 2 == 0 ? one : other).SendAsync(() => Dated(_clock.GetUtcNow().AddDays(i % 3 == 0 ? 1 : 0))))));

        Assert.Equal(200, new QuotaReport(one).Days().Sum(d => d.LibraryCalls));
        Assert.Null(one.Fault ?? other.Fault);
    }

    private static HttpResponseMessage Dated(DateTimeOffset date)
    {
        HttpResponseMessage answer = new();
        answer.Headers.Date = date;
        return answer;
    }

    private static HttpResponseMessage Refused(string message) =>
        new(HttpStatusCode.TooManyRequests) { Content = new StringContent($$"""{ "error": { "code": 429, "message": "{{message}}" } }""") };
}
