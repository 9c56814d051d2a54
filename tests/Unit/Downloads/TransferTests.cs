using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using GPhotos.Core.Downloads;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Downloads;

public sealed class TransferTests
{
    private const string Media = "/lr/";

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(400_000)]
    public async Task A_body_that_is_cut_is_whole_in_the_end(int cutAfterBytes)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new { fileName = "a.jpg", size = 700_000 });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());
        await google.FaultAsync(new { path = Media, cutAfterBytes, count = 3 });

        SaveOutcome outcome = Assert.Single(await SaveAsync(google, folder, item));

        Assert.Equal(SaveStatus.Saved, outcome.Result?.Status);
        await google.ClearFaultsAsync();
        Assert.Equal(await google.Http.GetByteArrayAsync(new Uri(item.BaseUrl + "=d")), await File.ReadAllBytesAsync(folder["a.jpg"]));
        Assert.InRange((await google.StatisticsAsync()).Calls("media.get") - 1, 2, 4);
    }

    [Fact]
    public async Task What_came_before_a_cut_does_not_come_again()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        const long Size = 60_000_000;
        await google.SeedAsync(new { fileName = "a.jpg", size = Size });
        await google.FaultAsync(new { path = Media, cutAfterBytes = 20_000_000, count = 2 });

        SaveOutcome outcome = Assert.Single(await SaveAsync(google, folder, Assert.Single(await google.Client.MediaItems.AllAsync())));

        Assert.Equal(SaveStatus.Saved, outcome.Result?.Status);
        JsonElement downloads = await google.Http.GetFromJsonAsync<JsonElement>("emulator/stats/downloads");
        // What the system still held of a broken line is lost, but not what was written.
        Assert.InRange(downloads.GetProperty("bytes").GetInt64(), Size, Size * 5 / 4);
        await google.ClearFaultsAsync();
        Assert.Equal(
            SHA256.HashData(await google.Http.GetByteArrayAsync(new Uri(outcome.Result!.MediaItem.BaseUrl + "=d"))),
            SHA256.HashData(await File.ReadAllBytesAsync(folder["a.jpg"])));
    }

    [Theory]
    [InlineData("noRange")]
    [InlineData("unstable")]
    public async Task Where_the_rest_may_be_of_other_bytes_a_cut_body_begins_anew(string oddity)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new Dictionary<string, object> { ["fileName"] = "a.jpg", ["size"] = 9_000_000, [oddity] = true });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());
        await google.FaultAsync(new { path = Media, cutAfterBytes = 5_000_000, count = 1 });
        await google.FaultAsync(new { path = Media, status = 403, after = 1, count = 1 });

        SaveOutcome outcome = Assert.Single(await SaveAsync(google, folder, item));

        byte[] saved = await File.ReadAllBytesAsync(folder["a.jpg"]);
        Assert.Equal(await google.Http.GetByteArrayAsync(new Uri(outcome.Result!.MediaItem.BaseUrl + "=d")), saved);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(saved)), outcome.Result.Sha256);
    }

    [Fact]
    public async Task A_page_in_the_place_of_a_picture_is_not_saved()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 1 });
        using TempFolder folder = new();
        await google.FaultAsync(new { path = Media, status = 200, body = new { login = "please" }, count = 0 });

        SaveOutcome outcome = Assert.Single(await SaveAsync(google, folder, Assert.Single(await google.Client.MediaItems.AllAsync())));

        Assert.IsType<DownloadFailedException>(outcome.Error);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task What_a_dead_run_left_of_a_large_file_is_gone_on_with()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        const long Size = 100_000_000;
        await google.SeedAsync(new { fileName = "a.jpg", size = Size });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());
        await google.FaultAsync(new { path = Media, cutAfterBytes = 80_000_000, count = 0 });
        await google.FaultAsync(new { path = Media, hang = true, count = 0, after = 1 });
        using CancellationTokenSource stop = new();
        Task<List<SaveOutcome>> dying = google.Client.Saver.SaveAllAsync(
            new[] { item }.ToSave(), new SaveOptions { Destination = folder.Path }, stop.Token);
        await google.UntilAsync(s => s.Calls("media.get") >= 1 && new FileInfo(folder["a.jpg.partial"]) is { Exists: true, Length: > 70_000_000 });
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dying);
        await google.ClearFaultsAsync();
        await google.ResetStatisticsAsync();
        // What was written behind the last flush may be anything after a crash.
        await using (FileStream partial = new(folder["a.jpg.partial"], FileMode.Open))
        {
            partial.SetLength(partial.Length + 1000);
        }

        SaveOutcome outcome = Assert.Single(await SaveAsync(google, folder, item));

        Assert.Equal(["a.jpg"], folder.Names);
        JsonElement downloads = await google.Http.GetFromJsonAsync<JsonElement>("emulator/stats/downloads");
        Assert.InRange(downloads.GetProperty("bytes").GetInt64(), 1, 70_000_000);
        byte[] saved = await File.ReadAllBytesAsync(folder["a.jpg"]);
        Assert.Equal(SHA256.HashData(await google.Http.GetByteArrayAsync(new Uri(item.BaseUrl + "=d"))), SHA256.HashData(saved));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(saved)), outcome.Result!.Sha256);
    }

    [Fact]
    public async Task A_body_that_is_always_cut_is_given_up_without_a_trace()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new { fileName = "a.jpg", size = 700_000 });
        await google.FaultAsync(new { path = Media, cutAfterBytes = 1000, count = 0 });

        SaveOutcome outcome = Assert.Single(await SaveAsync(google, folder, Assert.Single(await google.Client.MediaItems.AllAsync())));

        Assert.IsType<ConnectionFailedException>(outcome.Error);
        Assert.Empty(folder.Names);
        // A cut that comes before the headers is one of the connection, which is tried again within each of the six transfers.
        Assert.InRange((await google.StatisticsAsync()).Calls("media.get"), 6, 36);
    }

    [Fact]
    public async Task A_server_error_that_stays_is_told_after_six_tries()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 1 });
        using TempFolder folder = new();
        await google.FaultAsync(new { path = Media, status = 503, count = 0 });

        SaveOutcome outcome = Assert.Single(await SaveAsync(google, folder, Assert.Single(await google.Client.MediaItems.AllAsync())));

        Assert.IsType<ServiceUnavailableException>(outcome.Error);
        Assert.Equal(6, (await google.StatisticsAsync()).Calls("media.get"));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task A_missing_picture_is_told_and_the_picture_in_its_place_is_not_saved()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 1 });
        using TempFolder folder = new();
        await google.FaultAsync(new { path = Media, status = 404, body = "not a picture", count = 0 });

        SaveOutcome outcome = Assert.Single(await SaveAsync(google, folder, Assert.Single(await google.Client.MediaItems.AllAsync())));

        Assert.Equal(404, Assert.IsType<DownloadFailedException>(outcome.Error).HttpStatus);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task Cancelling_leaves_no_file_and_nothing_running()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 20 });
        using TempFolder folder = new();
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.FaultAsync(new { path = Media, hang = true, count = 0 });
        using CancellationTokenSource stop = new();
        Task<List<SaveOutcome>> saving = google.Client.Saver.SaveAllAsync(
            items.ToSave(), new SaveOptions { Destination = folder.Path, ThrottleLimit = 4 }, stop.Token);
        await google.UntilAsync(s => s.InFlight == 4);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        Assert.Empty(folder.Names);
        await google.UntilAsync(s => s.InFlight == 0);
    }

    [Fact]
    public async Task A_consumer_that_stops_early_leaves_no_half_file()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 50 });
        using TempFolder folder = new();
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();

        await foreach (SaveOutcome outcome in google.Client.Saver.SaveAsync(items.ToSave(), new SaveOptions { Destination = folder.Path }))
        {
            Assert.Equal(SaveStatus.Saved, outcome.Result!.Status);
            break;
        }

        Assert.DoesNotContain(folder.Names, n => n.EndsWith(".partial", StringComparison.Ordinal));
        Assert.InRange(folder.Names.Count(), 1, 40);
        await google.UntilAsync(s => s.InFlight == 0);
    }

    private static Task<List<SaveOutcome>> SaveAsync(TestGoogle google, TempFolder folder, MediaItem item) =>
        google.Client.Saver.SaveAllAsync(new[] { item }.ToSave(), new SaveOptions { Destination = folder.Path });
}
