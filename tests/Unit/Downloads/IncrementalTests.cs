using GPhotos.Core.Downloads;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Downloads;

public sealed class IncrementalTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_second_run_sends_nothing_for_what_the_catalog_knows()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 60 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        List<SaveOutcome> first = await SaveAsync(google, items);
        await google.ResetStatisticsAsync();

        List<SaveOutcome> byItem = await SaveAsync(google, items);
        List<SaveOutcome> byId = await google.Client.Saver.SaveAllAsync(items.Select(i => i.Id).ToSave(), Options);

        Assert.All(byItem.Concat(byId), o => Assert.Equal(SaveStatus.AlreadySaved, o.Result!.Status));
        Assert.Equal(Facts(first), Facts(byItem));
        Assert.Equal(Facts(first), Facts(byId));
        Assert.Equal(items.Select(i => i.FileName).Order(), byId.Select(o => o.Result!.MediaItem.FileName).Order());
        Assert.Equal(0, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task A_file_cut_short_or_gone_is_saved_again_under_its_name()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 5 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        List<SaveOutcome> first = await SaveAsync(google, items);
        string[] paths = [.. first.Select(o => o.Result!.FullName!)];
        await using (FileStream file = new(paths[0], FileMode.Open))
        {
            file.SetLength(10);
        }

        File.Delete(paths[1]);
        await google.ResetStatisticsAsync();

        List<SaveOutcome> again = await SaveAsync(google, items);

        Assert.Equal(2, again.Count(o => o.Result!.Status == SaveStatus.Saved));
        Assert.Equal(2, (await google.StatisticsAsync()).Calls("media.get"));
        Assert.All(again, o => Assert.Null(o.Result!.SetAsideAs));
        Assert.Equal(Facts(first), Facts(again));
        Assert.Equal(5, _folder.Names.Count());
    }

    [Fact]
    public async Task What_somebody_made_shorter_is_set_aside_and_what_he_made_longer_is_left_alone()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 2 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        List<SaveOutcome> first = await SaveAsync(google, items);
        await File.WriteAllTextAsync(first[0].Result!.FullName!, "cropped");
        await File.AppendAllTextAsync(first[1].Result!.FullName!, "a caption");

        List<SaveOutcome> again = await SaveAsync(google, items);

        SaveResult mended = Find(again, first[0]), worked = Find(again, first[1]);
        Assert.Equal((SaveStatus.Saved, first[0].Result!.Sha256), (mended.Status, mended.Sha256));
        Assert.Equal("cropped", await File.ReadAllTextAsync(mended.SetAsideAs!));
        Assert.Contains("~changed", mended.SetAsideAs, StringComparison.Ordinal);
        Assert.Equal((SaveStatus.AlreadySaved, null), (worked.Status, worked.Sha256));
        Assert.Equal(new FileInfo(worked.FullName!).Length, worked.Length);
        Assert.EndsWith("a caption", await File.ReadAllTextAsync(worked.FullName!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_finds_a_single_byte()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 3 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        List<SaveOutcome> first = await SaveAsync(google, items);
        string path = first[1].Result!.FullName!;
        byte[] bytes = await File.ReadAllBytesAsync(path);
        bytes[^5] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        Assert.All(await SaveAsync(google, items), o => Assert.Equal(SaveStatus.AlreadySaved, o.Result!.Status));
        List<SaveOutcome> verified = await google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { Verify = true });

        SaveResult mended = Assert.Single(verified, o => o.Result!.Status == SaveStatus.Saved).Result!;
        Assert.Equal((path, first[1].Result!.Sha256), (mended.FullName, mended.Sha256));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(mended.SetAsideAs!));
    }

    [Fact]
    public async Task Without_a_catalog_files_are_known_by_name_time_and_length()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 4 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        SaveOptions options = Options with { UseCatalog = false };
        List<SaveOutcome> first = await google.Client.Saver.SaveAllAsync(items.ToSave(), options);
        await google.ResetStatisticsAsync();

        List<SaveOutcome> again = await google.Client.Saver.SaveAllAsync(items.ToSave(), options);

        Assert.All(again, o => Assert.Equal(SaveStatus.AlreadySaved, o.Result!.Status));
        Assert.Equal(Facts(first), Facts(again));
        Assert.Equal((4, 0), ((await google.StatisticsAsync()).Calls("media.head"), (await google.StatisticsAsync()).Calls("media.get")));
        Assert.Empty(Directory.GetDirectories(_folder.Path));
    }

    [Fact]
    public async Task A_file_whose_row_was_lost_is_not_downloaded_again()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 4 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        List<SaveOutcome> first = await SaveAsync(google, items);
        Directory.Delete(_folder[".gphotos"], recursive: true);
        await google.ResetStatisticsAsync();

        List<SaveOutcome> again = await SaveAsync(google, items);

        Assert.Equal(Facts(first), Facts(again));
        Assert.Equal(0, (await google.StatisticsAsync()).Calls("media.get"));
        Assert.All(again, o => Assert.Equal(SaveStatus.AlreadySaved, o.Result!.Status));
    }

    [Fact]
    public async Task A_folder_that_is_moved_takes_its_catalog_along()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 4 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { Destination = _folder["old"], Layout = SaveLayout.YearMonth });
        Directory.Move(_folder["old"], _folder["new"]);
        await google.ResetStatisticsAsync();

        List<SaveOutcome> again = await google.Client.Saver.SaveAllAsync(items.ToSave(), Options with { Destination = _folder["new"] });

        Assert.All(again, o => Assert.StartsWith(_folder["new"], o.Result!.FullName, StringComparison.Ordinal));
        Assert.All(again, o => Assert.Equal(SaveStatus.AlreadySaved, o.Result!.Status));
        Assert.Equal(0, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task What_is_saved_can_be_told_without_saving()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 4 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        using (SavedItems none = await google.Client.Saver.OpenSavedAsync(_folder.Path, Options))
        {
            Assert.DoesNotContain(items, none.Holds);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        List<SaveOutcome> saved = await google.Client.Saver.SaveAllAsync(items.Take(3).ToSave(), Options);
        File.Delete(saved[0].Result!.FullName!);

        using SavedItems some = await google.Client.Saver.OpenSavedAsync(_folder.Path, Options);
        Assert.Equal(2, items.Count(some.Holds));
        Assert.False(some.Holds(items[3]));
        Assert.False(some.Holds(saved[0].Result!.MediaItem));
    }

    [Fact]
    public async Task A_damaged_catalog_is_told_and_nothing_is_touched()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 1 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        Directory.CreateDirectory(_folder[".gphotos"]);
        await File.WriteAllTextAsync(Path.Combine(_folder[".gphotos"], "catalog.db"), new string('x', 5000));

        FileWriteFailedException error = await Assert.ThrowsAsync<FileWriteFailedException>(() => SaveAsync(google, items));

        Assert.Contains("catalog.db", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task Another_process_is_kept_out()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 1 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        Directory.CreateDirectory(_folder[".gphotos"]);
        await using FileStream other = new(Path.Combine(_folder[".gphotos"], "lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        DestinationInUseException error = await Assert.ThrowsAsync<DestinationInUseException>(() => SaveAsync(google, items));

        Assert.Equal(_folder.Path, error.Path);
        await other.DisposeAsync();
        Assert.Equal(SaveStatus.Saved, Assert.Single(await SaveAsync(google, items)).Result!.Status);
    }

    [Fact]
    public async Task Runs_of_one_process_share_a_destination()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 40 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();

        List<SaveOutcome>[] runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SaveAsync(google, items)));

        Assert.All(runs.SelectMany(r => r), o => Assert.Null(o.Error));
        Assert.Equal(40, (await google.StatisticsAsync()).Calls("media.get"));
        Assert.Equal(40, _folder.Names.Count());
    }

    public void Dispose() => _folder.Dispose();

    private SaveOptions Options => new() { Destination = _folder.Path };

    private Task<List<SaveOutcome>> SaveAsync(TestGoogle google, List<MediaItem> items) => google.Client.Saver.SaveAllAsync(items.ToSave(), Options);

    private static SaveResult Find(List<SaveOutcome> outcomes, SaveOutcome other) => outcomes.Single(o => o.Request!.Id == other.Request!.Id).Result!;

    private static IEnumerable<(string, string?, long, string?)> Facts(List<SaveOutcome> outcomes) =>
        outcomes.Select(o => (o.Result!.Id, o.Result.FullName, o.Result.Length, o.Result.Sha256)).Order();
}
