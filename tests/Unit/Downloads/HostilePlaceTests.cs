using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Downloads;
using GPhotos.Emulator;
using GPhotos.Tests.Support;
using Microsoft.Data.Sqlite;

namespace GPhotos.Tests.Downloads;

public sealed class HostilePlaceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private SaveOptions Options => new() { Destination = _folder.Path };

    [Fact]
    public async Task A_moving_part_whose_row_a_dead_run_did_not_write_comes_once()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "moving.jpg", motion = true, creationTime = "2017-10-05T06:07:08Z" });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { Motion = true });
        Forget("motion_path = NULL, motion_length = NULL");

        await google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { Motion = true });

        Assert.Equal(["moving.jpg", "moving.mp4"], _folder.Names);
    }

    [Fact]
    public async Task A_file_of_unknown_length_whose_row_a_dead_run_did_not_write_comes_once()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "a.jpg", noLength = true, creationTime = "2017-10-05T06:07:08Z" });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.Client.Saver.SaveAllAsync(items.ToSave(), Options);
        Forget("path = NULL, length = NULL, sha256 = NULL");

        await google.Client.Saver.SaveAllAsync(items.ToSave(), Options);

        Assert.Equal(["a.jpg"], _folder.Names);
    }

    [Fact]
    public async Task A_link_in_the_place_of_a_partial_file_leads_nowhere()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder outside = new();
        await google.SeedAsync(new { fileName = "a.jpg" });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        File.CreateSymbolicLink(_folder["a.jpg.partial"], outside.Write("precious", "mine"));

        await google.Client.Saver.SaveAllAsync(items.ToSave(), Options);

        Assert.Equal("mine", await File.ReadAllTextAsync(outside["precious"]));
    }

    [Fact]
    public async Task A_saved_file_that_was_moved_and_linked_to_is_still_saved()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder outside = new();
        await google.SeedAsync(new { fileName = "a.jpg", size = 100_000 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.Client.Saver.SaveAllAsync(items.ToSave(), Options);
        File.Move(_folder["a.jpg"], outside["a.jpg"]);
        File.CreateSymbolicLink(_folder["a.jpg"], outside["a.jpg"]);

        SaveOutcome outcome = Assert.Single(await google.Client.Saver.SaveAllAsync(items.ToSave(), Options));

        Assert.Equal(SaveStatus.AlreadySaved, outcome.Result!.Status);
    }

    [Fact]
    public async Task A_folder_in_the_place_of_a_saved_file_costs_the_name_only()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "a.jpg", size = 100_000 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.Client.Saver.SaveAllAsync(items.ToSave(), Options);
        File.Delete(_folder["a.jpg"]);
        Directory.CreateDirectory(_folder["a.jpg"]);

        SaveOutcome outcome = Assert.Single(await google.Client.Saver.SaveAllAsync(items.ToSave(), Options));

        Assert.True(outcome.Error is null, outcome.Error?.Message);
    }

    [Fact]
    public async Task An_item_called_as_a_folder_of_the_layout_does_not_shut_it()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "2017.jpg", creationTime = "2017-10-05T06:07:08Z" });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        _folder.Write("2017", "somebody's file");

        SaveOutcome outcome = Assert.Single(await google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { Layout = SaveLayout.Year }));

        Assert.IsType<FileWriteFailedException>(outcome.Error);
    }

    [Fact]
    public async Task Two_runs_one_behind_the_other_get_through_repeats()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 1 });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(15));
        IAsyncEnumerable<SaveOutcome> first = google.Client.Saver.SaveAsync(Enumerable.Repeat(item, 400).ToSave(), Options, limit.Token);
        IAsyncEnumerable<SaveOutcome> second = google.Client.Saver.SaveAsync(
            Saved(first, limit.Token), Options with { Size = PictureBounds.Parse("200x100") }, limit.Token);
        int count = 0;

        try
        {
            await foreach (SaveOutcome outcome in second)
            {
                Assert.Null(outcome.Error);
                if (count++ == 0)
                {
                    await Task.Delay(1500, limit.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // They stood still until the limit.
        }

        Assert.Equal(400, count);
    }

    [Fact]
    public async Task A_run_that_is_stopped_while_a_bucket_is_listed_does_not_stop_another()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 1 });
        SaveOptions options = await BucketAsync(google);
        await google.FaultAsync(new { kind = "storage.objects.list", hang = true, count = 0 });
        using CancellationTokenSource stop = new();
        Task<SavedItems> first = google.Client.Saver.OpenSavedAsync(options.Destination!, options, stop.Token);
        Task<SavedItems> second = google.Client.Saver.OpenSavedAsync(options.Destination!, options);
        await google.UntilAsync(s => s.InFlight == 1);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await google.ClearFaultsAsync();

        using SavedItems opened = await second.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_sidecar_in_a_bucket_replaces_no_media_item()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        SaveOptions options = await BucketAsync(google);
        await google.SeedAsync(new { fileName = "a.jpg.json", contentBase64 = Convert.ToBase64String([.. Enumerable.Range(1, 200).Select(i => (byte)i)]) });
        List<MediaItem> raw = await google.Client.MediaItems.AllAsync();
        SaveOutcome first = Assert.Single(await google.Client.Saver.SaveAllAsync(raw.ToSave(), options));
        Assert.EndsWith("a.jpg.json", first.Result?.FullName, StringComparison.Ordinal);
        await google.SeedAsync(new { fileName = "a.jpg" });
        List<MediaItem> all = await google.Client.MediaItems.AllAsync();

        await google.Client.Saver.SaveAllAsync(all.Where(i => i.FileName == "a.jpg").ToSave(), options with { Sidecar = true });
        SaveOutcome again = Assert.Single(await google.Client.Saver.SaveAllAsync(raw.ToSave(), options));

        Assert.Equal(SaveStatus.AlreadySaved, again.Result?.Status);
    }

    [Fact]
    public async Task A_second_run_into_a_bucket_with_sidecars_of_two_forms_writes_nothing()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 3 });
        SaveOptions original = await BucketAsync(google) with { Sidecar = true };
        SaveOptions small = original with { Size = PictureBounds.Parse("200x100") };
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.Client.Saver.SaveAllAsync(items.ToSave(), original);
        await google.Client.Saver.SaveAllAsync(items.ToSave(), small);
        await google.ResetStatisticsAsync();

        await google.Client.Saver.SaveAllAsync(items.ToSave(), original);
        await google.Client.Saver.SaveAllAsync(items.ToSave(), small);

        Assert.Equal(0, (await google.StatisticsAsync()).Calls("storage.objects.insert.start"));
    }

    [Fact]
    public async Task A_moving_part_that_broke_off_is_not_noted_as_none_in_a_bucket()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        SaveOptions options = await BucketAsync(google) with { Motion = true };
        await google.SeedAsync(new { fileName = "moving.jpg", motion = true, size = 300_000 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.FaultAsync(new { kind = "storage.objects.insert.chunk", status = 503, after = 1, count = 0 });
        SaveOutcome first = Assert.Single(await google.Client.Saver.SaveAllAsync(items.ToSave(), options));
        Assert.NotNull(first.Error);
        await google.ClearFaultsAsync();

        SaveOutcome second = Assert.Single(await google.Client.Saver.SaveAllAsync(items.ToSave(), options));

        Assert.Equal("gs://backups/photos/moving.mp4", second.Result?.MotionFullName);
    }

    [Theory]
    [InlineData(3_000_000, false)]
    [InlineData(1000, true)]
    public async Task Metadata_that_cannot_be_added_are_no_error_of_an_object_that_stands(int size, bool motion)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        SaveOptions options = await BucketAsync(google) with { Motion = motion };
        await google.SeedAsync(new { fileName = "a.jpg", size });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.FaultAsync(new { kind = "storage.objects.patch", status = 503, count = 0 });

        SaveOutcome outcome = Assert.Single(await google.Client.Saver.SaveAllAsync(items.ToSave(), options));

        Assert.Equal(SaveStatus.Saved, outcome.Result?.Status);
    }

    [Fact]
    public async Task A_bucket_that_is_slow_for_a_while_does_not_end_the_download()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        SaveOptions options = await BucketAsync(google);
        using GPhotosClient client = new(new GPhotosClientOptions
        {
            Endpoints = google.Endpoints,
            Tokens = new FixedTokenSource((await google.IssueAsync()).AccessToken, null),
            AnswerTimeout = TimeSpan.FromSeconds(1),
        });
        await google.SeedAsync(new { fileName = "a.jpg", size = 30_000_000 });
        List<MediaItem> items = await client.MediaItems.AllAsync();
        await google.FaultAsync(new { kind = "storage.objects.insert.chunk", status = 429, headers = new Dictionary<string, string> { ["Retry-After"] = "3" }, count = 1 });

        SaveOutcome outcome = Assert.Single(await client.Saver.SaveAllAsync(items.ToSave(), options));

        Assert.Equal(SaveStatus.Saved, outcome.Result?.Status);
        Assert.Equal(1, (await google.StatisticsAsync()).Calls("media.get"));
    }

    [Fact]
    public async Task A_day_that_ends_between_the_picture_and_its_moving_part_keeps_the_picture()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "moving.jpg", motion = true, creationTime = "2017-10-05T06:07:08Z" });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.FaultAsync(new { path = "/lr/", quota = "daily", after = 1, count = 0 });

        await google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { Motion = true });

        Assert.Equal(["moving.jpg"], _folder.Names);
    }

    [Fact]
    public async Task A_half_file_of_another_layout_does_not_stay()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "a.jpg", size = 50_000_000, creationTime = "2017-10-05T06:07:08Z" });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.FaultAsync(new { path = "/lr/", cutAfterBytes = 45_000_000, count = 0 });
        await google.FaultAsync(new { path = "/lr/", hang = true, count = 0, after = 1 });
        using CancellationTokenSource stop = new();
        Task<List<SaveOutcome>> dying = google.Client.Saver.SaveAllAsync(items.ToSave(), Options, stop.Token);
        await google.UntilAsync(s => s.Calls("media.get") >= 1 && new FileInfo(_folder["a.jpg.partial"]) is { Exists: true, Length: > 40_000_000 });
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dying);
        await google.ClearFaultsAsync();

        SaveOutcome outcome = Assert.Single(await google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { Layout = SaveLayout.Year }));

        Assert.True(outcome.Error is null, outcome.Error?.Message);
        Assert.Equal(_folder["2017/a.jpg"], outcome.Result!.FullName);
        Assert.Empty(_folder.Names);
    }

    public void Dispose() => _folder.Dispose();

    private static async IAsyncEnumerable<SaveRequest> Saved(IAsyncEnumerable<SaveOutcome> outcomes, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (SaveOutcome outcome in outcomes.WithCancellation(cancellationToken))
        {
            yield return new SaveRequest(outcome.Result!.Id, outcome.Result.MediaItem);
        }
    }

    private async Task<SaveOptions> BucketAsync(TestGoogle google)
    {
        using HttpResponseMessage made = await google.Http.PostAsJsonAsync("emulator/buckets", new { name = "backups" });
        made.EnsureSuccessStatusCode();
        string key = _folder.Write("key.json", await google.Http.GetStringAsync(new Uri("emulator/service_account.json", UriKind.Relative)));
        return new SaveOptions { Destination = "gs://backups/photos", ServiceAccountPath = key };
    }

    // As a run that was killed between a file's name and its row leaves the catalog.
    private void Forget(string set)
    {
        using SqliteConnection catalog = new($"Data Source={_folder[".gphotos/catalog.db"]};Pooling=False");
        catalog.Open();
        using SqliteCommand command = catalog.CreateCommand();
#pragma warning disable CA2100 // Of this file.
        command.CommandText = $"UPDATE file SET {set}";
#pragma warning restore CA2100
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
