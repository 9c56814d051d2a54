using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class CloudStorageObjectTests
{
    private static readonly byte[] Nine = "123456789"u8.ToArray();

    [Fact]
    public async Task An_object_is_told_as_Google_tells_it()
    {
        ManualClock clock = new();
        await using StorageClient client = await StorageClient.StartAsync(new EmulatorOptions { TimeProvider = clock });
        JsonElement made = await client.PutRelatedAsync(
            new { name = "a/b c.jpg", metadata = new Dictionary<string, string> { ["my_key"] = "v" }, storageClass = "COLDLINE", cacheControl = "no-store" },
            Nine);
        string generation = made.Text("generation");
        string self = $"{client.Emulator.Address}storage/v1/b/bucket-one/o/a%2Fb%20c.jpg";
        Assert.Equal(
            ("storage#object", $"bucket-one/a/b c.jpg/{generation}", self, "a/b c.jpg", "bucket-one", "1", "image/png", "COLDLINE", "9"),
            (made.Text("kind"), made.Text("id"), made.Text("selfLink"), made.Text("name"), made.Text("bucket"), made.Text("metageneration"),
                made.Text("contentType"), made.Text("storageClass"), made.Text("size")));

        // The check value of CRC-32C over these nine digits is E3069283.
        Assert.Equal(
            (Convert.ToBase64String(MD5.HashData(Nine)), "4waSgw==", "2024-05-06T07:08:09.000Z", "no-store"),
            (made.Text("md5Hash"), made.Text("crc32c"), made.Text("timeCreated"), made.Text("cacheControl")));
        Assert.Equal("""{"my_key":"v"}""", made.GetProperty("metadata").GetRawText());
        Assert.Equal(made.GetRawText(), (await client.JsonAsync(HttpMethod.Get, StorageClient.ObjectPath("a/b c.jpg"))).GetRawText());
        Assert.Equal(Nine, await client.Emulator.Http.GetByteArrayAsync(new Uri(made.Text("mediaLink"))));
    }

    [Theory]
    [InlineData("a/b/c")]
    [InlineData("sp ace+plus%25 and %2F")]
    [InlineData("ünïcode/日本/🏔️.jpg")]
    [InlineData("dots/../and/./more")]
    [InlineData("o/copyTo/b/x?q#f")]
    public async Task Any_name_comes_back_as_it_was(string name)
    {
        await using StorageClient client = await StorageClient.StartAsync();
        await client.PutAsync(name, Nine);
        Assert.Equal(name, (await client.JsonAsync(HttpMethod.Get, StorageClient.ObjectPath(name))).Text("name"));
        Assert.Equal([name], await client.NamesAsync());
        using HttpResponseMessage gone = await client.SendAsync(HttpMethod.Delete, StorageClient.ObjectPath(name));
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Empty(await client.NamesAsync());
    }

    [Fact]
    public async Task Some_names_are_none()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        await client.PutAsync(new string('n', 1024), Nine);
        foreach (string name in (string[])[".", "..", "a\rb", "a\nb", new string('n', 1025), new string('ü', 513)])
        {
            await client.PutAsync(name, Nine, expected: HttpStatusCode.BadRequest);
        }

        (string reason, _) = await client.RefusedAsync(
            HttpMethod.Post, StorageClient.UploadPath("uploadType=media"), HttpStatusCode.BadRequest, StorageClient.Body(Nine));
        Assert.Equal("required", reason);
    }

    [Theory]
    [InlineData("bytes=2-4", 206, "345", "bytes 2-4/9")]
    [InlineData("bytes=6-", 206, "789", "bytes 6-8/9")]
    [InlineData("bytes=-2", 206, "89", "bytes 7-8/9")]
    [InlineData("bytes=0-99", 206, "123456789", "bytes 0-8/9")]
    [InlineData("bytes=9-", 416, null, null)]
    [InlineData(null, 200, "123456789", null)]
    public async Task Bytes_are_read_whole_or_in_a_range(string? range, int status, string? body, string? contentRange)
    {
        await using StorageClient client = await StorageClient.StartAsync();
        JsonElement made = await client.PutAsync("a", Nine);
        foreach (string prefix in (string[])["", "download/"])
        {
            using HttpResponseMessage response = await client.SendAsync(
                HttpMethod.Get, prefix + StorageClient.ObjectPath("a", "?alt=media"), null, range is null ? [] : [("Range", range)]);
            Assert.Equal((status, contentRange), ((int)response.StatusCode, response.Content.Headers.ContentRange?.ToString()));
            if (body is not null)
            {
                Assert.Equal(body, await response.Content.ReadAsStringAsync());
                Assert.Equal("image/jpeg", response.Content.Headers.ContentType!.MediaType);
                Assert.Equal([$"crc32c=4waSgw==,md5={made.Text("md5Hash")}"], response.Headers.GetValues("X-Goog-Hash"));
                Assert.Equal([made.Text("generation")], response.Headers.GetValues("X-Goog-Generation"));
            }
        }
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        Assert.Equal(
            ("notFound", "No such object: bucket-one/a/b"),
            await client.RefusedAsync(HttpMethod.Get, StorageClient.ObjectPath("a/b"), HttpStatusCode.NotFound));
        await client.RefusedAsync(HttpMethod.Delete, StorageClient.ObjectPath("a/b"), HttpStatusCode.NotFound);
        Assert.Equal(
            ("notFound", "The specified bucket does not exist."),
            await client.RefusedAsync(HttpMethod.Get, "storage/v1/b/none/o", HttpStatusCode.NotFound));

        // Where bytes were asked for, the refusal is no JSON.
        using HttpResponseMessage media = await client.SendAsync(HttpMethod.Get, StorageClient.ObjectPath("a", "?alt=media"));
        Assert.Equal("No such object: bucket-one/a", await media.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Preconditions_hold_or_the_call_is_refused()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        string first = (await client.PutAsync("a", Nine, "&ifGenerationMatch=0")).Text("generation");
        Assert.Equal("conditionNotMet", (await client.RefusedAsync(
            HttpMethod.Post,
            StorageClient.UploadPath("uploadType=media&name=a&ifGenerationMatch=0"),
            HttpStatusCode.PreconditionFailed,
            StorageClient.Body([1]))).Reason);
        string second = (await client.PutAsync("a", [1], $"&ifGenerationMatch={first}&ifMetagenerationMatch=1")).Text("generation");
        Assert.True(string.CompareOrdinal(second, first) > 0);
        await client.PutAsync("a", [2], $"&ifGenerationMatch={first}", HttpStatusCode.PreconditionFailed);
        await client.RefusedAsync(HttpMethod.Delete, StorageClient.ObjectPath("a", $"?ifGenerationMatch={first}"), HttpStatusCode.PreconditionFailed);
        await client.RefusedAsync(HttpMethod.Get, StorageClient.ObjectPath("a", "?ifMetagenerationMatch=2"), HttpStatusCode.PreconditionFailed);
        await client.RefusedAsync(HttpMethod.Get, StorageClient.ObjectPath("a", $"?generation={first}"), HttpStatusCode.NotFound);
        using HttpResponseMessage same = await client.SendAsync(HttpMethod.Get, StorageClient.ObjectPath("a", $"?ifGenerationNotMatch={second}"));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        using HttpResponseMessage gone = await client.SendAsync(HttpMethod.Delete, StorageClient.ObjectPath("a", $"?ifGenerationMatch={second}"));
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
    }

    [Fact]
    public async Task A_patch_merges_metadata_and_leaves_the_bytes()
    {
        ManualClock clock = new();
        await using StorageClient client = await StorageClient.StartAsync(new EmulatorOptions { TimeProvider = clock });
        JsonElement made = await client.PutRelatedAsync(new { name = "a", metadata = new { one = "1", two = "2" } }, Nine);
        clock.Advance(TimeSpan.FromMinutes(1));
        JsonElement patched = await client.JsonAsync(
            HttpMethod.Patch,
            StorageClient.ObjectPath("a", "?ifMetagenerationMatch=1"),
            content: new StringContent("""{"metadata":{"one":null,"three":"3"},"contentType":"image/gif"}"""));
        Assert.Equal("""{"three":"3","two":"2"}""", patched.GetProperty("metadata").GetRawText());
        Assert.Equal(
            ("image/gif", "2", made.Text("generation"), made.Text("md5Hash"), "2024-05-06T07:08:09.000Z", "2024-05-06T07:09:09.000Z"),
            (patched.Text("contentType"), patched.Text("metageneration"), patched.Text("generation"), patched.Text("md5Hash"),
                patched.Text("timeCreated"), patched.Text("updated")));
        Assert.NotEqual(made.Text("etag"), patched.Text("etag"));
        JsonElement bare = await client.JsonAsync(
            HttpMethod.Patch, StorageClient.ObjectPath("a"), content: new StringContent("""{"metadata":null}"""));
        Assert.False(bare.Has("metadata"));
        await client.RefusedAsync(
            HttpMethod.Patch, StorageClient.ObjectPath("a"), HttpStatusCode.BadRequest, JsonContent.Create(new { storageClass = "ARCHIVE" }));
        await client.RefusedAsync(
            HttpMethod.Patch, StorageClient.ObjectPath("a"), HttpStatusCode.BadRequest, new StringContent("""{"metadata":{"n":1}}"""));
    }

    [Fact]
    public async Task A_rewrite_changes_name_and_class_and_keeps_bytes_and_metadata()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        JsonElement made = await client.PutRelatedAsync(new { name = "a/a", metadata = new { one = "1" } }, Nine);
        JsonElement rewritten = await client.JsonAsync(HttpMethod.Post, StorageClient.ObjectPath("a/a", "/rewriteTo/b/bucket-one/o/b%2Fb"));
        Assert.True(rewritten.GetProperty("done").GetBoolean());
        JsonElement copy = rewritten.GetProperty("resource");
        Assert.Equal(("b/b", made.Text("md5Hash"), "1"), (copy.Text("name"), copy.Text("md5Hash"), copy.GetProperty("metadata").Text("one")));
        JsonElement archived = await client.JsonAsync(
            HttpMethod.Post,
            StorageClient.ObjectPath("b/b", "/copyTo/b/bucket-one/o/c"),
            content: JsonContent.Create(new { storageClass = "ARCHIVE", contentType = "x/y" }));
        Assert.Equal(("ARCHIVE", "x/y", false), (archived.Text("storageClass"), archived.Text("contentType"), archived.Has("metadata")));
        using HttpResponseMessage gone = await client.SendAsync(HttpMethod.Delete, StorageClient.ObjectPath("a/a"));
        Assert.Equal(Encoding.ASCII.GetString(Nine), await client.Emulator.Http.GetStringAsync(new Uri(StorageClient.ObjectPath("c", "?alt=media"), UriKind.Relative)));
    }

    [Fact]
    public async Task Who_reads_an_object_that_is_replaced_reads_the_old_one_to_its_end()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        byte[] old = new byte[12 << 20];
        old.AsSpan().Fill(7);
        await client.PutAsync("a", old);
        using HttpResponseMessage reading = await client.Emulator.Http.GetAsync(
            new Uri(StorageClient.ObjectPath("a", "?alt=media"), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await client.PutAsync("a", [1]);
        Assert.Equal(old, await reading.Content.ReadAsByteArrayAsync());
        while ((await client.Emulator.GetAsync("emulator/stats")).GetProperty("spool").GetProperty("files").GetInt32() > 0)
        {
            await Task.Yield();
        }
    }
}
