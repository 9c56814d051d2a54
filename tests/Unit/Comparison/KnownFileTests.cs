using System.Globalization;
using System.Security.Cryptography;
using GPhotos.Core.Comparison;
using GPhotos.Core.Data;
using GPhotos.Core.Destinations;
using GPhotos.Core.Journal;
using GPhotos.Core.Media;

namespace GPhotos.Tests.Comparison;

public sealed class KnownFileTests : IDisposable
{
    private readonly TestComparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    [Fact]
    public async Task A_file_that_was_sent_is_its_media_item_whatever_that_is_called()
    {
        string path = _comparison.LocalBytes("a.jpg", [1, 2, 3]);
        Sent("item-0", path);
        _comparison.Online("other.png", DateTime.UnixEpoch.AddYears(40));

        Assert.Equal("== a.jpg item-0 JournalId", await _comparison.OneAsync());
    }

    [Fact]
    public async Task A_file_that_was_moved_since_it_was_sent_is_known_by_its_bytes()
    {
        string path = _comparison.LocalBytes("b.jpg", [1, 2, 3]);
        Sent("item-0", path, as_: "/elsewhere/a.jpg");
        _comparison.Online("other.png", DateTime.UnixEpoch.AddYears(40));

        Assert.Equal("== b.jpg item-0 JournalId", await _comparison.OneAsync());
    }

    [Fact]
    public async Task Of_two_files_that_were_sent_as_one_item_one_is_a_copy()
    {
        foreach (string name in new[] { "a.jpg", "b.jpg" })
        {
            Sent("item-0", _comparison.LocalBytes(name, [1, 2, 3]));
        }

        _comparison.Online("a.jpg");

        Assert.Equal(["== a.jpg item-0 JournalId", "== b.jpg item-0 JournalId copy"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task A_file_that_changed_since_it_was_sent_is_looked_at_anew()
    {
        string path = _comparison.Local("a.jpg");
        Sent("item-0", path);
        await File.WriteAllBytesAsync(path, [.. await File.ReadAllBytesAsync(path), 0]);
        _comparison.Online("b.jpg", DateTime.UnixEpoch.AddYears(40));

        Assert.Equal(["<= a.jpg", "=> item-0"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task A_file_whose_item_is_not_among_those_that_are_compared_is_missing_there()
    {
        Sent("in no album", _comparison.Local("a.jpg"));
        _comparison.Online("b.jpg", DateTime.UnixEpoch.AddYears(40));

        Assert.Equal(["<= a.jpg", "=> item-0"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task A_file_that_was_saved_is_its_media_item_with_its_moving_part()
    {
        string path = _comparison.LocalBytes("saved.jpg", [1, 2, 3]);
        string motion = _comparison.LocalBytes("saved.mp4", [4, 5]);
        Saved("item-0", path, motion);
        _comparison.Online("other.HEIC");

        Assert.Equal(["== saved.jpg item-0 CatalogId", "== saved.mp4 item-0 CatalogId copy"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task A_folder_within_one_that_was_saved_into_is_known()
    {
        Saved("item-0", _comparison.LocalBytes("2017/10/saved.jpg", [1, 2, 3]));
        _comparison.Online("other.HEIC");

        Assert.Equal("== 2017/10/saved.jpg item-0 CatalogId", await _comparison.OneAsync());
    }

    [Fact]
    public async Task A_file_that_was_cut_since_it_was_saved_is_not_its_item()
    {
        string path = _comparison.LocalBytes("saved.jpg", [1, 2, 3]);
        Saved("item-0", path);
        await File.WriteAllBytesAsync(path, [1]);
        _comparison.Online("other.HEIC");

        Assert.Equal(["<= saved.jpg", "=> item-0"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task A_file_that_took_the_place_of_one_that_was_saved_is_another()
    {
        string path = _comparison.LocalBytes("IMG_1.jpg", [1, 2, 3]);
        Saved("item-0", path);
        await File.WriteAllBytesAsync(path, TestComparison.At(TestComparison.Noon.AddDays(400)).ToJpeg());
        _comparison.Online("IMG_1.jpg");

        Assert.Equal(["<= IMG_1.jpg", "=> item-0"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task A_file_that_grew_since_it_was_saved_is_its_item_while_it_tells_the_same_time()
    {
        string path = _comparison.LocalBytes("holiday.jpg", [1, 2, 3]);
        Saved("item-0", path);
        await File.WriteAllBytesAsync(path, TestComparison.At(TestComparison.Noon).ToJpeg());
        _comparison.Online("x.jpg", width: 640, height: 480);

        Assert.Equal("== holiday.jpg item-0 CatalogId", await _comparison.OneAsync());
    }

    [Fact]
    public async Task A_folder_that_another_run_saves_into_is_compared_without_its_catalog()
    {
        Saved("item-0", _comparison.Local("a.jpg"));
        _comparison.Online("a.jpg");
        await using FileStream held = new(_comparison.Folder[".gphotos/lock"], FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        Assert.Equal("== a.jpg item-0 NameAndTime", await _comparison.OneAsync());
        Assert.Contains(_comparison.Folder.Path, Assert.Single(_comparison.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_bytes_are_the_same_picture()
    {
        _comparison.LocalBytes("a.jpg", [1, 2, 3]);
        _comparison.LocalBytes("b.jpg", [1, 2, 4]);
        _comparison.Online("x.png", content: new Bytes([1, 2, 4]));

        Assert.Equal(["<= a.jpg", "== b.jpg item-0 Content"], await _comparison.AllAsync());
    }

    [Fact]
    public async Task The_same_bytes_more_often_on_one_side_are_copies()
    {
        _comparison.LocalBytes("a.jpg", [1, 2, 3]);
        _comparison.LocalBytes("b.jpg", [1, 2, 3]);
        _comparison.LocalBytes("c.jpg", [4, 5]);
        _comparison.Online("x.jpg", content: new Bytes([1, 2, 3]));
        _comparison.Online("y.jpg", content: new Bytes([4, 5]));
        _comparison.Online("y.jpg", content: new Bytes([4, 5]));

        Assert.Equal(
            ["== a.jpg item-0 Content", "== b.jpg item-0 Content copy", "== c.jpg item-1 Content", "== c.jpg item-2 Content copy"], await _comparison.AllAsync());
        Assert.Equal((1, 1), (_comparison.Summary.LocalCopies, _comparison.Summary.OnlineCopies));
    }

    // Of a tgz, what stands further back makes it begin anew.
    [Fact]
    public async Task Items_are_read_in_their_own_order_whatever_that_of_the_files()
    {
        List<int> order = [];
        for (int i = 0; i < 100; i++)
        {
            int number = i;
            _comparison.LocalBytes($"{i}.jpg", [.. new byte[200 - i]]);
            _comparison.Online($"x{i}.png", content: new Bytes(new byte[101 + i]) { Opening = () => { lock (order) { order.Add(number); } } });
        }

        await _comparison.CompareAsync();

        Assert.Equal(100, order.Count);

        // Several are read at once, and one of them may have to wait for a processor. In the order of the files it would be 5,000.
        Assert.InRange(order.Select((number, place) => Math.Abs(number - place)).Sum(), 0, 1000);
    }

    [Fact]
    public async Task Only_bytes_of_a_length_that_is_on_both_sides_are_read()
    {
        _comparison.LocalBytes("a.jpg", [1, 2, 3]);
        Bytes never = new([1, 2, 3, 4]);
        _comparison.Online("a.png", content: never);

        await _comparison.CompareAsync();

        Assert.Equal(0, never.Opened);
    }

    [Fact]
    public async Task A_damaged_archive_is_told_and_its_item_compared_by_other_signs()
    {
        string path = _comparison.Local("a.jpg");
        _comparison.Online("a.jpg", content: new Bytes(new byte[new FileInfo(path).Length]) { Fault = new FileReadFailedException("broken", "x.zip") });

        ComparisonRun run = _comparison.Client.Comparer.Begin();
        Assert.Equal("== a.jpg item-0 NameAndTime", _comparison.Text(Assert.Single(await RowsAsync())));
        Assert.Equal("broken", Assert.Single(_comparison.Errors).Message);

        // Not one of the files failed, so the sum of the helper would not do.
        async Task<List<MediaItemComparison>> RowsAsync()
        {
            List<ComparisonFinding> findings = await run.CompareAsync(new[] { path }.ToAsyncEnumerable(), _comparison.Items.ToAsyncEnumerable()).ToListAsync();
            _comparison.Errors.AddRange(findings.Select(f => f.Error).OfType<GPhotosException>());
            return [.. findings.Select(f => f.Row).OfType<MediaItemComparison>()];
        }
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_error_and_what_bears_its_name_is_not_missing()
    {
        _comparison.Also(_comparison.Folder["gone.jpg"]);
        _comparison.Local("a.jpg");
        _comparison.Online("gone.jpg");

        Assert.Equal(["<= a.jpg", "<> item-0 ? gone.jpg"], (await _comparison.AllAsync()).Order(StringComparer.Ordinal));
        Assert.IsType<FileReadFailedException>(Assert.Single(_comparison.Errors));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_an_error()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            // Whoever may read everything cannot be refused: a lock is refused to all.
            string locked = _comparison.Local("a.jpg");
            await using FileStream held = new(locked, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            Assert.Empty(await _comparison.CompareAsync());
        }
        else
        {
            File.SetUnixFileMode(_comparison.Local("a.jpg"), UnixFileMode.None);
            Assert.Empty(await _comparison.CompareAsync());
        }

        Assert.Equal(1, _comparison.Summary.Errors);
    }

    [Fact]
    public async Task What_Google_does_not_take_is_told_and_not_compared()
    {
        _comparison.LocalBytes("empty.jpg", []);
        _comparison.LocalBytes("notes.txt", [1]);

        Assert.Empty(await _comparison.CompareAsync());
        Assert.All(_comparison.Errors, e => Assert.Contains("was not compared", Assert.IsType<MediaRejectedException>(e).Message, StringComparison.Ordinal));
        Assert.Equal(2, _comparison.Summary.Errors);
    }

    [Fact]
    public async Task A_file_and_an_item_that_are_given_twice_are_taken_once()
    {
        _comparison.Also(_comparison.Local("a.jpg"));
        _comparison.Online("a.jpg");
        _comparison.Items.Add(_comparison.Items[0]);

        Assert.Equal("== a.jpg item-0 NameAndTime", await _comparison.OneAsync());
    }

    private void Sent(string itemId, string path, string? as_ = null)
    {
        using SendJournal journal = JournalFile.Open(_comparison.Client.Options);
        ContentIdentity identity = new(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), new FileInfo(path).Length);
        FileInfo file = new(path);
        journal.Seen(identity, as_ ?? path, string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}"));
        journal.Created([(identity, itemId)], null);
    }

    private void Saved(string itemId, string path, string? motion = null)
    {
        string root = _comparison.Folder.Path;
        Directory.CreateDirectory(Path.Combine(root, ".gphotos"));
        using Catalog catalog = new(LocalDatabase.OpenAlone(Path.Combine(root, ".gphotos", "catalog.db"), CatalogSchema.Steps), TimeProvider.System);
        MediaItem item = new() { Id = itemId, FileName = "x.jpg" };
        catalog.Found(item, MediaForm.Original.Key, Relative(path), new FileInfo(path).Length, null);
        if (motion is not null)
        {
            catalog.FoundMotion(item, MediaForm.Original.Key, Relative(motion), new FileInfo(motion).Length);
        }

        string Relative(string full) => Path.GetRelativePath(root, full).Replace('\\', '/');
    }

    private sealed class Bytes(byte[] bytes) : LocalContent
    {
        public int Opened { get; private set; }

        public Exception? Fault { get; init; }

        public Action? Opening { get; init; }

        public override MediaItemSource Source => MediaItemSource.Takeout;

        public override string Name => "archive.zip";

        public override long Length => bytes.Length;

        public override string Stamp => "";

        public override Task<Stream> OpenAsync(CancellationToken cancellationToken)
        {
            Opened++;
            Opening?.Invoke();
            return Fault is null ? Task.FromResult<Stream>(new MemoryStream(bytes)) : Task.FromException<Stream>(Fault);
        }
    }
}
