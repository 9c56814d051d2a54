using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using GPhotos.Core.Downloads;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Downloads;

public sealed class BucketTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Items_go_into_the_bucket_whole_and_nothing_is_written_here()
    {
        await using TestGoogle google = await StartAsync(new EmulatorOptions { Items = 30, WritesPerMinute = 0 });
        await google.SeedAsync(new { fileName = "large.mp4", mimeType = "video/mp4", size = 7_000_001 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { Layout = SaveLayout.Year, StorageClass = "Archive" });

        Assert.All(outcomes, o => Assert.Null(o.Error));
        JsonElement[] objects = await ObjectsAsync(google);
        Assert.Equal(31, objects.Length);
        foreach (SaveResult result in outcomes.Select(o => o.Result!))
        {
            JsonElement stored = objects.Single(o => "gs://backup/photos/" + o.GetProperty("name").GetString()!["photos/".Length..] == result.FullName);
            byte[] served = await google.Http.GetByteArrayAsync(new Uri(result.MediaItem.BaseUrl + (result.MediaItem.MediaType == MediaType.Video ? "=dv" : "=d")));
            Assert.Equal(Md5(served), stored.GetProperty("md5").GetString());
            Assert.Equal((served.LongLength, Convert.ToHexStringLower(SHA256.HashData(served))), (result.Length, result.Sha256));
            Assert.Equal("ARCHIVE", stored.GetProperty("storageClass").GetString());
            JsonElement metadata = stored.GetProperty("metadata");
            Assert.Equal(result.Id, metadata.GetProperty("gphotos-media-item-id").GetString());
            Assert.Equal(result.Sha256, metadata.GetProperty("gphotos-sha256").GetString());
            Assert.StartsWith(result.MediaItem.CreationTime.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", null), metadata.GetProperty("gphotos-creation-time").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(["key.json"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_second_run_costs_one_listing_and_tells_the_same()
    {
        await using TestGoogle google = await StartAsync(new EmulatorOptions { Items = 20, WritesPerMinute = 0 });
        await google.SeedAsync(new { fileName = "moving.jpg", motion = true });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        SaveOptions options = Options with { Sidecar = true, Motion = true };
        List<SaveOutcome> first = await google.Client.Saver.SaveAllAsync(items.ToSave(), options);
        int objects = (await ObjectsAsync(google)).Length;
        await google.ResetStatisticsAsync();

        List<SaveOutcome> second = await google.Client.Saver.SaveAllAsync(items.ToSave(), options);

        Assert.All(second, o => Assert.Equal(SaveStatus.AlreadySaved, o.Result?.Status));
        Assert.Equal(Facts(first), Facts(second));
        Assert.Equal((21 * 2) + 1, objects);
        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((1, 0), (statistics.Calls("storage.objects.list"), statistics.Calls("media.get")));
        Assert.InRange(statistics.Total, 1, 3);
        Assert.Equal("gs://backup/photos/moving.mp4", second.Single(o => o.Result!.MediaItem.FileName == "moving.jpg").Result!.MotionFullName);
    }

    [Fact]
    public async Task Objects_of_others_keep_their_names_and_hostile_metadata_does_no_harm()
    {
        await using TestGoogle google = await StartAsync(new EmulatorOptions { WritesPerMinute = 0 });
        await google.SeedAsync(new { fileName = "a.jpg" });
        await google.SeedAsync(new { fileName = "B.JPG" });
        string token = (await google.IssueAsync("https://www.googleapis.com/auth/devstorage.full_control")).AccessToken;
        foreach ((string name, string id) in new[] { ("photos/A.jpg", ""), ("photos/sub/../../x", "\u0000'; DROP TABLE file;--"), ("photosother/b.jpg", "") })
        {
            using HttpRequestMessage put = new(HttpMethod.Post, $"upload/storage/v1/b/backup/o?uploadType=media&name={Uri.EscapeDataString(name)}") { Content = new StringContent("mine") };
            put.Headers.Authorization = new("Bearer", token);
            (await google.Http.SendAsync(put)).EnsureSuccessStatusCode();
            using HttpRequestMessage patch = new(HttpMethod.Patch, $"storage/v1/b/backup/o/{Uri.EscapeDataString(name)}")
            {
                Content = JsonContent.Create(new { metadata = new Dictionary<string, string> { ["gphotos-media-item-id"] = id, ["gphotos-form"] = "original", ["gphotos-creation-time"] = "yesterday", ["gphotos-file-name"] = "%%%" } }),
            };
            patch.Headers.Authorization = new("Bearer", token);
            (await google.Http.SendAsync(patch)).EnsureSuccessStatusCode();
        }

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync((await google.Client.MediaItems.AllAsync()).ToSave(), Options);

        Assert.All(outcomes, o => Assert.Equal(SaveStatus.Saved, o.Result?.Status));
        Assert.Contains(outcomes, o => o.Result!.FullName == "gs://backup/photos/B.JPG");
        Assert.Contains(outcomes, o => o.Result!.FullName!.StartsWith("gs://backup/photos/a~", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_breaks_on_the_way_up_or_down_costs_no_item()
    {
        await using TestGoogle google = await StartAsync(new EmulatorOptions { WritesPerMinute = 0 });
        await google.SeedAsync(new { fileName = "v.mp4", mimeType = "video/mp4", size = 12_000_000, count = 3 });
        await google.FaultAsync(new { kind = "storage.objects.insert.*", breakAfterBytes = 5_000_000, count = 3 });
        await google.FaultAsync(new { path = "/lr/", cutAfterBytes = 6_000_000, count = 2 });

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync((await google.Client.MediaItems.AllAsync()).ToSave(), Options);

        await google.ClearFaultsAsync();
        Assert.All(outcomes, o => Assert.Equal(SaveStatus.Saved, o.Result?.Status));
        JsonElement[] objects = await ObjectsAsync(google);
        foreach (SaveOutcome outcome in outcomes)
        {
            byte[] served = await google.Http.GetByteArrayAsync(new Uri(outcome.Result!.MediaItem.BaseUrl + "=dv"));
            Assert.Single(objects, o => o.GetProperty("md5").GetString() == Md5(served));
        }
    }

    [Fact]
    public async Task Two_runs_at_the_same_time_save_each_item_once()
    {
        await using TestGoogle google = await StartAsync(new EmulatorOptions { Items = 40, Latency = TimeSpan.FromMilliseconds(5), WritesPerMinute = 0 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();

        // Another storage class, so that they do not share what they know.
        List<SaveOutcome>[] runs = await Task.WhenAll(
            google.Client.Saver.SaveAllAsync(items.ToSave(), Options),
            google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { StorageClass = "STANDARD" }));

        Assert.All(runs.SelectMany(r => r), o => Assert.Null(o.Error));
        Assert.Equal(40, (await ObjectsAsync(google)).Length);
        Assert.Equal(Facts(runs[0]), Facts(runs[1]));
    }

    [Fact]
    public async Task Force_replaces_what_GPhotos_wrote()
    {
        await using TestGoogle google = await StartAsync(new EmulatorOptions { Items = 2, WritesPerMinute = 0 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        List<SaveOutcome> first = await google.Client.Saver.SaveAllAsync(items.ToSave(), Options);

        List<SaveOutcome> again = await google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { Force = true });

        Assert.All(again, o => Assert.Equal(SaveStatus.Saved, o.Result?.Status));
        Assert.Equal(Facts(first), Facts(again));
        Assert.Equal(2, (await ObjectsAsync(google)).Length);
    }

    [Fact]
    public async Task What_cannot_be_had_ends_the_run_before_it_begins()
    {
        await using TestGoogle google = await StartAsync(new EmulatorOptions { Items = 1, WritesPerMinute = 0 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();

        await Assert.ThrowsAsync<BucketNotFoundException>(() => SaveAsync(Options with { Destination = "gs://no-such-bucket" }));
        await Assert.ThrowsAsync<InvalidRequestException>(() => SaveAsync(Options with { Destination = "gs://Not A Bucket/x" }));
        await Assert.ThrowsAsync<InvalidRequestException>(() => SaveAsync(Options with { Verify = true }));
        await Assert.ThrowsAsync<FileReadFailedException>(() => SaveAsync(Options with { ServiceAccountPath = _folder["none.json"] }));
        await Assert.ThrowsAsync<InvalidRequestException>(() => SaveAsync(new SaveOptions { Destination = _folder.Path, StorageClass = "ARCHIVE" }));
        Assert.Equal(0, (await google.StatisticsAsync()).Calls("media.get"));

        Task SaveAsync(SaveOptions options) => google.Client.Saver.SaveAllAsync(items.ToSave(), options);
    }

    [Fact]
    public async Task What_a_bucket_holds_can_be_told()
    {
        await using TestGoogle google = await StartAsync(new EmulatorOptions { Items = 3, WritesPerMinute = 0 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.Client.Saver.SaveAllAsync(items.Take(2).ToSave(), Options);

        using SavedItems saved = await google.Client.Saver.OpenSavedAsync(Options.Destination!, Options);

        Assert.Equal([true, true, false], items.Select(saved.Holds));
    }

    public void Dispose() => _folder.Dispose();

    private SaveOptions Options => new() { Destination = "gs://backup/photos", ServiceAccountPath = _folder["key.json"] };

    private async Task<TestGoogle> StartAsync(EmulatorOptions options)
    {
        TestGoogle google = await TestGoogle.StartAsync(options);
        using HttpResponseMessage made = await google.Http.PostAsJsonAsync("emulator/buckets", new { name = "backup" });
        made.EnsureSuccessStatusCode();
        _folder.Write("key.json", await google.Http.GetByteArrayAsync(new Uri("emulator/service_account.json", UriKind.Relative)));
        return google;
    }

    private static async Task<JsonElement[]> ObjectsAsync(TestGoogle google)
    {
        JsonElement listed = await google.Http.GetFromJsonAsync<JsonElement>("emulator/buckets/backup/objects");
        return [.. (listed.ValueKind == JsonValueKind.Array ? listed : listed.GetProperty("objects")).EnumerateArray()];
    }

#pragma warning disable CA5351 // Not for secrecy: it is what a bucket reports.
    private static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351

    private static IEnumerable<(string, string?, long, string?)> Facts(List<SaveOutcome> outcomes) =>
        outcomes.Select(o => (o.Result!.Id, o.Result.FullName, o.Result.Length, o.Result.Sha256)).Order();
}
