using System.IO.Compression;
using System.Text;
using System.Text.Json;
using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Downloads;
using GPhotos.Core.Takeout;
using GPhotos.Core.Uploads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Takeout;

/// <summary>Which JSON tells of which picture, rule by rule, in exports of our own making.</summary>
public sealed class JoinTests : IDisposable
{
    private const string Year = "Takeout/Google Photos/Photos from 2019/";

    private readonly TempFolder _folder = new();
    private int _next = 1;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("IMG_1.JPG", "IMG_1.JPG", "IMG_1.JPG.json")]
    [InlineData("IMG_1.JPG", "IMG_1.JPG", "IMG_1.JPG.supplemental-metadata.json")]
    [InlineData("IMG_1(1).JPG", "IMG_1.JPG", "IMG_1.JPG(1).json")]
    [InlineData("IMG_1(12).JPG", "IMG_1.JPG", "IMG_1.JPG.supplemental-metadata(12).json")]
    [InlineData("IMG_1(1).JPG", "IMG_1(1).JPG", "IMG_1(1).JPG.json")]
    [InlineData("IMG_1(1).JPG", "IMG_1.JPG", "IMG_1(1).JPG.supplemental-metadata.json")]
    [InlineData("PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGINA.jpg", "PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGINAL.jpg", "PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGIN.json")]
    [InlineData("PXL_20230809_203449253.PORTRAIT.jpg", "PXL_20230809_203449253.PORTRAIT.jpg", "PXL_20230809_203449253.PORTRAIT.jpg.supplement.json")]
    [InlineData("salt_pepper.jpg", "salt/pepper.jpg", "salt_pepper.jpg.json")]
    [InlineData("it_s 50_.jpg", "it's 50%.jpg", "it_s 50_.jpg.json")]
    [InlineData("20030616.jpg", "20030616", "20030616.json")]
    [InlineData("20030616(2).jpg", "20030616", "20030616.supplemental-metadata(2).json")]
    [InlineData("27_06_12 - 1.mov", "27/06/12 - 1", "27_06_12 - 1.mov.json")]
    [InlineData("IMG_1-edited.jpg", "IMG_1.HEIC", "IMG_1.HEIC.json")]
    [InlineData("IMG_1-bearbeitet(1).jpg", "IMG_1.jpg", "IMG_1.jpg.supplemental-metadata(1).json")]
    [InlineData("IMG_1-modifie\u0301.jpg", "IMG_1.jpg", "IMG_1.jpg.json")]
    [InlineData("IMG_1-COLLAGE.jpg", "IMG_1.jpg", "IMG_1.jpg.json")]
    [InlineData("01234567890123456789012345678901234567890123-ed.jpg", "01234567890123456789012345678901234567890123.jpg", "01234567890123456789012345678901234567890123.j.json")]
    [InlineData("IMG_1.MP4", "IMG_1.HEIC", "IMG_1.HEIC.json")]
    [InlineData("IMG_1(1).MOV", "IMG_1.heic", "IMG_1.heic(1).json")]
    [InlineData("PXL_1.MP", "PXL_1.MP.jpg", "PXL_1.MP.jpg.json")]
    [InlineData("PXL_1(1).MP~2", "PXL_1.MP~2.jpg", "PXL_1.MP~2.jpg(1).json")]
    [InlineData("untitled.jpg", "", "untitled.jpg.json")]
    public async Task A_picture_and_the_JSON_of_it_are_joined(string file, string title, string json)
    {
        MediaItem item = Assert.Single(await ReadAsync((Year + file, ""), (Year + json, title)));

        Assert.True(item.IsFavorite is not null, "It was not joined.");
    }

    [Theory]
    [InlineData("IMG_1.JPG", "IMG_1.JPG", "IMG_1.JPG(1).json")]
    [InlineData("IMG_1(1).JPG", "IMG_1.JPG", "IMG_1.JPG.json")]
    [InlineData("IMG_11.JPG", "IMG_1.JPG", "IMG_1.JPG.json")]
    [InlineData("IMG_1.JPG", "IMG_2.JPG", "IMG_2.JPG.json")]
    [InlineData("IMG_1-Anna.jpg", "IMG_1.jpg", "IMG_1.jpg.json")]
    [InlineData("IMG_1-ed.jpg", "IMG_1.jpg", "IMG_1.jpg.json")]
    [InlineData("IMG_1(1).MP4", "IMG_1.HEIC", "IMG_1.HEIC.json")]
    public async Task What_only_looks_alike_is_not(string file, string title, string json)
    {
        MediaItem item = Assert.Single(await ReadAsync((Year + file, ""), (Year + json, title)));

        Assert.Null(item.IsFavorite);
    }

    [Fact]
    public async Task Where_two_fit_equally_well_none_is_taken()
    {
        IReadOnlyList<MediaItem> items = await ReadAsync(
            (Year + "trio.jpg", ""), (Year + "trio.jpg.json", "trio.jpg"), (Year + "trio.png", ""), (Year + "trio.png.json", "trio.png"), (Year + "trio-edited.gif", ""));

        Assert.Equal(["trio-edited.gif"], items.Where(i => i.IsFavorite is null).Select(i => i.FileName));
    }

    [Fact]
    public async Task The_name_is_the_one_it_had_unless_another_has_that()
    {
        IReadOnlyList<MediaItem> items = await ReadAsync(
            (Year + "salt_pepper.jpg", ""), (Year + "salt_pepper.jpg.json", "salt/pepper.jpg"),
            (Year + "IMG_1.jpg", ""), (Year + "IMG_1.jpg.json", "IMG_1.jpg"), (Year + "IMG_1-edited.jpg", ""),
            (Year + "IMG_1(1).jpg", ""), (Year + "IMG_1.jpg(1).json", "IMG_1.jpg"));

        Assert.Equal(["salt/pepper.jpg", "IMG_1.jpg", "IMG_1-edited.jpg", "IMG_1(1).jpg"], items.Select(i => i.FileName));
    }

    [Fact]
    public async Task Without_a_JSON_the_time_is_that_of_its_own_bytes()
    {
        string zip = Zip([(Year + "IMG_1.jpg", new TestPicture { Taken = "2019:03:04 05:06:07" }.ToJpeg())]);

        TakeoutExport export = await TakeoutExport.ReadAsync([zip], null, CancellationToken.None);

        Assert.Equal(new DateTimeOffset(2019, 3, 4, 5, 6, 7, TimeSpan.Zero), Assert.Single(await export.GetItemsAsync().ToListAsync()).CreationTime);
    }

    [Fact]
    public async Task A_copy_in_an_album_is_the_item_of_its_year_whatever_its_number_there()
    {
        const string Album = "Takeout/Google Photos/Trip/";
        MediaItem item = Assert.Single(await ReadAsync(
            (Year + "IMG_1(1).jpg", "same"), (Year + "IMG_1.jpg(1).json", "IMG_1.jpg"), (Album + "IMG_1.jpg", "same"), (Album + "IMG_1.jpg.json", "IMG_1.jpg"),
            (Album + "metadata.json", "A trip: there & back")));

        Assert.Equal(["A trip: there & back"], item.AlbumTitles);
        Assert.Equal(Year + "IMG_1(1).jpg", item.EntryName);
    }

    [Fact]
    public async Task A_name_whose_46th_character_is_half_of_an_emoji_is_read()
    {
        string name = new string('a', 45) + "\U0001F600 beach.jpg";

        Assert.Equal(name, Assert.Single(await ReadAsync((Year + name, ""))).FileName);
    }

    [Theory]
    [InlineData("""{"title":"\ud83d.jpg","photoTakenTime":{"timestamp":"1551700800"}}""")]
    [InlineData("""{"title":"IMG_1.jpg","photoTakenTime":{"timestamp":"1551700800"},"people":[{"name":"\udc00"}]}""")]
    public async Task A_JSON_with_half_a_character_is_told_and_ends_nothing(string json)
    {
        string zip = Zip([(Year + "IMG_1.jpg", [1]), (Year + "IMG_1.jpg.json", Encoding.UTF8.GetBytes(json))]);

        TakeoutExport export = await TakeoutExport.ReadAsync([zip], null, CancellationToken.None);

        Assert.Single(await export.GetItemsAsync().ToListAsync());
        Assert.Single((await export.GetSummaryAsync()).UnjoinedMetadata);
    }

    [Theory]
    [InlineData("-62135596799")]
    [InlineData("253402300799")]
    [InlineData("-99999999999999999")]
    public async Task Whatever_time_a_JSON_tells_the_picture_is_saved(string seconds)
    {
        string json = $$$"""{"title":"IMG_1.jpg","photoTakenTime":{"timestamp":"{{{seconds}}}"}}""";
        string zip = Zip([(Year + "IMG_1.jpg", new TestPicture().ToJpeg()), (Year + "IMG_1.jpg.json", Encoding.UTF8.GetBytes(json))]);
        List<MediaItem> items = await (await TakeoutExport.ReadAsync([zip], null, CancellationToken.None)).GetItemsAsync().ToListAsync();
        using GPhotosClient client = new(new GPhotosClientOptions { Tokens = new FixedTokenSource("none", null), DataFolder = _folder["data"] });

        List<SaveOutcome> outcomes = await client.Saver.SaveAllAsync(
            items.ToSave(), new SaveOptions { Destination = _folder["saved"], Layout = SaveLayout.YearMonthDay, Sidecar = true });

        Assert.Null(Assert.Single(outcomes).Error);
        Assert.Equal(SaveStatus.Saved, outcomes[0].Result?.Status);
    }

    [Fact]
    public async Task A_file_of_an_unpacked_export_that_is_gone_is_an_error_of_its_own()
    {
        string path = Path.Combine(_folder.Path, "unpacked", Year, "IMG_1.jpg");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, new TestPicture().ToJpeg());
        MediaItem item = Assert.Single(
            await (await TakeoutExport.ReadAsync([_folder["unpacked"]], null, CancellationToken.None)).GetItemsAsync().ToListAsync());
        File.Delete(path);
        using GPhotosClient client = new(new GPhotosClientOptions { Tokens = new FixedTokenSource("none", null), DataFolder = _folder["data"] });

        List<SendOutcome> outcomes = await client.Sender.SendAsync(new[] { new SendRequest(item) }.ToAsyncEnumerable(), new SendOptions()).ToListAsync();

        Assert.IsType<FileReadFailedException>(Assert.Single(outcomes).Error);
    }

    [Fact]
    public async Task A_height_beyond_all_numbers_is_none()
    {
        const string Json = """{"title":"IMG_1.jpg","photoTakenTime":{"timestamp":"1"},"geoData":{"latitude":1,"longitude":2,"altitude":1e999}}""";
        string zip = Zip([(Year + "IMG_1.jpg", [1]), (Year + "IMG_1.jpg.json", Encoding.UTF8.GetBytes(Json))]);

        MediaItem item = Assert.Single(await (await TakeoutExport.ReadAsync([zip], null, CancellationToken.None)).GetItemsAsync().ToListAsync());

        Assert.Equal((1, null), (item.Latitude, item.Altitude));
    }

    // Two exports of one account overlap, and how often a picture was seen is not the same in both.
    [Theory]
    [InlineData("IMG_1.jpg.json")]
    [InlineData("IMG_1.jpg.supplemental-metadata.json")]
    public async Task A_JSON_of_an_older_export_that_says_the_same_is_a_repeat(string name)
    {
        string[] jsons = [.. new[] { "1", "22" }.Select(
            views => $$$"""{"title":"IMG_1.jpg","imageViews":"{{{views}}}","url":"https://photos.google.com/photo/A","photoTakenTime":{"timestamp":"1551700800"}}""")];
        string older = Zip([(Year + "IMG_1.jpg", [1]), (Year + "IMG_1.jpg.json", Encoding.UTF8.GetBytes(jsons[0]))]);
        string newer = Zip([(Year + "IMG_1.jpg", [1]), (Year + name, Encoding.UTF8.GetBytes(jsons[1]))]);

        TakeoutExport export = await TakeoutExport.ReadAsync([older, newer], null, CancellationToken.None);

        Assert.NotNull(Assert.Single(await export.GetItemsAsync().ToListAsync()).IsFavorite);
        TakeoutSummary summary = await export.GetSummaryAsync();
        Assert.Equal((2, 1, 0), (summary.Repeats, summary.JoinedMetadata, summary.UnjoinedMetadata.Count));
        Assert.Equal(summary.Entries, ExportTruthTests.Sum(summary));
    }

    [Fact]
    public async Task Two_pictures_of_one_path_and_length_in_unpacked_exports_are_two_with_an_id_each()
    {
        string[] folders = [.. new[] { "anna", "ben" }.Select((who, i) =>
        {
            string path = Path.Combine(_folder.Path, who, Year, "IMG_1.jpg");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, [1, 2, (byte)i]);
            return Path.Combine(_folder.Path, who);
        })];

        List<MediaItem> items = await ItemsAsync(folders), reversed = await ItemsAsync([.. folders.Reverse()]);

        Assert.Equal(2, items.Select(i => i.Id).Distinct().Count());
        Assert.Equal(items.ToDictionary(i => i.ArchivePath!, i => i.Id), reversed.ToDictionary(i => i.ArchivePath!, i => i.Id));

        async Task<List<MediaItem>> ItemsAsync(string[] paths) =>
            await (await TakeoutExport.ReadAsync(paths, null, CancellationToken.None)).GetItemsAsync().ToListAsync();
    }

    [Fact]
    public async Task Pictures_of_other_products_are_no_items()
    {
        Assert.Empty(await ReadAsync(("Takeout/Drive/IMG_1.jpg", ""), ("Takeout/Drive/metadata.json", "Drive")));
    }

    // Pictures with bytes of their own, or those that their text makes; JSONs with a title.
    private async Task<IReadOnlyList<MediaItem>> ReadAsync(params (string Path, string Text)[] entries)
    {
        string zip = Zip(entries.Select(e => (e.Path, Encoding.UTF8.GetBytes(Content(e.Path, e.Text)))));
        TakeoutExport export = await TakeoutExport.ReadAsync([zip], null, CancellationToken.None);
        Assert.Empty(export.Errors);
        TakeoutSummary summary = await export.GetSummaryAsync();
        Assert.Equal(summary.Entries, ExportTruthTests.Sum(summary));
        return await export.GetItemsAsync().ToListAsync();
    }

    private static string Content(string path, string text)
    {
        string title = JsonEncodedText.Encode(text).ToString();
        return !path.EndsWith(".json", StringComparison.Ordinal) ? text.Length > 0 ? text : path
            : path.EndsWith("/metadata.json", StringComparison.Ordinal) ? $$"""{"title":"{{title}}"}"""
            : $$$"""{"title":"{{{title}}}","photoTakenTime":{"timestamp":"1551700800"}}""";
    }

    private string Zip(IEnumerable<(string Path, byte[] Bytes)> entries)
    {
        string path = _folder[$"{_next++}.zip"];
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, byte[] bytes) in entries)
        {
            using Stream stream = archive.CreateEntry(name).Open();
            stream.Write(bytes);
        }

        return path;
    }
}
