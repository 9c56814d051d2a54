using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

/// <summary>Items whose bytes are given out in odd ways, or not at all.</summary>
public sealed class DeliveryTests
{
    private static readonly string[] Forms = ["=d", "=dv", "=w100-h100", "", "=nonsense"];

    private static async Task<HttpResponseMessage> RangeAsync(TestEmulator emulator, Uri url, long from, long to, EntityTagHeaderValue? tag = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, url);
        request.Headers.Range = new RangeHeaderValue(from, to);
        request.Headers.IfRange = tag is null ? null : new RangeConditionHeaderValue(tag);
        return await emulator.Http.SendAsync(request);
    }

    [Theory]
    [InlineData("lost", HttpStatusCode.NotFound, "image/jpeg")]
    [InlineData("denied", HttpStatusCode.Forbidden, "text/html")]
    public async Task Every_url_of_a_lost_or_denied_item_is_refused_however_new(string how, HttpStatusCode status, string type)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.SeedAsync(new Dictionary<string, object> { [how] = true }))[0];
        foreach (string form in Forms)
        {
            using HttpResponseMessage response = await emulator.Http.GetAsync(await emulator.BaseUrlAsync(id, form));
            Assert.Equal((status, type), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        }

        Assert.Equal(0, (await emulator.GetAsync("emulator/stats/downloads")).GetProperty("items").GetInt32());
    }

    [Fact]
    public async Task An_item_can_be_lost_later_and_found_again()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { Items = 1 });
        string id = (await emulator.GetAsync("v1/mediaItems")).Ids()[0];
        Uri url = await emulator.BaseUrlAsync(id, "=d");
        async Task<HttpStatusCode> AfterAsync(bool lost)
        {
            using HttpResponseMessage changed = await emulator.Http.PatchAsJsonAsync($"emulator/items/{id}", new { lost });
            using HttpResponseMessage response = await emulator.Http.GetAsync(url);
            return response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.NotFound, await AfterAsync(lost: true));
        Assert.Equal(HttpStatusCode.OK, await AfterAsync(lost: false));
    }

    [Fact]
    public async Task Without_a_length_the_body_comes_in_chunks_and_is_whole()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.SeedAsync(new { noLength = true, size = 700_000 }))[0];
        Uri url = await emulator.BaseUrlAsync(id, "=d");
        using HttpResponseMessage response = await emulator.Http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
        Assert.True(response.Headers.TransferEncodingChunked);
        Assert.Null(response.Content.Headers.ContentLength);
        byte[] whole = await response.Content.ReadAsByteArrayAsync();
        Assert.InRange(whole.Length, 700_000, 700_100);

        using HttpRequestMessage head = new(HttpMethod.Head, url);
        using HttpResponseMessage told = await emulator.Http.SendAsync(head);
        Assert.Equal((HttpStatusCode.OK, null), (told.StatusCode, told.Content.Headers.ContentLength));
        using HttpResponseMessage part = await RangeAsync(emulator, url, 1000, 1999);
        Assert.Equal("bytes 1000-1999/*", part.Content.Headers.ContentRange!.ToString());
        Assert.Equal(whole[1000..2000], await part.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_cut_body_without_a_length_does_not_pass_for_whole()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.SeedAsync(new { noLength = true, size = 700_000 }))[0];
        Uri url = await emulator.BaseUrlAsync(id, "=d");
        await emulator.PostAsync("emulator/faults", new { kind = "media.get", cutAfterBytes = 300_000 });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => emulator.Http.GetByteArrayAsync(url));
    }

    [Fact]
    public async Task Without_ranges_there_is_no_tag_and_the_whole_comes()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.SeedAsync(new { noRange = true, size = 10_000 }))[0];
        Uri url = await emulator.BaseUrlAsync(id, "=d");
        byte[] whole = await emulator.Http.GetByteArrayAsync(url);
        using HttpResponseMessage part = await RangeAsync(emulator, url, 100, 199);
        Assert.Equal(HttpStatusCode.OK, part.StatusCode);
        Assert.Equal((null, 0), (part.Headers.ETag, part.Headers.AcceptRanges.Count));
        Assert.Equal(whole, await part.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("image/jpeg", "=d")]
    [InlineData("image/heif", "=d")]
    [InlineData("video/mp4", "=dv")]
    public async Task An_unstable_item_has_other_bytes_of_the_same_length_behind_each_new_url(string mimeType, string form)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.SeedAsync(new { unstable = true, mimeType, size = 30_000 }))[0];
        Uri first = await emulator.BaseUrlAsync(id, form);
        Uri second = await emulator.BaseUrlAsync(id, form);
        using HttpResponseMessage one = await emulator.Http.GetAsync(first);
        using HttpResponseMessage two = await emulator.Http.GetAsync(second);
        byte[] before = await one.Content.ReadAsByteArrayAsync();
        byte[] after = await two.Content.ReadAsByteArrayAsync();
        Assert.Equal(before, await emulator.Http.GetByteArrayAsync(first));
        Assert.Equal(before.Length, after.Length);
        Assert.NotEqual(before[^1000..], after[^1000..]);
        Assert.NotEqual(one.Headers.ETag, two.Headers.ETag);
        Assert.Equal(mimeType, two.Content.Headers.ContentType!.MediaType);

        using HttpResponseMessage anew = await RangeAsync(emulator, second, 100, 199, one.Headers.ETag);
        using HttpResponseMessage on = await RangeAsync(emulator, second, 100, 199, two.Headers.ETag);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.PartialContent), (anew.StatusCode, on.StatusCode));
    }
}
