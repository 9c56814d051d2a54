using System.Net;
using System.Text;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class DownloadParameterTests
{
    [Theory]
    [InlineData("=dv-w100")]
    [InlineData("=w100-dv")]
    [InlineData("=d-dv")]
    [InlineData("=dv-c")]
    [InlineData("=dv-no")]
    [InlineData("=c")]
    [InlineData("=no")]
    [InlineData("=w100-c")]
    [InlineData("=w0")]
    [InlineData("=w100-w200")]
    [InlineData("=d-d")]
    public async Task What_contradicts_itself_is_refused(string parameters)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        foreach (string id in await emulator.SeedAsync(new object[] { new { }, new { mimeType = "video/mp4" } }))
        {
            using HttpResponseMessage response = await emulator.Http.GetAsync(await emulator.BaseUrlAsync(id, parameters));
            Assert.Equal((HttpStatusCode.BadRequest, "text/html"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        }
    }

    [Theory]
    [InlineData("image/jpeg", "image/jpeg")]
    [InlineData("image/png", "image/png")]
    [InlineData("image/heif", "image/jpeg")]
    [InlineData("image/x-canon-cr2", "image/jpeg")]
    [InlineData("video/mp4", "image/jpeg")]
    public async Task Each_form_has_bytes_and_a_tag_of_its_own(string mimeType, string expected)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.SeedAsync(new { mimeType }))[0];
        HashSet<string> seen = [];
        HashSet<string> tags = [];
        string[] forms = ["=w100", "=h100", "=w100-h100", "=w100-h100-c", "=w100-h100-no", "=w200-h100", "=d", "=w100-h100-d"];
        foreach (string form in forms)
        {
            using HttpResponseMessage response = await emulator.Http.GetAsync(await emulator.BaseUrlAsync(id, form));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.True(tags.Add(response.Headers.ETag!.Tag), form);
            Assert.True(seen.Add(Encoding.Latin1.GetString(await response.Content.ReadAsByteArrayAsync())), form);
            if (form != "=d")
            {
                Assert.Equal(expected, response.Content.Headers.ContentType!.MediaType);
            }
        }
    }

    [Fact]
    public async Task The_order_of_parameters_makes_no_difference()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { Items = 1 });
        string id = (await emulator.GetAsync("v1/mediaItems")).Ids()[0];
        Assert.Equal(
            await emulator.Http.GetByteArrayAsync(await emulator.BaseUrlAsync(id, "=w100-h50-c")),
            await emulator.Http.GetByteArrayAsync(await emulator.BaseUrlAsync(id, "=c-h50-w100")));
    }
}
