using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class UploadTests
{
    [Fact]
    public async Task A_token_is_long_and_the_bytes_stay_unseen()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        Assert.True((await emulator.UploadAsync(TinyJpeg.Make())).Length >= 200);
        Assert.Empty((await emulator.GetAsync("v1/mediaItems")).Ids());
    }

    [Theory]
    [InlineData("X-Goog-Upload-Protocol", "multipart", "Unsupported upload protocol: multipart")]
    [InlineData("X-Goog-Hash", "sha1=AAAA", "Checksum from header does not match received payload content.")]
    public async Task Refusals_are_bare(string header, string value, string message)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        using HttpResponseMessage response = await emulator.SendUploadAsync(TinyJpeg.Make(), (header, value));
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal((3, message), (body.GetProperty("code").GetInt32(), body.Text("message")));
    }

    [Fact]
    public async Task An_empty_payload_is_refused_and_the_right_hash_taken()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        using HttpResponseMessage empty = await emulator.SendUploadAsync([]);
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);

        byte[] bytes = TinyJpeg.Make();
#pragma warning disable CA5350 // Google's header is a SHA-1.
        string hash = Convert.ToBase64String(SHA1.HashData(bytes));
#pragma warning restore CA5350
        using HttpResponseMessage good = await emulator.SendUploadAsync(bytes, ("X-Goog-Hash", $"sha1={hash}"));
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Fact]
    public async Task A_chunked_body_without_content_type_arrives_whole()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        byte[] bytes = [.. TinyJpeg.Make(), .. new byte[1_000_000]];
        using HttpRequestMessage request = new(HttpMethod.Post, "v1/uploads") { Content = new StreamContent(new MemoryStream(bytes)) };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("X-Goog-Upload-Protocol", "raw");
        using HttpResponseMessage response = await emulator.Http.SendAsync(request);
        JsonElement created = await emulator.CreateAsync(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());

        string id = created.GetProperty("newMediaItemResults")[0].GetProperty("mediaItem").Text("id");
        Assert.Equal(bytes, await emulator.Http.GetByteArrayAsync(new Uri($"emulator/items/{id}/original", UriKind.Relative)));
    }

    [Fact]
    public async Task A_token_ends_after_a_day_and_after_use()
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await TestEmulator.StartAsync(
            new EmulatorOptions { TimeProvider = clock, AccessTokenLifetime = TimeSpan.FromDays(9) });
        string used = await emulator.UploadAsync(TinyJpeg.Make());
        await emulator.CreateAsync(HttpStatusCode.OK, used);
        string old = await emulator.UploadAsync(TinyJpeg.Make(seed: "2"));
        clock.Advance(TimeSpan.FromHours(25));

        foreach (string token in (string[])[used, old, "made-up"])
        {
            JsonElement reply = await emulator.CreateAsync(HttpStatusCode.OK, token);
            Assert.Equal(3, reply.GetProperty("newMediaItemResults")[0].Code());
        }
    }

    [Fact]
    public async Task File_names_are_percent_decoded_and_kept_as_they_are()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        JsonElement item = await emulator.AddAsync(TinyJpeg.Make(), Uri.EscapeDataString("../../Grüße \"x\".jpg"));
        Assert.Equal("../../Grüße \"x\".jpg", item.Text("filename"));
    }
}
