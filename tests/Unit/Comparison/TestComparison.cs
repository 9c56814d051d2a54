using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Comparison;
using GPhotos.Core.Media;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Comparison;

/// <summary>A folder, media items, and what comparing the two gives. Nobody is signed in: a call would fail.</summary>
internal sealed class TestComparison : IDisposable
{
    public static readonly DateTime Noon = new(2017, 10, 5, 12, 0, 0, DateTimeKind.Utc);

    private readonly TempFolder _data = new();
    private readonly List<string> _paths = [];

    public TestComparison() => Client = new GPhotosClient(new GPhotosClientOptions
    {
        Tokens = new FixedTokenSource("token", null),
        ProfileName = "test",
        DataFolder = _data.Path,
    });

    public GPhotosClient Client { get; }

    public TempFolder Folder { get; } = new();

    public List<MediaItem> Items { get; } = [];

    public ComparisonSummary Summary { get; private set; } = null!;

    public List<GPhotosException> Errors { get; } = [];

    public List<string> Notices { get; } = [];

    /// <summary>A picture taken at noon by a clock without a zone, if nothing else is said.</summary>
    public string Local(string name, TestPicture? picture = null) =>
        LocalBytes(name, (picture ?? At(Noon)) is { } p ? (p.Seed.Length == 0 ? p with { Seed = name } : p).ToJpeg() : []);

    public string LocalBytes(string name, byte[] bytes)
    {
        string path = Path.GetFullPath(Folder[name]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        _paths.Add(path);
        return path;
    }

    public void Also(string path) => _paths.Add(path);

    /// <summary>An item taken at noon UTC, if nothing else is said.</summary>
    public string Online(
        string name, DateTime? time = null, int width = 64, int height = 48, MediaType type = MediaType.Photo, string mimeType = "", LocalContent? content = null, bool undated = false)
    {
        string id = $"item-{Items.Count}";
        Items.Add(new MediaItem
        {
            Id = id,
            FileName = name,
            CreationTime = undated ? default : new DateTimeOffset(time ?? Noon),
            Width = width,
            Height = height,
            MediaType = type,
            MimeType = mimeType,
            Origin = content,
            Length = content?.Length,
        });
        return id;
    }

    public static TestPicture At(DateTime time, string? offset = null, string? subSecond = null) =>
        new() { Taken = $"{time:yyyy:MM:dd HH:mm:ss}", Offset = offset, SubSecond = subSecond };

    public static TestPicture Undated { get; } = new();

    /// <summary>Compares, and checks that the numbers add up and every file and item comes out as often as it should.</summary>
    public async Task<List<MediaItemComparison>> CompareAsync()
    {
        ComparisonRun run = Client.Comparer.Begin();
        List<ComparisonFinding> findings = await run.CompareAsync(_paths.ToAsyncEnumerable(), Items.ToAsyncEnumerable()).ToListAsync();
        Summary = run.Summarize(0, 0);
        Errors.AddRange(findings.Select(f => f.Error).OfType<GPhotosException>());
        Notices.AddRange(findings.Select(f => f.Notice).OfType<string>());
        List<MediaItemComparison> rows = [.. findings.Select(f => f.Row).OfType<MediaItemComparison>()];
        AssertAddsUp(rows);
        return rows;
    }

    /// <summary>The one row, as text: "== a.jpg item-0 NameAndTime".</summary>
    public async Task<string> OneAsync() => Text(Assert.Single(await CompareAsync()));

    /// <summary>All rows as text.</summary>
    public async Task<string[]> AllAsync() => [.. (await CompareAsync()).Select(Text)];

    public string Text(MediaItemComparison row) => string.Join(
        ' ',
        new[]
        {
            row.SideIndicator, row.FullName is null ? null : Path.GetRelativePath(Folder.Path, row.FullName).Replace('\\', '/'), row.MediaItem?.Id, row.MatchedBy?.ToString(),
            row.IsCopy ? "copy" : null,
            row.Candidates.Count == 0 ? null : "? " + string.Join(',', row.Candidates.Select(c => c is MediaItem item ? item.Id : Path.GetFileName((string)c)).Order(StringComparer.Ordinal)),
        }.OfType<string>());

    public void Dispose()
    {
        Client.Dispose();
        Folder.Dispose();
        _data.Dispose();
    }

    private void AssertAddsUp(List<MediaItemComparison> rows)
    {
        ComparisonSummary s = Summary;
        Assert.Equal(s.Local, s.OnlyLocal + s.Equal + s.LocalCopies + s.AmbiguousLocal);
        Assert.Equal(s.Online, s.OnlyOnline + s.Equal + s.OnlineCopies + s.AmbiguousOnline);
        Assert.Equal(s.Equal, s.MatchedBy.Values.Sum());
        Assert.Equal(Items.Select(i => i.Id).Distinct().Count(), s.Online);
        Assert.Equal(s.Local + s.Errors, _paths.Distinct().Count());

        // What stands in a pair stands in one, and every file and item has its own row.
        List<MediaItemComparison> own = [.. rows.Where(r => !r.IsCopy)];
        List<string> paths = [.. own.Select(r => r.FullName).OfType<string>()], ids = [.. own.Select(r => r.MediaItem?.Id).OfType<string>()];
        Assert.Equal(paths.Count, paths.Distinct().Count());
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(s.Local, rows.Select(r => r.FullName).OfType<string>().Distinct().Count());
        Assert.Equal(s.Online, rows.Select(r => r.MediaItem?.Id).OfType<string>().Distinct().Count());
        Assert.Equal(s.OnlyLocal, rows.Count(r => r.SideIndicator == "<="));
        Assert.Equal(s.OnlyOnline, rows.Count(r => r.SideIndicator == "=>"));
        Assert.Equal(s.Equal, own.Count(r => r.SideIndicator == "=="));
        Assert.Equal(s.AmbiguousLocal + s.AmbiguousOnline, rows.Count(r => r.SideIndicator == "<>"));
        Assert.All(rows, r => Assert.Equal(r.SideIndicator == "==", r.MatchedBy is not null));
        Assert.All(rows.Where(r => r.SideIndicator == "<>"), r => Assert.NotEmpty(r.Candidates));
    }
}
