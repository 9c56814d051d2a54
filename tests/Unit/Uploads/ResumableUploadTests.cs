using GPhotos.Core;
using GPhotos.Core.Uploads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Uploads;

public sealed class ResumableUploadTests : IDisposable
{
    private const int Granularity = 262_144;
    private const int Size = (12 * Granularity) + 1000;

    private static readonly SendOptions Resumable = new() { ResumableFrom = 1_000_000 };

    private readonly TempFolder _folder = new();
    private readonly TempFolder _data = new();

    public void Dispose()
    {
        _folder.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task A_large_file_goes_up_in_one_chunk_while_all_goes_well()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        SendResult result = await SendAsync(google.Client, LargeFile());

        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((1, 1, 0), (statistics.Calls("uploads.start"), statistics.Calls("uploads.finalize"), statistics.Calls("uploads.query")));
        Assert.Equal(Size, statistics.UploadBytes);
        Assert.Equal(await File.ReadAllBytesAsync(result.FullName), await google.OriginalAsync(result.Id!));
    }

    [Fact]
    public async Task A_broken_line_goes_on_where_Google_has_got_to()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { kind = "uploads.*", breakAfterBytes = 5 * Granularity, count = 2 });

        SendResult result = await SendAsync(google.Client, LargeFile());

        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal(1, statistics.Calls("uploads.start"));
        Assert.InRange(statistics.UploadBytes, Size, Size + (2 * Granularity));
        Assert.Equal(await File.ReadAllBytesAsync(result.FullName), await google.OriginalAsync(result.Id!));
    }

    [Fact]
    public async Task Another_process_goes_on_where_the_first_was_killed()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        string path = await LeaveAsync(google);

        SendResult result = await SendAsync(await google.NewProcessAsync(_data), path);

        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((1, 1), (statistics.Calls("uploads.start"), statistics.Calls("uploads.query")));
        Assert.InRange(statistics.UploadBytes, Size, Size + Granularity);
        Assert.Equal(await File.ReadAllBytesAsync(path), await google.OriginalAsync(result.Id!));
    }

    [Fact]
    public async Task A_session_past_six_days_is_not_asked_for()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        string path = await LeaveAsync(google);
        google.Clock.Advance(TimeSpan.FromDays(6.1));

        await SendAsync(await google.NewProcessAsync(_data), path);

        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((2, 0), (statistics.Calls("uploads.start"), statistics.Calls("uploads.query")));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(400)]
    public async Task A_session_that_Google_forgot_is_begun_anew(int status)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        string path = await LeaveAsync(google);
        await google.FaultAsync(new { kind = "uploads.query", status, count = 1 });

        SendResult result = await SendAsync(await google.NewProcessAsync(_data), path);

        Assert.Equal(2, (await google.StatisticsAsync()).Calls("uploads.start"));
        Assert.Equal(await File.ReadAllBytesAsync(path), await google.OriginalAsync(result.Id!));
    }

    [Fact]
    public async Task A_lost_last_answer_costs_a_question_and_no_byte()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { kind = "uploads.finalize", applyThenFail = true, count = 1 });

        await SendAsync(google.Client, LargeFile());

        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((1, 1, Size), (statistics.Calls("uploads.start"), statistics.Calls("uploads.query"), statistics.UploadBytes));
    }

    [Fact]
    public async Task A_receipt_that_is_lost_for_good_costs_the_upload_once_more()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { kind = "uploads.finalize", applyThenFail = true, count = 1 });
        await google.FaultAsync(new
        {
            kind = "uploads.query",
            status = 200,
            body = "",
            headers = new Dictionary<string, string> { ["X-Goog-Upload-Status"] = "final" },
            count = 1,
        });

        SendResult result = await SendAsync(google.Client, LargeFile());

        Assert.Equal(2, (await google.StatisticsAsync()).Calls("uploads.start"));
        Assert.Equal(await File.ReadAllBytesAsync(result.FullName), await google.OriginalAsync(result.Id!));
    }

    [Fact]
    public async Task A_server_error_in_mid_upload_is_asked_about_and_gone_on_from()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { kind = "uploads.finalize", status = 503, count = 2 });

        await SendAsync(google.Client, LargeFile());

        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((1, 2), (statistics.Calls("uploads.start"), statistics.Calls("uploads.query")));
    }

    [Fact]
    public async Task A_line_that_lets_nothing_through_is_given_up_after_a_bounded_number_of_tries()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.FaultAsync(new { kind = "uploads.*", breakAfterBytes = 1000, count = 0 });

        SendOutcome outcome = Assert.Single(await google.Client.Sender.SendAllAsync([LargeFile()], Resumable));

        Assert.IsType<ConnectionFailedException>(outcome.Error);
        Assert.InRange((await google.StatisticsAsync()).Calls("uploads.query"), 5, 6);
    }

    [Fact]
    public async Task Two_processes_that_send_the_same_large_file_send_it_once()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        string path = LargeFile();
        GPhotosClient[] processes = [await google.NewProcessAsync(_data), await google.NewProcessAsync(_data)];

        SendResult[] results = await Task.WhenAll(processes.Select(p => SendAsync(p, path)));

        Assert.Single(results.Select(r => r.Id).Distinct());
        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal(1, statistics.Calls("uploads.start"));
        Assert.Single(await google.ItemsAsync());
    }

    [Fact]
    public async Task A_checksum_is_checked_by_Google_when_asked_for()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        string small = _folder.Write("small.jpg", TinyJpeg.Make("small"));

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync([LargeFile(), small], Resumable with { VerifyChecksum = true });

        Assert.All(outcomes, o => Assert.Equal(SendStatus.Created, o.Result!.Status));
    }

    [Fact]
    public async Task Bytes_that_arrive_damaged_are_sent_again_and_refused_only_when_that_does_not_help()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        string[] paths = [_folder.Write("a.jpg", TinyJpeg.Make("a"))];
        object damage = new { code = 3, message = "Checksum from header does not match received payload content." };
        await google.FaultAsync(new { kind = "uploads", status = 400, body = damage, count = 2 });

        Assert.Equal(SendStatus.Created, (await google.Client.Sender.SendAllAsync(paths, new SendOptions { VerifyChecksum = true }))[0].Result!.Status);
        Assert.Equal(3, (await google.StatisticsAsync()).Calls("uploads"));

        string[] others = [_folder.Write("b.jpg", TinyJpeg.Make("b"))];
        await google.FaultAsync(new { kind = "uploads", status = 400, body = damage, count = 3 });
        SendOutcome refused = Assert.Single(await google.Client.Sender.SendAllAsync(others, new SendOptions { VerifyChecksum = true }));
        Assert.Contains("Checksum", Assert.IsType<MediaRejectedException>(refused.Error).Message, StringComparison.Ordinal);
    }

    /// <summary>Begins to send, and dies after the first break.</summary>
    private async Task<string> LeaveAsync(TestGoogle google)
    {
        string path = LargeFile();
        await google.FaultAsync(new { kind = "uploads.*", breakAfterBytes = 7 * Granularity, count = 1 });
        google.Clock.Holds = static wait => wait < TestClock.AttemptLimit;
        using CancellationTokenSource death = new();
        Task<List<SendOutcome>> dying = (await google.NewProcessAsync(_data)).Sender.SendAllAsync([path], Resumable, cancellationToken: death.Token);
        await google.Clock.WaitBegun;
        await death.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dying);
        google.Clock.Holds = static _ => false;
        return path;
    }

    private string LargeFile()
    {
        byte[] bytes = TinyJpeg.Make("large", padding: Size - TinyJpeg.Make("large").Length);
        new Random(5).NextBytes(bytes.AsSpan(2000));
        return _folder.Write("large.jpg", bytes.AsSpan(0, Size).ToArray());
    }

    private static async Task<SendResult> SendAsync(GPhotosClient client, string path)
    {
        SendOutcome outcome = Assert.Single(await client.Sender.SendAllAsync([path], Resumable));
        Assert.True(outcome.Error is null, outcome.Error?.ToString());
        return outcome.Result!;
    }
}
