using System.Net;
using System.Text;
using System.Text.Json;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

/// <summary>Which bytes come down, where they are not of the type or the name that the item has.</summary>
public sealed class DownloadTypeTests
{
    private static async Task<(string Type, byte[] Bytes)> DownloadAsync(TestEmulator emulator, string id, string parameters)
    {
        using HttpResponseMessage response = await emulator.Http.GetAsync(await emulator.BaseUrlAsync(id, parameters));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (response.Content.Headers.ContentType!.MediaType!, await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("image/jpeg", "=d", 0, "\u00FF\u00D8\u00FF")]
    [InlineData("image/png", "=d", 0, "\u0089PNG\r\n\u001A\n")]
    [InlineData("image/gif", "=d", 0, "GIF89a")]
    [InlineData("image/webp", "=d", 8, "WEBPVP8L")]
    [InlineData("image/heif", "=d", 4, "ftypheic")]
    [InlineData("image/heic", "=d", 4, "ftypheic")]
    [InlineData("video/mp4", "=dv", 4, "ftypisom")]
    public async Task Made_up_media_begin_as_their_type_does_and_are_as_large_as_asked(string mimeType, string parameters, int at, string magic)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string[] ids = await emulator.SeedAsync(new { mimeType, size = 50_000, count = 2 });
        (string type, byte[] bytes) = await DownloadAsync(emulator, ids[0], parameters);
        Assert.Equal(mimeType, type);
        Assert.Equal(magic, Encoding.Latin1.GetString(bytes, at, magic.Length));
        Assert.InRange(bytes.Length, 50_000, 50_100);
        Assert.NotEqual(bytes, (await DownloadAsync(emulator, ids[1], parameters)).Bytes);
    }

    [Theory]
    [InlineData("image/heif", "IMG_1.HEIC", "image/jpeg")]
    [InlineData("image/png", "a.png", "image/webp")]
    [InlineData("image/jpeg", "a.jpg", "image/heif")]
    public async Task A_photo_comes_down_as_another_type_on_demand_under_its_old_name(string mimeType, string fileName, string downloadsAs)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.SeedAsync(new { mimeType, fileName, downloadsAs }))[0];
        JsonElement item = await emulator.GetAsync($"v1/mediaItems/{id}");
        Assert.Equal((mimeType, fileName), (item.Text("mimeType"), item.Text("filename")));
        (string type, byte[] bytes) = await DownloadAsync(emulator, id, "=d");
        Assert.Equal(downloadsAs, type);
        Assert.Equal(bytes, (await DownloadAsync(emulator, id, "=d")).Bytes);
    }

    [Theory]
    [InlineData("x.NEF", "II*\0")]
    [InlineData("x.cr2", "II*\0")]
    [InlineData("x.raf", "FUJIFILMCCD-RAW ")]
    public async Task A_raw_file_comes_down_as_a_small_jpeg(string fileName, string magic)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        byte[] raw = [.. Encoding.ASCII.GetBytes(magic), .. new byte[200_000]];
        string id = (await emulator.AddAsync(raw, fileName)).Text("id");
        (string type, byte[] bytes) = await DownloadAsync(emulator, id, "=d");
        Assert.Equal(("image/jpeg", true), (type, bytes is [0xFF, 0xD8, ..]));
        Assert.InRange(bytes.Length, 100, 20_000);
        Assert.Equal(fileName, (await emulator.GetAsync($"v1/mediaItems/{id}")).Text("filename"));
    }

    [Fact]
    public async Task Tiff_and_heic_stay_what_they_are()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        byte[] tiff = [.. "II*\0"u8, .. new byte[2000]];
        byte[] heic = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8, .. new byte[500]];
        string[] ids = [(await emulator.AddAsync(tiff, "scan.tif")).Text("id"), (await emulator.AddAsync(heic, "a.HEIC")).Text("id")];
        Assert.Equal(("image/tiff", tiff.Length), ((await DownloadAsync(emulator, ids[0], "=d")) is var (t, b) ? (t, b.Length) : default));
        (string type, byte[] bytes) = await DownloadAsync(emulator, ids[1], "=d");
        Assert.Equal("image/heif", type);
        Assert.Equal(heic, bytes);
    }

    [Fact]
    public async Task A_quicktime_video_comes_down_as_mp4_unless_the_item_says_otherwise()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        byte[] mov = [0, 0, 0, 20, .. "ftypqt  "u8, 0, 0, 2, 0, .. "qt  "u8, .. new byte[5000]];
        string uploaded = (await emulator.AddAsync(mov, "clip.MOV")).Text("id");
        (string type, byte[] bytes) = await DownloadAsync(emulator, uploaded, "=dv");
        Assert.Equal(("video/mp4", "ftypmp42"), (type, Encoding.ASCII.GetString(bytes, 4, 8)));
        Assert.Equal("isom", Encoding.ASCII.GetString(bytes, 16, 4));
        Assert.Contains("transcoded by the emulator", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        JsonElement item = await emulator.GetAsync($"v1/mediaItems/{uploaded}");
        Assert.Equal(("video/quicktime", "clip.MOV"), (item.Text("mimeType"), item.Text("filename")));

        string kept = (await emulator.SeedAsync(new { mimeType = "video/quicktime", fileName = "b.mov", downloadsAs = "video/quicktime" }))[0];
        (type, bytes) = await DownloadAsync(emulator, kept, "=dv");
        Assert.Equal(("video/quicktime", "ftypqt  "), (type, Encoding.ASCII.GetString(bytes, 4, 8)));
    }

    [Fact]
    public async Task Other_containers_come_down_as_mp4_too()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        byte[] avi = [.. "RIFF\0\0\0\0AVI LIST"u8, .. new byte[1000]];
        string id = (await emulator.AddAsync(avi, "old.avi")).Text("id");
        (string type, byte[] bytes) = await DownloadAsync(emulator, id, "=dv");
        Assert.Equal(("video/mp4", "ftypisom"), (type, Encoding.ASCII.GetString(bytes, 4, 8)));
        Assert.Equal(avi, bytes[^avi.Length..]);
    }

    [Theory]
    [InlineData("image/jpeg", "video/mp4")]
    [InlineData("video/mp4", "image/jpeg")]
    [InlineData("image/jpeg", "text/plain")]
    public async Task A_type_of_another_kind_is_refused(string mimeType, string downloadsAs)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.PostAsync("emulator/items", new { mimeType, downloadsAs }, HttpStatusCode.BadRequest);
        Assert.Empty((await emulator.GetAsync("v1/mediaItems")).Ids());
    }
}
