using GPhotos.Core.Uploads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Uploads;

public sealed class BatchFailureTests
{
    private const string BatchCreate = "/v1/mediaItems:batchCreate";
    private const string Uploads = "/v1/uploads";

    private static readonly SendOptions OneLane = new() { ThrottleLimit = 1 };

    [Fact]
    public async Task A_lost_reply_to_batchCreate_creates_everything_once_and_says_so()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string[] paths = folder.WritePictures(7);
        Album album = await google.Client.Albums.CreateAsync("Trip");
        await google.FaultAsync(new { path = BatchCreate, applyThenFail = true });

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(paths, albumId: album.Id);

        Assert.Equal(paths, outcomes.Select(o => o.Request!.Path));
        Assert.All(outcomes, o => Assert.True(o.Result?.Status == SendStatus.Created, o.Error?.Message));
        Assert.Equal(7, outcomes.Select(o => o.Result!.Id).Distinct().Count());
        Assert.Equal(7, (await google.ItemsAsync()).Length);
        Assert.Equal(7, (await google.Client.MediaItems.AllAsync(new MediaItemQuery { AlbumId = album.Id })).Count);
    }

    [Fact]
    public async Task A_file_that_is_no_picture_is_still_refused_after_a_lost_reply()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string[] paths = folder.WritePictures(3);
        await File.WriteAllTextAsync(paths[1], "this is no picture");
        await google.FaultAsync(new { path = BatchCreate, applyThenFail = true });

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(paths);

        Assert.Equal(3, Assert.IsType<MediaRejectedException>(outcomes[1].Error).Code);
        Assert.Equal([SendStatus.Created, SendStatus.Created], outcomes.Where(o => o.Error is null).Select(o => o.Result!.Status));
    }

    [Fact]
    public async Task A_batch_that_fails_three_times_and_then_works_is_there_once()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.FaultAsync(new { path = BatchCreate, status = 500, count = 3 });

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(folder.WritePictures(50));

        Assert.All(outcomes, o => Assert.Equal(SendStatus.Created, o.Result!.Status));
        Assert.Equal(50, (await google.ItemsAsync()).Length);
        Assert.Equal(4, (await google.StatisticsAsync()).Calls("mediaItems.batchCreate"));
    }

    // The first file poisons every call it is in: 50, then 25, 12, 6, 3 and 1 fail, and the halves beside it pass.
    [Theory]
    [InlineData(400, 6, 11)]
    [InlineData(503, 16, 21)]
    public async Task A_batch_that_fails_whole_is_halved_until_the_poison_is_alone(int status, int failures, int calls)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string[] paths = folder.WritePictures(50);
        await google.FaultAsync(new { path = BatchCreate, status, count = failures });

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(paths);

        Assert.Equal(paths, outcomes.Select(o => o.Request!.Path));
        GPhotosException error = outcomes[0].Error!;
        Assert.True(status == 400 ? error is MediaRejectedException : error is ServiceUnavailableException, error.ToString());
        Assert.All(outcomes[1..], o => Assert.Equal(SendStatus.Created, o.Result!.Status));
        Assert.Equal(49, (await google.ItemsAsync()).Length);
        Assert.Equal(calls, (await google.StatisticsAsync()).Calls("mediaItems.batchCreate"));
    }

    [Fact]
    public async Task A_service_that_fails_at_everything_is_not_asked_for_each_file()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.FaultAsync(new { path = BatchCreate, status = 503, count = 0 });

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(folder.WritePictures(130));

        Assert.IsType<ServiceUnavailableException>(outcomes[^1].Error);
        Assert.Null(outcomes[^1].Request);
        Assert.Equal(131, outcomes.Count);
        Assert.InRange((await google.StatisticsAsync()).Calls("mediaItems.batchCreate"), 6, 30);
    }

    [Fact]
    public async Task A_batch_that_is_refused_once_for_no_reason_is_there_in_the_end()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string[] paths = folder.WritePictures(120);
        await google.FaultAsync(new { path = BatchCreate, status = 400, after = 1 });

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(paths);

        Assert.Equal(paths, outcomes.Select(o => o.Request!.Path));
        Assert.All(outcomes, o => Assert.Equal(SendStatus.Created, o.Result!.Status));
    }

    [Theory]
    [InlineData(13)]
    [InlineData(14)]
    public async Task A_status_of_one_file_that_passes_is_asked_for_again_alone(int code)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string[] paths = folder.WritePictures(2);
        await AnswerUploadsAsync(google, "T1", "T2");
        await AnswerBatchAsync(google, Created("T1", "id1"), Failed("T2", code));
        await AnswerBatchAsync(google, Created("T2", "id2"));

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(paths, OneLane);

        Assert.Equal(["id1", "id2"], outcomes.Select(o => o.Result!.Id));
        Assert.Equal(2, (await google.StatisticsAsync()).Calls("mediaItems.batchCreate"));
        Assert.Single(google.Clock.Waits);
    }

    [Fact]
    public async Task A_status_of_one_file_that_stays_fails_that_file_after_a_bounded_number_of_tries()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await AnswerUploadsAsync(google, "T1", "T2");
        await google.FaultAsync(new { path = BatchCreate, count = 0, body = Reply(Created("T1", "id1"), Failed("T2", 13)) });

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(folder.WritePictures(2), OneLane);

        Assert.Equal("id1", outcomes[0].Result!.Id);
        Assert.IsType<ServiceUnavailableException>(outcomes[1].Error);
        Assert.Equal(6, (await google.StatisticsAsync()).Calls("mediaItems.batchCreate"));
    }

    [Fact]
    public async Task Answers_are_matched_by_token_not_by_place_and_what_is_missing_is_told()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await AnswerUploadsAsync(google, "T1", "T2", "T3", "T4");
        await AnswerBatchAsync(
            google, Failed("T3", 3), Created("stranger", "idx"), new { uploadToken = "T4", status = new { message = "Success" } }, Created("T1", "id1"));

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(folder.WritePictures(4), OneLane);

        Assert.Equal("id1", outcomes[0].Result!.Id);
        Assert.IsType<UnexpectedResponseException>(outcomes[1].Error);
        Assert.Equal(3, Assert.IsType<MediaRejectedException>(outcomes[2].Error).Code);
        Assert.IsType<UnexpectedResponseException>(outcomes[3].Error);
    }

    [Fact]
    public async Task A_day_that_ends_in_the_middle_leaves_what_is_done_created_and_the_rest_pending()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string[] paths = folder.WritePictures(130);
        await google.FaultAsync(new { path = Uploads, quota = "daily", after = 80, count = 0 });

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(paths, OneLane);

        SendOutcome last = outcomes[^1];
        Assert.Null(last.Request);
        Assert.IsType<QuotaExceededException>(last.Error);
        Assert.Equal(paths.Order(StringComparer.Ordinal), outcomes.SkipLast(1).Select(o => o.Request!.Path).Order(StringComparer.Ordinal));
        Assert.Equal(50, outcomes.Count(o => o.Result?.Status == SendStatus.Created));
        Assert.Equal(80, outcomes.Count(o => o.Result?.Status == SendStatus.Pending));
        Assert.Equal(81, (await google.StatisticsAsync()).Calls("uploads"));
    }

    [Fact]
    public async Task A_day_that_ends_at_batchCreate_leaves_the_rest_pending()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.FaultAsync(new { path = BatchCreate, quota = "daily", after = 1, count = 0 });

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(folder.WritePictures(130));

        Assert.IsType<QuotaExceededException>(outcomes[^1].Error);
        Assert.Equal(131, outcomes.Count);
        Assert.Equal(50, outcomes.Count(o => o.Result?.Status == SendStatus.Created));
        Assert.Equal(80, outcomes.Count(o => o.Result?.Status == SendStatus.Pending));
        Assert.Equal(2, (await google.StatisticsAsync()).Calls("mediaItems.batchCreate"));
    }

    [Fact]
    public async Task Full_storage_ends_the_run()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.FaultAsync(new
        {
            path = BatchCreate,
            status = 400,
            count = 0,
            body = new { error = new { code = 400, message = "The remaining storage in the user's account is not enough to perform this operation." } },
        });

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(folder.WritePictures(60));

        Assert.IsType<StorageFullException>(outcomes[^1].Error);
        Assert.Equal(60, outcomes.Count(o => o.Result?.Status == SendStatus.Pending));
        Assert.Equal(1, (await google.StatisticsAsync()).Calls("mediaItems.batchCreate"));
    }

    [Fact]
    public async Task What_was_created_stays_created_when_the_repeat_for_the_rest_is_refused()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await AnswerUploadsAsync(google, "T1", "T2");
        await AnswerBatchAsync(google, Created("T1", "id1"), Failed("T2", 13));
        await google.FaultAsync(new { path = BatchCreate, status = 400 });

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(folder.WritePictures(2), OneLane);

        Assert.Equal("id1", outcomes[0].Result!.Id);
        Assert.IsType<MediaRejectedException>(outcomes[1].Error);
    }

    [Fact]
    public async Task What_was_created_stays_created_when_the_day_ends_before_the_repeat_for_the_rest()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await AnswerUploadsAsync(google, "T1", "T2");
        await AnswerBatchAsync(google, Created("T1", "id1"), Failed("T2", 13));
        await google.FaultAsync(new { path = BatchCreate, quota = "daily", count = 0 });

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(folder.WritePictures(2), OneLane);

        Assert.Equal([SendStatus.Created, SendStatus.Pending], outcomes.Take(2).Select(o => o.Result!.Status));
        Assert.IsType<QuotaExceededException>(outcomes[2].Error);
    }

    [Fact]
    public async Task Two_lost_replies_in_one_batch_leave_no_file_told_as_refused()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.FaultAsync(new { path = BatchCreate, applyThenFail = true });
        await google.FaultAsync(new { path = BatchCreate, after = 1, applyThenFail = true });

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(folder.WritePictures(3));

        Assert.All(outcomes, o => Assert.True(o.Result?.Status == SendStatus.Created, o.Error?.Message));
        Assert.Equal(3, (await google.ItemsAsync()).Length);
    }

    private static object Created(string token, string id) => new { uploadToken = token, status = new { message = "Success" }, mediaItem = new { id } };

    private static object Failed(string token, int code) => new { uploadToken = token, status = new { code, message = "Failed." } };

    private static object Reply(params object[] results) => new { newMediaItemResults = results };

    private static Task AnswerBatchAsync(TestGoogle google, params object[] results) =>
        google.FaultAsync(new { path = BatchCreate, body = Reply(results) });

    private static async Task AnswerUploadsAsync(TestGoogle google, params string[] tokens)
    {
        foreach (string token in tokens)
        {
            await google.FaultAsync(new { path = Uploads, body = token });
        }
    }
}
