using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class CloudStorageInsertTests
{
    private static readonly byte[] Nine = "123456789"u8.ToArray();

    private static string Md5 => Convert.ToBase64String(MD5.HashData(Nine));

    [Theory]
    [InlineData("\r\n", "")]
    [InlineData("\r\n", "\"")]
    [InlineData("\n", "'")]
    public async Task Metadata_and_bytes_come_in_one_body(string lineEnd, string quote)
    {
        await using StorageClient client = await StorageClient.StartAsync();
        byte[][] contents = [[], [1], [.. "\r\n--=edge\r\n"u8], [.. "ends with a return\r"u8], RandomNumberGenerator.GetBytes(200_001)];
        foreach (byte[] bytes in contents)
        {
            JsonElement made = await client.JsonAsync(
                HttpMethod.Post,
                StorageClient.UploadPath("uploadType=multipart"),
                content: StorageClient.Related("""{"name":"a","metadata":{"k":"v"}}""", bytes, lineEnd, quote));
            Assert.Equal(
                (Convert.ToBase64String(MD5.HashData(bytes)), "image/png", "v"),
                (made.Text("md5Hash"), made.Text("contentType"), made.GetProperty("metadata").Text("k")));
            Assert.Equal(bytes, await client.Emulator.Http.GetByteArrayAsync(new Uri(StorageClient.ObjectPath("a", "?alt=media"), UriKind.Relative)));
        }
    }

    [Fact]
    public async Task A_body_that_is_no_two_parts_makes_nothing()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        HttpContent[] bodies =
        [
            StorageClient.Body(Nine, "multipart/related; boundary=b"),
            StorageClient.Body(Nine, "multipart/related"),
            StorageClient.Body([.. "--b\r\n\r\n{\"name\":\"a\"}\r\n--b--"u8], "multipart/related; boundary=b"),
            StorageClient.Related("no json", Nine),
            StorageClient.Related("""{"name":"a"}""", Nine, last: "xx"),
            StorageClient.Body([.. "--b\r\n\r\n{\"name\":\"a\"}\r\n--b\r\n\r\nno end"u8], "multipart/related; boundary=b"),
        ];
        foreach (HttpContent body in bodies)
        {
            await client.RefusedAsync(HttpMethod.Post, StorageClient.UploadPath("uploadType=multipart"), HttpStatusCode.BadRequest, body);
        }

        Assert.Empty(await client.NamesAsync());
    }

    [Theory]
    [InlineData("md5Hash", "AAAAAAAAAAAAAAAAAAAAAA==", "MD5 hash")]
    [InlineData("crc32c", "AAAAAA==", "CRC32C")]
    public async Task Bytes_of_another_hash_than_announced_are_refused(string field, string value, string kind)
    {
        await using StorageClient client = await StorageClient.StartAsync();
        Dictionary<string, string> metadata = new() { ["name"] = "a", [field] = value };
        string told = (await client.PutRelatedAsync(metadata, Nine, HttpStatusCode.BadRequest)).GetProperty("error").Text("message");
        Assert.StartsWith($"Provided {kind} \"{value}\" doesn't match calculated {kind} \"", told, StringComparison.Ordinal);
        string header = $"{(field == "crc32c" ? field : "md5")}={value}";
        await client.RefusedAsync(
            HttpMethod.Post,
            StorageClient.UploadPath("uploadType=media&name=a"),
            HttpStatusCode.BadRequest,
            StorageClient.Body(Nine),
            ("X-Goog-Hash", header));
        Assert.Empty(await client.NamesAsync());
    }

    [Fact]
    public async Task Bytes_of_the_announced_hashes_are_taken()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        await client.PutRelatedAsync(new { name = "a", md5Hash = Md5, crc32c = "4waSgw==" }, Nine);
        await client.JsonAsync(
            HttpMethod.Post,
            StorageClient.UploadPath("uploadType=media&name=b"),
            content: StorageClient.Body(Nine),
            headers: ("X-Goog-Hash", $"crc32c=4waSgw==, md5={Md5}"));
        JsonElement[] shown = [.. (await client.Emulator.GetAsync("emulator/buckets/bucket-one/objects")).EnumerateArray()];
        Assert.Equal(["a", "b"], shown.Select(stored => stored.Text("name")));
        Assert.All(shown, stored => Assert.Equal(
            (9, Convert.ToHexStringLower(MD5.HashData(Nine)), "STANDARD"),
            (stored.GetProperty("size").GetInt32(), stored.Text("md5"), stored.Text("storageClass"))));
    }

    [Fact]
    public async Task What_is_no_upload_is_refused()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        Task<(string Reason, string Message)> Refused(string path) =>
            client.RefusedAsync(HttpMethod.Post, path, HttpStatusCode.BadRequest, StorageClient.Body(Nine));
        Assert.Equal("wrongUrlForUpload", (await Refused("storage/v1/b/bucket-one/o?name=a")).Reason);
        Assert.Equal("required", (await Refused(StorageClient.UploadPath("name=a"))).Reason);
        Assert.Equal("invalid", (await Refused(StorageClient.UploadPath("name=a&uploadType=carrier"))).Reason);
        await client.PutRelatedAsync(new { name = "a", storageClass = "REGIONAL-ISH" }, Nine, HttpStatusCode.BadRequest);
        await client.RefusedAsync(
            HttpMethod.Post, "upload/storage/v1/b/none/o?uploadType=media&name=a", HttpStatusCode.NotFound, StorageClient.Body(Nine));
    }
}
