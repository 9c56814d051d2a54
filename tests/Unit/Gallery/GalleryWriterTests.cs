using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Gallery;
using GPhotos.Tests.Support;
using SkiaSharp;

namespace GPhotos.Tests.Gallery;

public sealed class GalleryWriterTests : IDisposable
{
    private const string Hostile = "</script><img src=x onerror=pwned()> <!--<script>'\"&.jpg";

    private readonly TempFolder _folder = new();
    private readonly GPhotosClient _alone = new(new GPhotosClientOptions { Tokens = new NoSignIn(new NotConnectedException("Nobody is signed in.", "default")) });

    private GalleryOptions Options => new() { Path = _folder["page.html"] };

    [Fact]
    public async Task Files_and_archives_are_shown_without_a_sign_in()
    {
        string file = _folder.Write("a b#1.jpg", DrawnPicture.Turned(800, 600, 6));
        MediaItem inArchive = Item("takeout.jpg", new FakeContent(DrawnPicture.Plain(300, 200, SKColors.Red)));

        GalleryPage page = await GalleryPage.WriteAsync(_alone, Options, new GalleryEntry { Path = file }, new GalleryEntry { MediaItem = inArchive });

        Assert.All(page.Outcomes, o => Assert.True(o is { HasThumbnail: true, Error: null }));
        Assert.Equal("a%20b%231.jpg", page.Named("a b#1.jpg").GetProperty("file").GetString());
        Assert.Equal(1.333, page.Named("a b#1.jpg").GetProperty("ratio").GetDouble());
        Assert.Equal("Takeout", page.Named("takeout.jpg").GetProperty("source").GetString());
        Assert.False(page.Named("takeout.jpg").TryGetProperty("file", out _));
        Assert.Equal(["a b#1.jpg", "page.html"], _folder.Names);
    }

    [Fact]
    public async Task Online_items_cost_one_media_request_each_and_a_batchGet_for_fifty_that_are_old()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        byte[] picture = DrawnPicture.Plain(640, 480, SKColors.Navy);
        await google.SeedAsync(Enumerable.Range(0, 60).Select(i => new { fileName = $"{i}.jpg", contentBase64 = Convert.ToBase64String([.. picture, (byte)i]) }).ToArray());
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.ResetStatisticsAsync();

        GalleryPage young = await GalleryPage.WriteAsync(google.Client, Options, items.Select(i => new GalleryEntry { MediaItem = i }));
        Assert.Equal(60, (await google.StatisticsAsync()).Calls("media.get"));
        Assert.Equal(0, (await google.StatisticsAsync()).Calls("mediaItems.batchGet"));

        google.Clock.Advance(TimeSpan.FromMinutes(70));
        await google.ExpireBaseUrlsAsync();
        google.Clock.HoldGathering();
        GalleryPage old = await GalleryPage.WriteAsync(google.Client, Options, items.Select(i => new GalleryEntry { MediaItem = i }));

        Assert.All(young.Outcomes.Concat(old.Outcomes), o => Assert.True(o is { HasThumbnail: true, Error: null }));
        Assert.Equal(2, (await google.StatisticsAsync()).Calls("mediaItems.batchGet"));
        Assert.Equal(120, (await google.StatisticsAsync()).Calls("media.get"));
    }

    [Fact]
    public async Task What_is_here_and_what_has_no_thumbnail_is_not_asked_for()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "a.jpg" });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());
        string file = _folder.Write("a.jpg", DrawnPicture.Plain(300, 200, SKColors.Red));
        await google.ResetStatisticsAsync();

        await GalleryPage.WriteAsync(google.Client, Options, new GalleryEntry { MediaItem = item, Path = file });
        GalleryPage without = await GalleryPage.WriteAsync(google.Client, Options with { ThumbnailSize = 0 }, new GalleryEntry { MediaItem = item });

        Assert.Equal(0, (await google.StatisticsAsync()).Total);
        Assert.False(Assert.Single(without.Items).TryGetProperty("picture", out _));
    }

    [Fact]
    public async Task A_file_that_nothing_here_can_show_is_shown_as_Google_shows_it()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "a.heic", contentBase64 = Convert.ToBase64String(DrawnPicture.Plain(640, 480, SKColors.Navy)) });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());
        string file = _folder.Write("a.heic", TestPicture.Heic);

        GalleryPage signedIn = await GalleryPage.WriteAsync(google.Client, Options, new GalleryEntry { MediaItem = item, Path = file });
        GalleryPage alone = await GalleryPage.WriteAsync(_alone, Options, new GalleryEntry { MediaItem = item, Path = file });

        Assert.True(Assert.Single(signedIn.Outcomes) is { HasThumbnail: true, Error: null });
        Assert.True(Assert.Single(alone.Outcomes) is { HasThumbnail: false, Error: null });
    }

    [Fact]
    public async Task A_picture_that_cannot_be_had_is_an_error_and_stands_in_the_page()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { fileName = "denied.jpg", denied = true });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());

        GalleryPage page = await GalleryPage.WriteAsync(
            google.Client, Options, new GalleryEntry { MediaItem = item }, new GalleryEntry { Path = _folder["gone.jpg"] });

        Assert.IsType<DownloadFailedException>(page.Outcomes.Single(o => o.Entry!.MediaItem is not null).Error);
        Assert.IsType<FileReadFailedException>(page.Outcomes.Single(o => o.Entry!.Path is not null).Error);
        Assert.Equal(["denied.jpg", "gone.jpg"], page.Items.Select(i => i.GetProperty("name").GetString()).Order());
    }

    [Fact]
    public async Task The_end_of_the_days_requests_is_told_once_and_the_page_is_made()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.SeedAsync(new { count = 30 });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        await google.FaultAsync(new { kind = "media.get", status = 429, count = 0 });

        GalleryPage page = await GalleryPage.WriteAsync(google.Client, Options with { ThrottleLimit = 1 }, items.Select(i => new GalleryEntry { MediaItem = i }));

        Assert.IsType<QuotaExceededException>(page.Outcomes.Single(o => o.Entry is null).Error);
        Assert.Equal(30, page.Items.Length);
        Assert.Equal(31, page.Outcomes.Count);
        Assert.Equal(6, (await google.StatisticsAsync()).Calls("media.get"));
    }

    [Fact]
    public async Task The_page_tells_no_secret_and_no_place()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        byte[] withPlace = await File.ReadAllBytesAsync(Repository.PathOf("samples", "photos", "open-ocean.jpg"));
        await google.SeedAsync(new { fileName = "ocean.jpg", contentBase64 = Convert.ToBase64String(withPlace) });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());
        string token = await google.Client.Options.Tokens.GetAsync(CancellationToken.None);
        MediaItem inArchive = new()
        {
            Id = "t",
            FileName = "t.jpg",
            Latitude = 12.3456789,
            Longitude = 98.7654321,
            Altitude = 4711,
            People = ["Somebody"],
            ArchivePath = "/home/somebody/takeout.zip",
            EntryName = "Takeout/t.jpg",
            Origin = new FakeContent(withPlace),
        };

        GalleryPage page = await GalleryPage.WriteAsync(google.Client, Options, new GalleryEntry { MediaItem = item }, new GalleryEntry { MediaItem = inArchive });

        Assert.All(page.Outcomes, o => Assert.True(o.HasThumbnail));
        Assert.All(
            new[] { item.BaseUrl!, new Uri(item.BaseUrl!).AbsolutePath, token, google.Address.Authority, "12.3456789", "98.7654321", "4711", "Somebody", "/home/somebody" },
            secret => Assert.DoesNotContain(secret, page.Text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Every_text_is_data()
    {
        MediaItem item = new() { Id = "1", FileName = Hostile, Description = Hostile, AlbumTitle = Hostile, CameraMake = Hostile, Origin = new FakeContent([1]), ProductAddress = "javascript:pwned()" };
        GalleryEntry row = new() { MediaItem = item, SideIndicator = Hostile, Reason = Hostile, Candidates = [Hostile] };

        GalleryPage page = await GalleryPage.WriteAsync(_alone, Options with { Title = Hostile + "{{items}}{{script}}" }, row);

        Assert.DoesNotContain("<img", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("javascript:", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, page.Text.Split("</script>").Length - 1);
        Assert.Equal(Hostile, Assert.Single(page.Items).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("https://photos.google.com/lr/photo/abc", true)]
    [InlineData("http://photos.google.com/lr/photo/abc", false)]
    [InlineData("https://photos.google.com.example.org/abc", false)]
    [InlineData("file:///etc/passwd", false)]
    public async Task Only_a_page_of_Google_Photos_is_linked_to(string address, bool isLinked)
    {
        MediaItem item = new() { Id = "1", FileName = "a.jpg", ProductAddress = address, Origin = new FakeContent([1]) };

        GalleryPage page = await GalleryPage.WriteAsync(_alone, Options, new GalleryEntry { MediaItem = item });

        Assert.Equal(isLinked, Assert.Single(page.Items).TryGetProperty("page", out _));
    }

    [Fact]
    public async Task A_page_that_is_there_is_replaced_when_the_new_one_is_whole_and_not_before()
    {
        _folder.Write("page.html", "before");
        await using IAsyncEnumerator<GalleryOutcome> run = _alone.Gallery.WriteAsync(
            new[] { new GalleryEntry { Path = _folder["a.jpg"] }, new GalleryEntry { Path = _folder["b.jpg"] } }.ToAsyncEnumerable(), Options).GetAsyncEnumerator();
        Assert.True(await run.MoveNextAsync());
        await run.DisposeAsync();

        Assert.Equal("before", await File.ReadAllTextAsync(Options.Path));
        Assert.Equal(["page.html"], _folder.Names);

        await GalleryPage.WriteAsync(_alone, Options);
        Assert.StartsWith("<!DOCTYPE html>", await File.ReadAllTextAsync(Options.Path), StringComparison.Ordinal);
        Assert.Equal(["page.html"], _folder.Names);
    }

    [Fact]
    public async Task Where_it_cannot_be_written_nothing_is_read()
    {
        _folder.Write("page.html", "before");
        await Assert.ThrowsAsync<FileExistsException>(() => GalleryPage.WriteAsync(_alone, Options with { NoClobber = true }));
        await Assert.ThrowsAsync<FileWriteFailedException>(() => GalleryPage.WriteAsync(_alone, Options with { Path = _folder.Path }));
        await Assert.ThrowsAsync<FileWriteFailedException>(() => GalleryPage.WriteAsync(_alone, Options with { Path = Path.Combine(_folder["none"], "page.html") }));
        File.SetAttributes(Options.Path, FileAttributes.ReadOnly);
        await Assert.ThrowsAsync<FileWriteFailedException>(() => GalleryPage.WriteAsync(_alone, Options));
        Assert.Equal("before", await File.ReadAllTextAsync(Options.Path));

        await GalleryPage.WriteAsync(_alone, Options with { Force = true });

        Assert.StartsWith("<!DOCTYPE html>", await File.ReadAllTextAsync(Options.Path), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _alone.Dispose();
        _folder.Dispose();
    }

    private static MediaItem Item(string name, FakeContent content) => new() { Id = name, FileName = name, Origin = content, MediaType = MediaType.Photo };
}
