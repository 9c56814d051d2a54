using System.Security.Cryptography;
using GPhotos.Core.Uploads;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Uploads;

public sealed class SendTests
{
    [Fact]
    public async Task Bytes_arrive_as_they_were_with_name_description_and_album()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        byte[] bytes = TinyJpeg.Make("large", padding: 3_000_000);
        new Random(7).NextBytes(bytes.AsSpan(1000));
        string path = folder.Write("Ünïcode – 夕焼け.jpg", bytes);
        Album album = await google.Client.Albums.CreateAsync("Trip");

        SendOutcome outcome = Assert.Single(await google.Client.Sender.SendAsync(
            new[] { new SendRequest(path) { AlbumId = album.Id, Description = "by the sea" } }.ToAsyncEnumerable(),
            new SendOptions()).ToListAsync());

        SendResult result = outcome.Result!;
        Assert.Equal((SendStatus.Created, path, bytes.LongLength, album.Id), (result.Status, result.FullName, result.Length, result.AlbumId));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), result.Sha256);
        Assert.Equal(bytes, await google.OriginalAsync(result.Id!));
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync(new MediaItemQuery { AlbumId = album.Id }));
        Assert.Equal((result.Id, "Ünïcode – 夕焼け.jpg", "by the sea"), (item.Id, item.FileName, item.Description));
    }

    [Fact]
    public async Task A_thousand_files_cost_a_thousand_and_twenty_calls_with_one_writer_and_no_more_lanes_than_allowed()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string[] paths = folder.WritePictures(1000);

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(paths, new SendOptions { ThrottleLimit = 6 });

        Assert.Equal(paths, outcomes.Select(o => o.Request!.Path));
        Assert.All(outcomes, o => Assert.Equal(SendStatus.Created, o.Result!.Status));
        Assert.Equal(1000, outcomes.Select(o => o.Result!.Id).Distinct().Count());
        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((1000, 20, 1020), (statistics.Calls("uploads"), statistics.Calls("mediaItems.batchCreate"), statistics.Total));
        Assert.Equal(1, statistics.MaxInFlight("mediaItems.batchCreate"));
        Assert.InRange(statistics.MaxInFlight("uploads"), 2, 6);
    }

    [Fact]
    public async Task An_album_keeps_the_order_of_the_input()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string[] paths = [.. folder.WritePictures(120).Reverse()];
        Album album = await google.Client.Albums.CreateAsync("Trip");

        await google.Client.Sender.SendAllAsync(paths, albumId: album.Id);

        List<MediaItem> items = await google.Client.MediaItems.AllAsync(new MediaItemQuery { AlbumId = album.Id });
        Assert.Equal(paths.Select(Path.GetFileName), items.Select(i => i.FileName));
    }

    [Fact]
    public async Task One_refused_file_among_five_leaves_four_done()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string[] paths = folder.WritePictures(5);
        await File.WriteAllTextAsync(paths[2], "this is no picture");

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(paths);

        Assert.Equal(paths, outcomes.Select(o => o.Request!.Path));
        Assert.Equal(4, outcomes.Count(o => o.Result?.Status == SendStatus.Created));
        MediaRejectedException error = Assert.IsType<MediaRejectedException>(outcomes[2].Error);
        Assert.Equal((paths[2], 3), (error.Path, error.Code));
        Assert.Contains("Failed: There was an error while trying to create this media item.", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, (await google.ItemsAsync()).Length);
    }

    [Fact]
    public async Task The_same_bytes_twice_in_one_batch_are_sent_once()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string[] paths = [folder.Write("a.jpg", TinyJpeg.Make("same")), folder.Write("b.jpg", TinyJpeg.Make("same")), folder.Write("c.jpg", TinyJpeg.Make("other"))];

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(paths);

        Assert.Equal([SendStatus.Created, SendStatus.AlreadyInLibrary, SendStatus.Created], outcomes.Select(o => o.Result!.Status));
        Assert.Equal(paths, outcomes.Select(o => o.Result!.FullName));
        Assert.Equal(outcomes[0].Result!.Id, outcomes[1].Result!.Id);
        Assert.Equal(2, (await google.StatisticsAsync()).Calls("uploads"));
        Assert.Equal(2, (await google.ItemsAsync()).Length);
    }

    [Fact]
    public async Task The_same_bytes_in_a_later_run_are_the_same_media_item()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string[] paths = folder.WritePictures(60);
        List<SendOutcome> first = await google.Client.Sender.SendAllAsync(paths);

        await google.ResetStatisticsAsync();

        List<SendOutcome> second = await google.Client.Sender.SendAllAsync(paths);

        Assert.All(second, o => Assert.Equal(SendStatus.AlreadyInLibrary, o.Result!.Status));
        Assert.Equal(0, (await google.StatisticsAsync()).Total);
        Assert.Equal(first.Select(o => o.Result!.Id), second.Select(o => o.Result!.Id));
        Assert.Equal(60, (await google.ItemsAsync()).Length);
    }

    [Fact]
    public async Task No_files_cost_no_call()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        Assert.Empty(await google.Client.Sender.SendAllAsync([]));

        Assert.Equal(0, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task An_album_of_another_app_ends_the_run_before_the_day_is_spent_on_it()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(
            folder.WritePictures(300), new SendOptions { ThrottleLimit = 1 }, albumId: "foreign");

        Assert.Equal("foreign", Assert.IsType<NotCreatedByThisAppException>(outcomes[^1].Error).Id);
        Assert.Equal(300, outcomes.Count(o => o.Result?.Status == SendStatus.Pending));
        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal(1, statistics.Calls("mediaItems.batchCreate"));
        Assert.InRange(statistics.Calls("uploads"), 50, 110);
    }

    [Fact]
    public async Task Two_senders_of_one_account_still_create_one_batch_at_a_time()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(5) });
        using TempFolder folder = new();
        Core.GPhotosClient other = google.NewClient((await google.IssueAsync()).AccessToken);

        List<SendOutcome>[] both = await Task.WhenAll(
            google.Client.Sender.SendAllAsync(folder.WritePictures(150, "a")), other.Sender.SendAllAsync(folder.WritePictures(150, "b")));

        Assert.All(both.SelectMany(o => o), o => Assert.Equal(SendStatus.Created, o.Result!.Status));
        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal(1, statistics.MaxInFlight("mediaItems.batchCreate"));
        Assert.Equal((6, 0), (statistics.Calls("mediaItems.batchCreate"), statistics.Statuses(429)));
    }

    [Fact]
    public async Task A_cut_or_failed_upload_sends_the_whole_file_again()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        byte[] bytes = TinyJpeg.Make("again", padding: 500_000);
        await google.FaultAsync(new { path = "/v1/uploads", status = 503 });
        await google.FaultAsync(new { path = "/v1/uploads", applyThenFail = true });
        await google.FaultAsync(new { path = "/v1/uploads", cutAfterBytes = 3 });

        SendOutcome outcome = Assert.Single(await google.Client.Sender.SendAllAsync([folder.Write("a.jpg", bytes)]));

        Assert.Equal(bytes, await google.OriginalAsync(outcome.Result!.Id!));
        Assert.Equal(4, (await google.StatisticsAsync()).Calls("uploads"));
        Assert.Single(await google.ItemsAsync());
    }

    [Fact]
    public async Task An_upload_that_gives_no_token_is_an_error_of_that_file()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.FaultAsync(new { path = "/v1/uploads", status = 200, body = " \n" });

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(folder.WritePictures(2), new SendOptions { ThrottleLimit = 1 });

        Assert.IsType<UnexpectedResponseException>(Assert.Single(outcomes, o => o.Error is not null).Error);
        Assert.Single(outcomes, o => o.Result?.Status == SendStatus.Created);
    }
}
