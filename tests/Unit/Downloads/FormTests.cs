using GPhotos.Core.Downloads;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Downloads;

public sealed class FormTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task The_ending_is_that_of_the_bytes()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "IMG_1.HEIC", mimeType = "image/heic", downloadsAs = "image/jpeg" });
        await google.SeedAsync(new { fileName = "IMG_1.jpg" });
        await google.SeedAsync(new { fileName = "IMG_1.MOV", mimeType = "video/quicktime" });
        await google.SeedAsync(new { fileName = "IMG_2.HEIC", mimeType = "image/heic" });
        await google.SeedAsync(new { fileName = "IMG_3", mimeType = "image/png" });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(items.ToSave(), Options);

        string[] names = [.. _folder.Names];
        Assert.Equal(5, names.Length);
        Assert.Contains("IMG_1.jpg", names);
        Assert.Contains("IMG_1.mp4", names);
        Assert.Contains("IMG_2.HEIC", names);
        Assert.Contains("IMG_3.png", names);
        Assert.Single(names, n => n.StartsWith("IMG_1~", StringComparison.Ordinal) && n.EndsWith(".jpg", StringComparison.Ordinal));
        Assert.Equal("IMG_3", outcomes.Single(o => o.Result!.MediaItem.FileName == "IMG_3").Result!.RenamedFrom);
        Assert.Null(outcomes.Single(o => o.Result!.MediaItem.FileName == "IMG_2.HEIC").Result!.RenamedFrom);
    }

    [Fact]
    public async Task A_motion_photo_has_its_moving_part_beside_it_and_is_not_asked_twice()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "moving.jpg", motion = true });
        await google.SeedAsync(new { fileName = "still.jpg" });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        SaveOptions options = Options with { Motion = true };

        List<SaveOutcome> first = await google.Client.Saver.SaveAllAsync(items.ToSave(), options);
        await google.ResetStatisticsAsync();
        List<SaveOutcome> second = await google.Client.Saver.SaveAllAsync(items.ToSave(), options);

        Assert.Equal(["moving.jpg", "moving.mp4", "still.jpg"], _folder.Names);
        foreach (List<SaveOutcome> run in (List<SaveOutcome>[])[first, second])
        {
            Assert.Equal(_folder["moving.mp4"], run.Single(o => o.Result!.MediaItem.FileName == "moving.jpg").Result!.MotionFullName);
            Assert.Null(run.Single(o => o.Result!.MediaItem.FileName == "still.jpg").Result!.MotionFullName);
        }

        Assert.Equal(0, (await google.StatisticsAsync()).Total);
        File.Delete(_folder["moving.mp4"]);
        await google.Client.Saver.SaveAllAsync(items.ToSave(), options);
        Assert.True(File.Exists(_folder["moving.mp4"]));
        Assert.Equal(1, (await google.StatisticsAsync()).Calls("media.get"));
    }

    [Fact]
    public async Task A_size_is_another_form_of_the_item_and_stands_beside_the_original()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 1 });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());
        SaveOptions small = Options with { Size = PictureBounds.Parse("200x100"), Crop = true };

        SaveResult original = (await SaveOneAsync(google, item, Options)).Result!;
        SaveResult first = (await SaveOneAsync(google, item, small)).Result!;
        SaveResult second = (await SaveOneAsync(google, item, small)).Result!;

        Assert.NotEqual(original.FullName, first.FullName);
        Assert.Equal(await google.Http.GetByteArrayAsync(new Uri(item.BaseUrl + "=w200-h100-c")), await File.ReadAllBytesAsync(first.FullName!));
        Assert.Equal((SaveStatus.AlreadySaved, first.FullName), (second.Status, second.FullName));
        Assert.Equal(SaveStatus.AlreadySaved, (await SaveOneAsync(google, item, Options)).Result!.Status);
    }

    [Fact]
    public async Task A_sidecar_is_written_once_and_a_strangers_is_left_alone()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "a.jpg", creationTime = "2017-10-05T06:07:08Z", description = "Ünï <b>" });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());
        SaveOptions options = Options with { Sidecar = true };

        SaveResult result = (await SaveOneAsync(google, item, options)).Result!;
        string text = await File.ReadAllTextAsync(result.SidecarFullName!);
        DateTime written = File.GetLastWriteTimeUtc(result.SidecarFullName!);
        await SaveOneAsync(google, item, options);

        Assert.Equal(_folder["a.jpg.json"], result.SidecarFullName);
        Assert.Contains("\"description\": \"Ünï <b>\"", text, StringComparison.Ordinal);
        Assert.Contains($"\"sha256\": \"{result.Sha256}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(item.BaseUrl!, text, StringComparison.Ordinal);
        Assert.Equal(written, File.GetLastWriteTimeUtc(result.SidecarFullName!));

        await File.WriteAllTextAsync(result.SidecarFullName!, "{\"title\":\"a.jpg\"}");
        Assert.IsType<FileExistsException>((await SaveOneAsync(google, item, options)).Error);
        Assert.Equal("{\"title\":\"a.jpg\"}", await File.ReadAllTextAsync(result.SidecarFullName!));
    }

    [Theory]
    [InlineData(30, 600, SaveStatus.Saved)]
    [InlineData(3600, 600, SaveStatus.Pending)]
    [InlineData(30, 0, SaveStatus.Pending)]
    public async Task A_video_is_waited_for_as_long_as_allowed(int processingSeconds, int timeoutSeconds, SaveStatus expected)
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { WritesPerMinute = 0, TimeProvider = new TestClock() });
        await google.SeedAsync(new { fileName = "v.mp4", mimeType = "video/mp4", processingSeconds });
        await google.SeedAsync(new { fileName = "p.jpg" });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();

        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(
            items.ToSave(), Options with { VideoTimeout = TimeSpan.FromSeconds(timeoutSeconds) });

        Assert.Equal(expected, outcomes.Single(o => o.Result!.MediaItem.FileName == "v.mp4").Result!.Status);
        Assert.InRange((await google.StatisticsAsync()).Calls("mediaItems.batchGet"), 0, timeoutSeconds == 0 ? 0 : 30);
        Assert.Equal(expected == SaveStatus.Saved, File.Exists(_folder["v.mp4"]));
    }

    [Fact]
    public async Task A_video_that_Google_could_not_process_fails_without_a_request()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "v.mp4", mimeType = "video/mp4", failed = true });

        SaveOutcome outcome = await SaveOneAsync(google, Assert.Single(await google.Client.MediaItems.AllAsync()), Options);

        Assert.IsType<DownloadFailedException>(outcome.Error);
        Assert.Equal(0, (await google.StatisticsAsync()).Calls("media.get"));
    }

    [Fact]
    public async Task Options_that_exclude_each_other_are_refused()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        foreach (SaveOptions options in (SaveOptions[])[Options with { Crop = true }, Options with { Size = PictureBounds.Parse("200x"), Crop = true }, Options with { Size = PictureBounds.Parse("200x"), Motion = true }])
        {
            await Assert.ThrowsAsync<InvalidRequestException>(() => google.Client.Saver.SaveAllAsync(Array.Empty<string>().ToSave(), options));
        }
    }

    public void Dispose() => _folder.Dispose();

    private SaveOptions Options => new() { Destination = _folder.Path };

    private static async Task<SaveOutcome> SaveOneAsync(TestGoogle google, MediaItem item, SaveOptions options) =>
        Assert.Single(await google.Client.Saver.SaveAllAsync(new[] { item }.ToSave(), options));
}
