using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace GPhotos.Tests.Emulator;

public sealed class MediaTests
{
    private static async Task<HttpResponseMessage> GetAsync(TestEmulator emulator, Uri url, RangeHeaderValue range)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, url);
        request.Headers.Range = range;
        return await emulator.Http.SendAsync(request);
    }

    [Fact]
    public async Task A_download_keeps_exif_but_not_the_place_and_is_not_the_original()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        byte[] original = TinyJpeg.Make();
        JsonElement item = await emulator.AddAsync(original);
        byte[] download = await emulator.Http.GetByteArrayAsync(await emulator.BaseUrlAsync(item.Text("id"), "=d"));

        Assert.NotEqual(original, download);
        Assert.Contains("re-encoded by the emulator", Encoding.Latin1.GetString(download), StringComparison.Ordinal);
        var before = ImageMetadataReader.ReadMetadata(new MemoryStream(original));
        var after = ImageMetadataReader.ReadMetadata(new MemoryStream(download));
        Assert.NotEmpty(before.OfType<GpsDirectory>());
        Assert.Empty(after.OfType<GpsDirectory>());
        Assert.DoesNotContain(after, directory => directory.HasError);
        Assert.Equal("Acme", after.OfType<ExifIfd0Directory>().Single().GetString(ExifDirectoryBase.TagMake));
        Assert.Equal(TinyJpeg.Software, after.OfType<ExifIfd0Directory>().Single().GetString(0xC614));
        Assert.Equal("2013:07:26 10:11:12", after.OfType<ExifSubIfdDirectory>().Single().GetString(ExifDirectoryBase.TagDateTimeOriginal));

        // 777 seconds of latitude stand nowhere else in the file.
        byte[] secret = BitConverter.GetBytes(777);
        Assert.True(original.AsSpan().IndexOf(secret) > 0);
        Assert.Equal(-1, download.AsSpan().IndexOf(secret));
    }

    [Fact]
    public async Task Synthetic_pictures_are_real_and_each_is_different()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { Items = 2 });
        string[] ids = (await emulator.GetAsync("v1/mediaItems")).Ids();
        byte[] one = await emulator.Http.GetByteArrayAsync(await emulator.BaseUrlAsync(ids[0], "=d"));
        byte[] again = await emulator.Http.GetByteArrayAsync(await emulator.BaseUrlAsync(ids[0], "=d"));
        byte[] two = await emulator.Http.GetByteArrayAsync(await emulator.BaseUrlAsync(ids[1], "=d"));
        Assert.Equal(one, again);
        Assert.NotEqual(one, two);
        var exif = ImageMetadataReader.ReadMetadata(new MemoryStream(two)).OfType<ExifSubIfdDirectory>().Single();
        Assert.Equal("2019:12:31 23:55:00", exif.GetString(ExifDirectoryBase.TagDateTimeOriginal));
    }

    [Fact]
    public async Task Urls_end_after_their_time_or_on_demand_and_cannot_be_made_up()
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await TestEmulator.StartAsync(
            new EmulatorOptions { TimeProvider = clock, Items = 1, AccessTokenLifetime = TimeSpan.FromDays(1) });
        string id = (await emulator.GetAsync("v1/mediaItems")).Ids()[0];
        async Task<HttpStatusCode> StatusAsync(Uri url)
        {
            using HttpResponseMessage response = await emulator.Http.GetAsync(url);
            return response.StatusCode;
        }

        Uri url = await emulator.BaseUrlAsync(id, "=d");
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(url));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(url));

        Uri fresh = await emulator.BaseUrlAsync(id, "=d");
        string good = fresh.ToString();
        string tampered = good[..^20] + (good[^20] == 'A' ? 'B' : 'A') + good[^19..];
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(fresh));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(new Uri(tampered)));
        await emulator.PostAsync("emulator/base-urls/expire", new { });
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(fresh));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(await emulator.BaseUrlAsync(id, "=d")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("=dv")]
    [InlineData("=nonsense")]
    public async Task What_is_not_there_is_a_404_with_a_picture(string parameters)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { Items = 1 });
        string id = (await emulator.GetAsync("v1/mediaItems")).Ids()[0];
        using HttpResponseMessage response = await emulator.Http.GetAsync(await emulator.BaseUrlAsync(id, parameters));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType!.MediaType);
        Assert.True((await response.Content.ReadAsByteArrayAsync()).Length > 100);
    }

    [Fact]
    public async Task A_video_is_downloadable_once_ready()
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await TestEmulator.StartAsync(
            new EmulatorOptions { TimeProvider = clock, VideoProcessingTime = TimeSpan.FromSeconds(30) });
        byte[] bytes = [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isommp41"u8, .. new byte[100]];
        string id = (await emulator.AddAsync(bytes, "v.mp4")).Text("id");
        async Task<string> StateAsync() =>
            (await emulator.GetAsync($"v1/mediaItems/{id}")).GetProperty("mediaMetadata").GetProperty("video").Text("status");

        Assert.Equal("PROCESSING", await StateAsync());
        using HttpResponseMessage early = await emulator.Http.GetAsync(await emulator.BaseUrlAsync(id, "=dv"));
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("READY", await StateAsync());
        Assert.Equal(bytes, await emulator.Http.GetByteArrayAsync(await emulator.BaseUrlAsync(id, "=dv")));
        using HttpResponseMessage still = await emulator.Http.GetAsync(await emulator.BaseUrlAsync(id, "=w100-h100-no"));
        Assert.Equal("image/jpeg", still.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Ranges_and_head_agree_with_the_whole()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.AddAsync(TinyJpeg.Make())).Text("id");
        Uri url = await emulator.BaseUrlAsync(id, "=d");
        emulator.Authorize(null);
        byte[] whole = await emulator.Http.GetByteArrayAsync(url);

        using HttpRequestMessage head = new(HttpMethod.Head, url);
        using HttpResponseMessage told = await emulator.Http.SendAsync(head);
        Assert.Equal((whole.Length, "bytes"), ((int)told.Content.Headers.ContentLength!, told.Headers.AcceptRanges.Single()));
        Assert.NotNull(told.Headers.ETag);

        (RangeHeaderValue Range, int From, int To)[] ranges =
        [
            (new(10, 1100), 10, 1100), (new(0, 0), 0, 0), (new(50, null), 50, whole.Length - 1),
            (new(null, 20), whole.Length - 20, whole.Length - 1), (new(whole.Length - 1, 999999), whole.Length - 1, whole.Length - 1),
        ];
        foreach ((RangeHeaderValue range, int from, int to) in ranges)
        {
            using HttpResponseMessage part = await GetAsync(emulator, url, range);
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            Assert.Equal(whole[from..(to + 1)], await part.Content.ReadAsByteArrayAsync());
            Assert.Equal($"bytes {from}-{to}/{whole.Length}", part.Content.Headers.ContentRange!.ToString());
        }

        using HttpResponseMessage behind = await GetAsync(emulator, url, new(whole.Length, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, behind.StatusCode);
        Assert.Equal(whole.Length, behind.Content.Headers.ContentRange!.Length);
    }

    [Theory]
    [InlineData("plain.jpg", "inline;filename=\"plain.jpg\"")]
    [InlineData("a\"b\\c.jpg", "inline;filename=\"a\\\"b\\\\c.jpg\"")]
    [InlineData("x\r\nSet-Cookie: a=b.jpg", "inline;filename=\"x__Set-Cookie: a=b.jpg\";filename*=UTF-8''x%0D%0ASet-Cookie%3A%20a%3Db.jpg")]
    [InlineData("../Grüße.jpg", "inline;filename=\"../Gr__e.jpg\";filename*=UTF-8''..%2FGr%C3%BC%C3%9Fe.jpg")]
    public async Task No_file_name_breaks_the_headers(string name, string expected)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        using StringContent body = new(JsonSerializer.Serialize(new { fileName = name }), Encoding.UTF8, "application/json");
        using HttpResponseMessage added = await emulator.Http.PostAsync(new Uri("emulator/items", UriKind.Relative), body);
        string id = (await emulator.GetAsync("v1/mediaItems")).Ids()[0];
        using HttpResponseMessage response = await emulator.Http.GetAsync(await emulator.BaseUrlAsync(id, "=d"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, response.Content.Headers.NonValidated["Content-Disposition"].ToString());
    }
}
