using System.Net;
using System.Text;
using System.Text.Json;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class MotionPhotoTests
{
    private static readonly byte[] Mp4 = [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isommp42"u8, .. new byte[3000]];

    private static byte[] WithXmp(string xmp, byte[] behind)
    {
        byte[] jpeg = TinyJpeg.Make();
        byte[] content = [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(xmp)];
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content, .. jpeg[2..], .. behind];
    }

    [Theory]
    [InlineData("""<rdf:Description Camera:MotionPhoto="1"/>""")]
    [InlineData("""<rdf:Description GCamera:MotionPhoto='1'/>""")]
    [InlineData("<GCamera:MotionPhoto>1</GCamera:MotionPhoto>")]
    public async Task An_uploaded_one_gives_its_video_and_as_a_photo_only_the_still(string xmp)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        byte[] bytes = WithXmp(xmp, Mp4);
        JsonElement item = await emulator.AddAsync(bytes);
        string id = item.Text("id");
        using HttpResponseMessage video = await emulator.Http.GetAsync(await emulator.BaseUrlAsync(id, "=dv"));
        Assert.Equal("video/mp4", video.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Mp4, await video.Content.ReadAsByteArrayAsync());

        byte[] still = await emulator.Http.GetByteArrayAsync(await emulator.BaseUrlAsync(id, "=d"));
        Assert.Equal(bytes[^(Mp4.Length + 100)..^Mp4.Length], still[^100..]);
        Assert.Equal(("image/jpeg", "a.jpg"), (item.Text("mimeType"), item.Text("filename")));
        Assert.False((await emulator.GetAsync($"v1/mediaItems/{id}")).GetProperty("mediaMetadata").Has("video"));
    }

    [Theory]
    [InlineData("""<rdf:Description GCamera:MotionPhoto="0"/>""", true)]
    [InlineData("""<rdf:Description GCamera:MotionPhoto="1"/>""", false)]
    [InlineData("""<rdf:Description Other:MotionPhoto="1"/>""", true)]
    public async Task Mark_and_video_are_both_needed(string xmp, bool video)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.AddAsync(WithXmp(xmp, video ? Mp4 : []))).Text("id");
        using HttpResponseMessage response = await emulator.Http.GetAsync(await emulator.BaseUrlAsync(id, "=dv"));
        Assert.Equal((HttpStatusCode.NotFound, "image/jpeg"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task One_made_by_the_admin_call_is_the_same_each_time_and_as_large_as_asked()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.SeedAsync(new { motion = true, fileName = "m.jpg", size = 300_000 }))[0];
        byte[] video = await emulator.Http.GetByteArrayAsync(await emulator.BaseUrlAsync(id, "=dv"));
        byte[] again = await emulator.Http.GetByteArrayAsync(await emulator.BaseUrlAsync(id, "=dv"));
        byte[] original = await emulator.Http.GetByteArrayAsync(new Uri($"emulator/items/{id}/original", UriKind.Relative));
        Assert.Equal(video, again);
        Assert.Equal("ftypisom", Encoding.ASCII.GetString(video, 4, 8));
        Assert.Equal(300_000, original.Length);
        Assert.Equal(original[^video.Length..], video);
        Assert.Contains($"Item:Length=\"{video.Length}\"", Encoding.Latin1.GetString(original), StringComparison.Ordinal);
        byte[] still = await emulator.Http.GetByteArrayAsync(await emulator.BaseUrlAsync(id, "=d"));
        Assert.Equal(-1, still.AsSpan().IndexOf("ftypisom"u8));
    }

    [Fact]
    public async Task The_admin_call_makes_none_of_other_bytes()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.PostAsync("emulator/items", new { motion = true, mimeType = "video/mp4" }, HttpStatusCode.BadRequest);
        await emulator.PostAsync("emulator/items", new { motion = true, contentBase64 = "AAAA" }, HttpStatusCode.BadRequest);
    }
}
