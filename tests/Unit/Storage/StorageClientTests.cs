using System.Text;
using GPhotos.Core.Storage;

namespace GPhotos.Tests.Storage;

public sealed class StorageClientTests
{
    public static TheoryData<string> OddNames => [.. OddNamesInOrder];

    private static readonly string[] OddNamesInOrder = ["a b/ü+%.jpg", "a b/%2F.jpg", "a b/#?&=.jpg", "a b/c\\d:e*[1].jpg", "a b/日本 🎉.jpg", "a b/..a/b..jpg", "a b/x;y,z@'\"(~)!.jpg"];

    [Theory]
    [MemberData(nameof(OddNames))]
    public async Task An_object_of_any_name_is_written_changed_and_deleted(string name)
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        StoredObject put = await storage.Client.PutAsync(name, Encoding.UTF8.GetBytes("text"), "text/plain", metadata: new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });
        Assert.Equal(name, Assert.Single(bucket.Objects).Key);

        StoredObject? patched = await storage.Client.PatchMetadataAsync(name, put.Generation, new Dictionary<string, string?> { ["b"] = null, ["c"] = "ü" });
        Assert.Equal("a=1 c=ü", string.Join(' ', patched!.Metadata.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}={m.Value}")));

        Assert.False(await storage.Client.DeleteAsync(name, put.Generation + 1));
        Assert.True(await storage.Client.DeleteAsync(name, put.Generation));
        Assert.False(await storage.Client.DeleteAsync(name, put.Generation));
        Assert.Empty(bucket.Objects);
    }

    [Fact]
    public async Task A_listing_follows_the_page_token_and_nothing_else()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        bucket.PageSize = 2;
        foreach (string name in OddNamesInOrder)
        {
            bucket.Seed(name, Encoding.UTF8.GetBytes(name));
        }

        bucket.Seed("elsewhere/a.jpg", []);
        bucket.Then("list", new Trouble(false, 200, """{"nextPageToken":"+/0"}"""));
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        List<int> pages = [];
        List<StoredObject> all = [];
        await foreach (IReadOnlyList<StoredObject> page in storage.Client.ListAsync("a b/"))
        {
            pages.Add(page.Count);
            all.AddRange(page);
        }

        Assert.Equal([0, 2, 2, 2, 1], pages);
        Assert.Equal(OddNamesInOrder.Order(StringComparer.Ordinal), all.Select(o => o.Name));
        Assert.All(all, o => Assert.Equal((bucket.Objects[o.Name].Md5, bucket.Objects[o.Name].Crc32c, (long)bucket.Objects[o.Name].Bytes.Length), (o.Md5, o.Crc32c, o.Size)));
        Assert.All(bucket.Calls.Where(c => c.Kind == "list"), c => Assert.Contains("maxResults=1000", c.Target, StringComparison.Ordinal));
        Assert.Contains(bucket.Calls, c => c.Target.Contains("pageToken=%2B%2F2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_bucket_lists_as_one_empty_page()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        await foreach (IReadOnlyList<StoredObject> page in storage.Client.ListAsync(""))
        {
            Assert.Empty(page);
        }

        Assert.Equal(1, bucket.Count("list"));
    }

    [Fact]
    public async Task Nothing_is_overwritten_that_was_not_meant()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        bucket.Seed("a.jpg", [1, 2, 3]);
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        FileExistsException error = await Assert.ThrowsAsync<FileExistsException>(() => storage.Client.PutAsync("a.jpg", new byte[] { 4 }, "image/jpeg"));
        Assert.Equal(("gs://photos-backup/a.jpg", 412), (error.Path, error.HttpStatus));
        await Assert.ThrowsAsync<FileExistsException>(() => storage.Client.PutAsync("a.jpg", new byte[] { 4 }, "image/jpeg", replaces: 1));
        Assert.Equal([1, 2, 3], bucket.Objects["a.jpg"].Bytes);

        await storage.Client.PutAsync("a.jpg", new byte[] { 4 }, "image/jpeg", replaces: bucket.Objects["a.jpg"].Generation);
        Assert.Equal([4], bucket.Objects["a.jpg"].Bytes);
    }

    [Fact]
    public async Task What_came_to_stand_there_during_the_upload_is_not_overwritten_either()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
        await using ObjectUpload upload = storage.Client.NewUpload("a.jpg", "image/jpeg");
        await upload.WriteAsync(TestStorage.Bytes(ObjectUpload.ChunkSize + 1));
        bucket.Seed("a.jpg", [1]);

        FileExistsException error = await Assert.ThrowsAsync<FileExistsException>(() => upload.CompleteAsync());

        Assert.Equal("gs://photos-backup/a.jpg", error.Path);
        Assert.Equal([1], bucket.Objects["a.jpg"].Bytes);
    }

    [Fact]
    public async Task A_small_object_is_sent_anew_where_its_session_is_lost()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        bucket.Then("send", Trouble.Says(410)).Then("send", Trouble.Says(404));
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        StoredObject stored = await storage.Client.PutAsync("a.json", new byte[] { 1, 2 }, "application/json");

        Assert.Equal((2, 3), (stored.Size, bucket.Count("start")));
        Assert.Equal([1, 2], bucket.Objects["a.json"].Bytes);

        foreach (int _ in Enumerable.Range(0, 20))
        {
            bucket.Then("send", Trouble.Says(410));
        }

        await Assert.ThrowsAsync<ServiceUnavailableException>(() => storage.Client.PutAsync("b.json", new byte[] { 1, 2 }, "application/json"));
        Assert.Equal(3 + 6, bucket.Count("start"));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task A_small_object_that_arrives_damaged_is_sent_once_more(int damages, bool fails)
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        bucket.Damages = damages;
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        Task<StoredObject> put = storage.Client.PutAsync("a.json", new byte[] { 1, 2 }, "application/json");

        if (fails)
        {
            await Assert.ThrowsAsync<ObjectDamagedException>(() => put);
            Assert.Empty(bucket.Objects);
        }
        else
        {
            Assert.Equal(2, (await put).Size);
        }

        Assert.Equal(2, bucket.Count("start"));
    }

    [Fact]
    public async Task Metadata_of_what_was_replaced_or_removed_meanwhile_is_not_written()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        bucket.Seed("a.jpg", [1]);
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
        Dictionary<string, string?> change = new() { ["a"] = "1" };

        Assert.Null(await storage.Client.PatchMetadataAsync("a.jpg", bucket.Objects["a.jpg"].Generation - 1, change));
        Assert.Null(await storage.Client.PatchMetadataAsync("b.jpg", 1, change));
    }

    [Theory]
    [InlineData(403, "backup@example does not have storage.objects.create access to the Google Cloud Storage object.", "forbidden", typeof(StorageAccessDeniedException))]
    [InlineData(403, "Rate limit exceeded.", "userRateLimitExceeded", typeof(RateLimitedException))]
    [InlineData(403, "Object is subject to bucket's retention policy.", "retentionPolicyNotMet", typeof(PermissionDeniedException))]
    [InlineData(404, "The specified bucket does not exist.", "notFound", typeof(BucketNotFoundException))]
    [InlineData(400, "Invalid bucket name.", "invalid", typeof(InvalidRequestException))]
    [InlineData(418, "", "", typeof(UnexpectedResponseException))]
    public async Task A_refusal_becomes_the_error_it_means(int status, string message, string reason, Type type)
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
        foreach (string kind in new[] { "start", "list", "patch", "delete" })
        {
            bucket.Then(kind, Trouble.Says(status, message, reason));
        }

        GPhotosException[] errors =
        [
            await Assert.ThrowsAnyAsync<GPhotosException>(() => storage.Client.PutAsync("a", Array.Empty<byte>(), "text/plain")),
            await Assert.ThrowsAnyAsync<GPhotosException>(() => ListAsync(storage)),
            await Assert.ThrowsAnyAsync<GPhotosException>(() => storage.Client.PatchMetadataAsync("a", 1, new Dictionary<string, string?>())),
            await Assert.ThrowsAnyAsync<GPhotosException>(() => storage.Client.DeleteAsync("a", 1)),
        ];

        Assert.All(errors, e => Assert.Equal((type, status), (e.GetType(), e.HttpStatus)));
        Assert.All(errors, e => Assert.Contains(message, e.Message, StringComparison.Ordinal));
        Assert.All(errors.OfType<StorageAccessDeniedException>(), e =>
        {
            Assert.Equal((FakeBucket.Name, TestStorage.Account, true), (e.Bucket, e.Account, e.EndsTheRun));
            Assert.Contains("roles/storage.objectUser", e.Message, StringComparison.Ordinal);
            Assert.Contains(TestStorage.Account, e.Message, StringComparison.Ordinal);
        });
        Assert.Empty(storage.Clock.Waits);
    }

    [Fact]
    public async Task Calls_that_fail_in_passing_are_repeated_by_the_one_policy()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        bucket.Seed("a", [1]);
        bucket.Then("list", Trouble.Says(503)).Then("list", Trouble.Lost).Then("patch", Trouble.Says(500)).Then("delete", Trouble.Says(429));
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        Assert.Equal(1, await ListAsync(storage));
        Assert.NotNull(await storage.Client.PatchMetadataAsync("a", bucket.Objects["a"].Generation, new Dictionary<string, string?>()));
        Assert.True(await storage.Client.DeleteAsync("a", bucket.Objects["a"].Generation));

        Assert.Equal(
            ["storage.objects.list: Cloud Storage answered 503", "storage.objects.list: the connection broke", "storage.objects.patch: Cloud Storage answered 500", "storage.objects.delete: Cloud Storage answered 429"],
            storage.Notices.Select(n => $"{n.Call}: {n.Reason}"));
    }

    [Fact]
    public async Task Nothing_counts_against_the_quota_of_Google_Photos()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        await storage.SendAsync("a", [1]);
        await ListAsync(storage);

        Assert.Empty(storage.Ledger.Counts(null));
    }

    private static async Task<int> ListAsync(TestStorage storage)
    {
        int count = 0;
        await foreach (IReadOnlyList<StoredObject> page in storage.Client.ListAsync(""))
        {
            count += page.Count;
        }

        return count;
    }
}
