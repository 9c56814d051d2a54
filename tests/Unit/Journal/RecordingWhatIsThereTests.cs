using GPhotos.Core.Journal;
using GPhotos.Core.Uploads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Journal;

public sealed class RecordingWhatIsThereTests
{
    private static readonly TestPicture Picture = new() { Taken = "2020:01:02 03:04:05", Offset = "+01:00" };

    // The same moment, name and size as the picture's.
    private static readonly object Item = new { fileName = "a.jpg", creationTime = "2020-01-02T02:04:05Z", width = 64, height = 48 };

    [Fact]
    public async Task A_file_that_is_unmistakably_an_item_is_recorded_and_not_sent_any_more()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string path = folder.Write("a.jpg", Picture.ToJpeg());
        string id = await google.SeedOneAsync(Item);
        await google.SeedAsync(new { count = 150 });
        await google.ResetStatisticsAsync();

        JournalChange change = Assert.Single(await google.UpdateAsync(path));

        Assert.Equal((JournalChangeAction.Recorded, path, id), (change.Action, change.FullName, change.Id));
        Assert.Equal(2, (await google.StatisticsAsync()).Total);
        JournalEntry entry = Assert.Single(google.Client.Journal.Find(new JournalFilter()));
        Assert.Equal(
            (JournalState.Created, id, path, change.Entry.Sha256, change.Length), (entry.State, entry.Id, entry.FullName, entry.Sha256, entry.Length));

        await google.ResetStatisticsAsync();
        SendOutcome sent = Assert.Single(await google.Client.Sender.SendAllAsync([path]));
        Assert.Equal((SendStatus.AlreadyInLibrary, id), (sent.Result!.Status, sent.Result.Id));
        Assert.Empty(await google.UpdateAsync(path));
        Assert.Equal(0, (await google.StatisticsAsync()).Total);
    }

    [Theory]
    [InlineData("A.JPG", "2020-01-02T02:04:05Z", 64, 48, true)]
    [InlineData("a.jpg", "2020-01-02T02:04:05.900Z", 64, 48, true)]
    [InlineData("b.jpg", "2020-01-02T02:04:05Z", 64, 48, false)]
    [InlineData("a.jpeg", "2020-01-02T02:04:05Z", 64, 48, false)]
    [InlineData("a.jpg", "2020-01-02T02:04:06Z", 64, 48, false)]
    [InlineData("a.jpg", "2020-01-02T03:04:05Z", 64, 48, false)]
    [InlineData("a.jpg", "2020-01-02T02:04:05Z", 65, 48, false)]
    [InlineData("a.jpg", "2020-01-02T02:04:05Z", 64, 47, false)]
    [InlineData("a.jpg", "2020-01-02T02:04:05Z", 48, 64, false)]
    public async Task Name_second_and_size_must_agree(string name, string time, int width, int height, bool expected)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedOneAsync(new { fileName = name, creationTime = time, width, height });

        Assert.Equal(expected ? 1 : 0, (await google.UpdateAsync(folder.Write("a.jpg", Picture.ToJpeg()))).Count);
    }

    [Theory]
    [InlineData("2020-01-02T03:04:05Z", true)]
    [InlineData("2020-01-01T21:19:05Z", true)]
    [InlineData("2020-01-01T13:04:05Z", true)]
    [InlineData("2020-01-02T15:04:05Z", true)]
    [InlineData("2020-01-01T12:49:05Z", false)]
    [InlineData("2020-01-02T15:19:05Z", false)]
    [InlineData("2020-01-02T03:14:05Z", false)]
    [InlineData("2020-01-02T04:04:06Z", false)]
    public async Task Without_a_zone_the_clock_may_have_been_in_any(string time, bool expected)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedOneAsync(new { fileName = "a.jpg", creationTime = time, width = 64, height = 48 });

        Assert.Equal(expected ? 1 : 0, (await google.UpdateAsync(folder.Write("a.jpg", (Picture with { Offset = null }).ToJpeg()))).Count);
    }

    [Fact]
    public async Task Two_items_that_it_could_be_leave_it_alone()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new[] { Item, Item });

        Assert.Empty(await google.UpdateAsync(folder.Write("a.jpg", Picture.ToJpeg())));
    }

    [Fact]
    public async Task A_clock_without_a_zone_that_fits_two_items_leaves_both_alone()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        Directory.CreateDirectory(folder["b"]);
        await google.SeedAsync(new[] { Item, new { fileName = "a.jpg", creationTime = "2020-01-02T01:04:05Z", width = 64, height = 48 } });
        string exact = folder.Write("a.jpg", Picture.ToJpeg());
        string vague = folder.Write("b/a.jpg", (Picture with { Offset = null }).ToJpeg());

        Assert.Empty(await google.UpdateAsync(exact, vague));
        Assert.Single(await google.UpdateAsync(exact));
    }

    [Fact]
    public async Task Two_files_that_could_be_it_are_left_alone_unless_they_are_the_same_bytes()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        Directory.CreateDirectory(folder["b"]);
        Directory.CreateDirectory(folder["c"]);
        Directory.CreateDirectory(folder["d"]);
        string id = await google.SeedOneAsync(Item);
        string first = folder.Write("a.jpg", Picture.ToJpeg());
        string same = folder.Write("b/a.jpg", Picture.ToJpeg());
        string longer = folder.Write("c/a.jpg", (Picture with { Seed = "longer" }).ToJpeg());
        string other = folder.Write("d/a.jpg", [.. Picture.ToJpeg()[..^3], 0x35, 0xFF, 0xD9]);

        Assert.Empty(await google.UpdateAsync(first, longer));
        Assert.Empty(await google.UpdateAsync(first, same, other));
        JournalChange change = Assert.Single(await google.UpdateAsync(first, same, first));

        Assert.Equal(id, change.Id);
        Assert.Equal([first, same], change.Entry.Paths);
        Assert.Equal([first, same], Assert.Single(google.Client.Journal.Find(new JournalFilter())).Paths.Order());
    }

    [Fact]
    public async Task An_item_that_is_another_content_is_not_recorded_twice()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        Directory.CreateDirectory(folder["b"]);
        string sent = folder.Write("a.jpg", Picture.ToJpeg());
        string edited = folder.Write("b/a.jpg", (Picture with { Seed = "edited" }).ToJpeg());
        await google.Client.Sender.SendAllAsync([sent]);

        Assert.Empty(await google.FindChangesAsync(edited));
        Assert.Empty(await google.FindChangesAsync(sent, edited));
        Assert.Single(google.Client.Journal.Find(new JournalFilter()));
    }

    [Fact]
    public async Task What_Google_refused_stays_refused()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string path = folder.Write("a.jpg", Picture.ToJpeg());
        await google.FaultAsync(new { kind = "mediaItems.batchCreate", status = 400, count = 9 });
        await google.Client.Sender.SendAllAsync([path]);
        await google.ClearFaultsAsync();
        JournalState before = Assert.Single(google.Client.Journal.Find(new JournalFilter())).State;
        Assert.NotEqual(JournalState.Hashed, before);
        await google.SeedOneAsync(Item);

        Assert.Empty(await google.UpdateAsync(path));
        Assert.Equal(before, Assert.Single(google.Client.Journal.Find(new JournalFilter())).State);
    }

    [Fact]
    public async Task What_was_only_hashed_is_recorded_when_it_is_there()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string path = folder.Write("a.jpg", Picture.ToJpeg());
        await google.FaultAsync(new { kind = "uploads", status = 400, count = 9 });
        await google.Client.Sender.SendAllAsync([path]);
        await google.ClearFaultsAsync();
        Assert.Equal(JournalState.Hashed, Assert.Single(google.Client.Journal.Find(new JournalFilter())).State);
        string id = await google.SeedOneAsync(Item);

        Assert.Equal(id, Assert.Single(await google.UpdateAsync(path)).Id);
        Assert.Equal((JournalState.Created, id), google.Client.Journal.Find(new JournalFilter()).Select(e => (e.State, e.Id!)).Single());
    }

    [Fact]
    public async Task A_file_that_was_sent_meanwhile_is_not_recorded()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string path = folder.Write("a.jpg", Picture.ToJpeg());
        await google.SeedOneAsync(Item);
        JournalFinding finding = Assert.Single(await google.FindChangesAsync(path));

        string? id = Assert.Single(await google.Client.Sender.SendAllAsync([path])).Result!.Id;

        Assert.False(finding.Apply());
        Assert.Equal(id, Assert.Single(google.Client.Journal.Find(new JournalFilter())).Id);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_could_be_the_one_so_nothing_of_its_name_is_recorded()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        Directory.CreateDirectory(folder["b"]);
        string good = folder.Write("a.jpg", Picture.ToJpeg());
        string locked = folder.Write("b/a.jpg", Picture.ToJpeg());
        string fine = folder.Write("c.jpg", Picture.ToJpeg());
        await google.SeedAsync(new[] { Item, new { fileName = "c.jpg", creationTime = "2020-01-02T02:04:05Z", width = 64, height = 48 } });
        using FileStream held = new(locked, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        List<JournalFinding> findings = await google.FindChangesAsync(good, locked, fine, folder["missing.jpg"]);

        Assert.Equal([folder["missing.jpg"], locked], findings.Where(f => f.Error is FileReadFailedException).Select(f => f.Subject));
        Assert.Equal(fine, Assert.Single(findings, f => f.Change is not null).Change!.FullName);
    }

    [Fact]
    public async Task What_has_no_date_or_is_no_media_is_passed_over_without_a_word_and_names_that_nobody_bears_are_not_looked_into()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string[] paths =
            [folder.Write("a.jpg", TinyJpeg.Make("no date")), folder.Write("notes.txt", "x"), folder.Write("empty.jpg", ""), folder.Write("z.jpg", Picture.ToJpeg())];
        await google.SeedOneAsync(Item);
        JournalReconciliation reconciliation = google.Client.Journal.Reconcile();

        Assert.Empty(await reconciliation.FindChangesAsync(TestGoogle.Files(paths)).ToListAsync());

        Assert.Equal((1, 1), (reconciliation.Listed, reconciliation.FilesRead));
        Assert.Empty(google.Client.Journal.Find(new JournalFilter()));
    }

    [Fact]
    public async Task Of_the_samples_all_that_are_unmistakable_are_recorded_by_another_machine()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        string[] paths = [.. Directory.EnumerateFiles(Repository.PathOf("samples", "photos"), "*", SearchOption.AllDirectories).Where(p => !p.EndsWith(".md", StringComparison.Ordinal))];
        List<SendOutcome> sent = await google.Client.Sender.SendAllAsync(paths);
        using TempFolder data = new();
        Core.GPhotosClient other = google.NewClient((await google.IssueAsync()).AccessToken);

        List<JournalChange> changes = [];
        await foreach (JournalFinding finding in other.Journal.Reconcile().FindChangesAsync(TestGoogle.Files(paths)))
        {
            Assert.True(finding.Apply());
            changes.Add(finding.Change!);
        }

        // Not: the one without a date, and the two IMG_0001.jpg, of which one has no zone and could be either.
        Assert.Equal(
            sent.Where(o => Path.GetFileName(o.Request!.Path) is not ("no-date.jpg" or "IMG_0001.jpg")).Select(o => (o.Request!.Path, o.Result!.Id)).Order(),
            changes.Select(c => (c.FullName!, c.Id)).Order());
        Assert.Equal(12, changes.Count);
    }
}
