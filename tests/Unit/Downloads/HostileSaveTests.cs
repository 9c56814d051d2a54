using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Downloads;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Downloads;

public sealed class HostileSaveTests : IDisposable
{
    private const string Media = "/lr/";

    private readonly TempFolder _folder = new();

    private SaveOptions Options => new() { Destination = _folder.Path };

    [Fact]
    public async Task Moving_parts_are_known_again_without_a_catalog()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "moving.jpg", motion = true, creationTime = "2017-10-05T06:07:08Z" });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();

        for (int run = 0; run < 3; run++)
        {
            SaveOutcome outcome = Assert.Single(await google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { UseCatalog = false, Motion = true }));
            Assert.True(outcome.Error is null, $"Run {run}: {outcome.Error?.Message}; {string.Join(", ", _folder.Names)}");
            Assert.Equal(["moving.jpg", "moving.mp4"], _folder.Names);
        }
    }

    [Fact]
    public async Task A_lookup_that_fails_is_not_repeated_while_nobody_waits_for_it()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 4 });
        List<MediaItem> young = await google.Client.MediaItems.AllAsync();
        await google.FaultAsync(new { path = Media, hang = true, count = 0 });
        await google.FaultAsync(new { path = "/v1/mediaItems:batchGet", status = 400, count = 0 });
        using CancellationTokenSource stop = new();
        TaskCompletionSource allLanesHang = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<List<SaveOutcome>> saving = google.Client.Saver.SaveAllAsync(Requests(), Options with { ThrottleLimit = 4 }, stop.Token);
        await google.UntilAsync(s => s.InFlight == 4);
        allLanesHang.SetResult();
        await Task.Delay(1500);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);

        Assert.InRange((await google.StatisticsAsync()).Calls("mediaItems.batchGet"), 0, 3);

        async IAsyncEnumerable<SaveRequest> Requests()
        {
            foreach (MediaItem item in young)
            {
                yield return new SaveRequest(item.Id, item);
            }

            await allLanesHang.Task;
            for (int i = 0; i < 80; i++)
            {
                yield return new SaveRequest($"id{i}", null);
            }
        }
    }

    [Fact]
    public async Task One_refusal_does_not_make_all_later_base_urls_old()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 40 });
        using GPhotosClient client = new(new GPhotosClientOptions
        {
            Endpoints = google.Endpoints,
            Tokens = new FixedTokenSource((await google.IssueAsync()).AccessToken, null),
        });
        List<MediaItem> items = await client.MediaItems.AllAsync();
        await google.FaultAsync(new { path = Media, status = 403, after = 4, count = 1 });
        await google.FaultAsync(new { path = Media, latencyMs = 600, count = 0 });

        List<SaveOutcome> outcomes = await client.Saver.SaveAllAsync(items.ToSave(), Options with { ThrottleLimit = 2 });

        Assert.Equal(40, outcomes.Count(o => o.Result?.Status == SaveStatus.Saved));
        Assert.InRange((await google.StatisticsAsync()).Calls("mediaItems.batchGet"), 1, 2);
    }

    [Fact]
    public async Task Long_names_whose_ending_changes_stay_distinct()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = new string('S', 300) + ".HEIC", mimeType = "image/heic", downloadsAs = "image/jpeg", count = 5 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(items.ToSave(), Options);

        Assert.All(outcomes, o => Assert.True(o.Error is null, o.Error?.Message));
        Assert.Equal(5, _folder.Names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public async Task A_file_that_appears_before_a_large_one_is_gone_on_with_costs_the_name_only()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "a.jpg", size = 50_000_000 });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());
        await google.FaultAsync(new { path = Media, cutAfterBytes = 45_000_000, count = 0 });
        await google.FaultAsync(new { path = Media, hang = true, count = 0, after = 1 });
        using CancellationTokenSource stop = new();
        Task<List<SaveOutcome>> dying = google.Client.Saver.SaveAllAsync(new[] { item }.ToSave(), Options, stop.Token);
        await google.UntilAsync(s => s.Calls("media.get") >= 1 && new FileInfo(_folder["a.jpg.partial"]) is { Exists: true, Length: > 40_000_000 });
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dying);
        await google.ClearFaultsAsync();
        Assert.Contains("a.jpg.partial", _folder.Names);
        _folder.Write("a.jpg", "mine");

        await google.Client.Saver.SaveAllAsync(new[] { item }.ToSave(), Options);
        SaveOutcome outcome = Assert.Single(await google.Client.Saver.SaveAllAsync(new[] { item }.ToSave(), Options));

        Assert.True(outcome.Error is null, outcome.Error?.Message);
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder["a.jpg"]));
        Assert.Equal(2, _folder.Names.Count());
    }

    [Theory]
    [InlineData(405)]
    [InlineData(403)]
    [InlineData(501)]
    public async Task A_server_that_takes_no_HEAD_costs_no_item(int status)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "a.jpg", creationTime = "2017-10-05T06:07:08Z", count = 2 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.FaultAsync(new { path = Media, method = "HEAD", status, count = 0 });

        await google.Client.Saver.SaveAllAsync(items.Take(1).ToSave(), Options with { UseCatalog = false });
        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { UseCatalog = false });

        Assert.All(outcomes, o => Assert.True(o.Error is null, o.Error?.Message));
    }

    [Fact]
    public async Task An_item_of_unknown_length_is_known_again_without_a_catalog()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "a.jpg", creationTime = "2017-10-05T06:07:08Z", noLength = true });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();

        for (int run = 0; run < 4; run++)
        {
            SaveOutcome outcome = Assert.Single(await google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { UseCatalog = false }));
            Assert.True(outcome.Error is null, $"Run {run}: {outcome.Error?.Message}");
            Assert.Equal(["a.jpg"], _folder.Names);
        }
    }

    [Fact]
    public async Task An_endless_wait_for_videos_is_no_error()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { TimeProvider = new TestClock(), VideoProcessingTime = TimeSpan.FromMinutes(10) });
        await google.SeedAsync(new { fileName = "a.mp4", mimeType = "video/mp4" });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        google.Clock.Advance(TimeSpan.FromMinutes(2));
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(10));

        SaveOutcome outcome = Assert.Single(await google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { VideoTimeout = TimeSpan.MaxValue }, limit.Token));

        Assert.Equal(SaveStatus.Saved, outcome.Result?.Status);
    }

    [Fact]
    public async Task An_item_without_an_id_costs_itself_only()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 5 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(
            items.Append(new MediaItem { Id = null!, FileName = "x.jpg" }).ToSave(), Options);

        Assert.Equal(6, outcomes.Count);
    }

    [Fact]
    public async Task A_destination_that_no_path_can_be_costs_its_item_only()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 5 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(
            items.Select((m, i) => new SaveRequest(m.Id, m) { Destination = i == 2 ? "/tmp/a\0b" : _folder.Path }).ToAsyncEnumerable(),
            new SaveOptions());

        Assert.Equal((4, 1), (outcomes.Count(o => o.Result?.Status == SaveStatus.Saved), outcomes.Count(o => o.Error is not null)));
    }

    [Fact]
    public async Task An_empty_sidecar_that_a_power_cut_left_is_written_anew()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 1 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        SaveOutcome first = Assert.Single(await google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { Sidecar = true }));
        await File.WriteAllTextAsync(first.Result!.SidecarFullName!, "");

        SaveOutcome second = Assert.Single(await google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { Sidecar = true }));

        Assert.True(second.Error is null, second.Error?.Message);
    }

    [Fact]
    public async Task A_run_that_ended_waits_for_no_video()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { VideoProcessingTime = TimeSpan.FromDays(1) });
        await google.SeedAsync(new { fileName = "a.mp4", mimeType = "video/mp4" });
        await google.SeedAsync(new { fileName = "b.jpg" });
        List<MediaItem> items = [.. (await google.Client.MediaItems.AllAsync()).OrderByDescending(i => i.MediaType)];
        await google.FaultAsync(new { path = Media, quota = "daily", count = 0 });
        DateTimeOffset began = google.Clock.GetUtcNow();

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(
            items.ToSave(), Options with { VideoTimeout = TimeSpan.FromHours(2), ThrottleLimit = 1 });

        Assert.Equal(2, outcomes.Count(o => o.Result?.Status == SaveStatus.Pending));
        Assert.InRange((await google.StatisticsAsync()).Calls("mediaItems.batchGet"), 0, 1);
        Assert.InRange(google.Clock.GetUtcNow() - began, TimeSpan.Zero, TimeSpan.FromMinutes(20));
    }

    public void Dispose() => _folder.Dispose();
}
