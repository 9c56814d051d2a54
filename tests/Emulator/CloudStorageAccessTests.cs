using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class CloudStorageAccessTests
{
    private static readonly (string Kind, HttpMethod Method, string Path)[] Calls =
    [
        ("read", HttpMethod.Get, "storage/v1/b?project=p"),
        ("read", HttpMethod.Get, "storage/v1/b/bucket-one"),
        ("read", HttpMethod.Get, "storage/v1/b/bucket-one/o"),
        ("read", HttpMethod.Get, "storage/v1/b/bucket-one/o/a"),
        ("read", HttpMethod.Get, "download/storage/v1/b/bucket-one/o/a?alt=media"),
        ("write", HttpMethod.Post, "storage/v1/b?project=p"),
        ("write", HttpMethod.Post, "upload/storage/v1/b/bucket-one/o?uploadType=media&name=a"),
        ("write", HttpMethod.Put, "upload/storage/v1/b/bucket-one/o?upload_id=x"),
        ("write", HttpMethod.Delete, "upload/storage/v1/b/bucket-one/o?upload_id=x"),
        ("write", HttpMethod.Delete, "storage/v1/b/bucket-one/o/a"),
        ("write", HttpMethod.Post, "storage/v1/b/bucket-one/o/a/rewriteTo/b/bucket-one/o/b"),
        ("change", HttpMethod.Patch, "storage/v1/b/bucket-one/o/a"),
    ];

    [Theory]
    [InlineData("devstorage.read_only", "read")]
    [InlineData("cloud-platform.read-only", "read")]
    [InlineData("devstorage.read_write", "read write")]
    [InlineData("devstorage.full_control", "read write change")]
    [InlineData("cloud-platform", "read write change")]
    [InlineData("photoslibrary.appendonly", "")]
    [InlineData("photoslibrary", "")]
    public async Task A_scope_opens_what_it_is_for(string scope, string opens)
    {
        await using StorageClient client = await StorageClient.StartAsync(new EmulatorOptions { GrantLegacyScopes = true });
        await client.AuthorizeAsync(scope);
        foreach ((string kind, HttpMethod method, string path) in Calls)
        {
            using HttpResponseMessage response = await client.SendAsync(method, path, method == HttpMethod.Get ? null : new ByteArrayContent([]));
            Assert.Equal(
                (path, opens.Split(' ').Contains(kind)), (path, response.StatusCode != HttpStatusCode.Forbidden));
            Assert.NotEqual(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_scope_that_is_missing_is_told_in_the_words_of_Cloud_Storage()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        await client.AuthorizeAsync("photoslibrary.appendonly");
        Assert.Equal(
            ("forbidden", "Provided scope(s) are not authorized"),
            await client.RefusedAsync(HttpMethod.Get, "storage/v1/b/bucket-one/o", HttpStatusCode.Forbidden));
    }

    [Theory]
    [InlineData("v1/mediaItems")]
    [InlineData("v1/albums")]
    [InlineData("v1/sharedAlbums")]
    public async Task The_Library_takes_no_token_of_Cloud_Storage(string path)
    {
        await using StorageClient client = await StorageClient.StartAsync(new EmulatorOptions { GrantLegacyScopes = true });
        await client.AuthorizeAsync("cloud-platform", "devstorage.full_control");
        await client.Emulator.RefusedAsync(path, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Every_call_needs_a_token_that_lives()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        foreach (string? token in (string?[])[null, "none-such"])
        {
            client.Emulator.Authorize(token);
            foreach ((_, HttpMethod method, string path) in Calls)
            {
                using HttpResponseMessage response = await client.SendAsync(method, path, method == HttpMethod.Get ? null : new ByteArrayContent([]));
                Assert.Equal((path, HttpStatusCode.Unauthorized), (path, response.StatusCode));
                Assert.StartsWith("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            }
        }

        Assert.Equal(
            ("authError", "Invalid Credentials"),
            await client.RefusedAsync(HttpMethod.Get, "storage/v1/b/bucket-one/o", HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Calls_are_counted_by_kind_and_against_no_quota_of_the_Library()
    {
        await using StorageClient client = await StorageClient.StartAsync(new EmulatorOptions { DailyLimit = 1, DailyMediaLimit = 1, WritesPerMinute = 1 });
        await client.PutAsync("a", [1, 2]);
        await client.PutRelatedAsync(new { name = "b" }, [1]);
        Uri session = await client.StartSessionAsync(new { name = "c" });
        await client.ChunkAsync(session, "*/*");
        await client.ChunkAsync(session, "0-0/1", new byte[1]);
        using HttpResponseMessage cancelled = await client.SendAsync(HttpMethod.Delete, session);
        await client.JsonAsync(HttpMethod.Get, "storage/v1/b/bucket-one/o");
        await client.JsonAsync(HttpMethod.Get, StorageClient.ObjectPath("a"));
        using HttpResponseMessage media = await client.SendAsync(HttpMethod.Get, StorageClient.ObjectPath("a", "?alt=media"));
        await client.JsonAsync(HttpMethod.Patch, StorageClient.ObjectPath("a"), content: JsonContent.Create(new { }));
        using HttpResponseMessage gone = await client.SendAsync(HttpMethod.Delete, StorageClient.ObjectPath("a"));
        await client.JsonAsync(HttpMethod.Get, "storage/v1/b/bucket-one");
        JsonElement stats = await client.Emulator.GetAsync("emulator/stats");
        Assert.Equal(
            """
            {"storage.buckets.get":1,"storage.objects.delete":1,"storage.objects.get":2,"storage.objects.insert":2,"storage.objects.insert.cancel":1,"storage.objects.insert.chunk":1,"storage.objects.insert.query":1,"storage.objects.insert.start":1,"storage.objects.list":1,"storage.objects.patch":1}
            """,
            stats.GetProperty("calls").GetRawText());
        Assert.Equal((0, 4), (stats.GetProperty("libraryCalls").GetInt32(), stats.GetProperty("uploadBytes").GetInt32()));
        Assert.Equal("{}", stats.GetProperty("throttled").GetRawText());
    }

    [Fact]
    public async Task Faults_hit_storage_calls_in_the_shape_of_storage()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        await client.PutAsync("a", new byte[100_000]);
        await client.Emulator.PostAsync("emulator/faults", new[] { new { kind = "storage.objects.list", status = 503 }, new { kind = "storage.objects.list", status = 429 } });
        Assert.Equal("backendError", (await client.RefusedAsync(HttpMethod.Get, "storage/v1/b/bucket-one/o", HttpStatusCode.ServiceUnavailable)).Reason);
        Assert.Equal("rateLimitExceeded", (await client.RefusedAsync(HttpMethod.Get, "storage/v1/b/bucket-one/o", HttpStatusCode.TooManyRequests)).Reason);
        await client.Emulator.PostAsync("emulator/faults", new { kind = "storage.objects.get", cutAfterBytes = 50_000 });
        Uri media = new(StorageClient.ObjectPath("a", "?alt=media"), UriKind.Relative);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.Emulator.Http.GetByteArrayAsync(media));
        await client.Emulator.PostAsync("emulator/faults", new { path = "/upload/storage/v1", breakAfterBytes = 50_000 });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.PutAsync("b", new byte[100_000]));
        Assert.Equal(["a"], await client.NamesAsync());
    }
}
