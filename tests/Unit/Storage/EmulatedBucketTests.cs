using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using GPhotos.Core.Storage;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Storage;

/// <summary>Against the emulator, which was written from Google's pages by other hands than the client.</summary>
public sealed class EmulatedBucketTests
{
    private const int Chunk = ObjectUpload.ChunkSize;
    private const int Granule = 256 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData((2 * Chunk) + Granule)]
    public async Task What_was_written_stands_in_the_bucket(int length)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TestStorage storage = await OpenAsync(google);
        byte[] bytes = TestStorage.Bytes(length);

        foreach (long? announced in new long?[] { null, length })
        {
            StoredObject stored = await storage.SendAsync($"{announced}.jpg", bytes, announced);

            await AssertHoldsAsync(google, $"{announced}.jpg", bytes);
            Assert.Equal(((long)length, Checksums.Crc32c(bytes)), (stored.Size, stored.Crc32c));
        }

        Assert.Empty(storage.Clock.Waits);
    }

    [Theory]
    [MemberData(nameof(StorageClientTests.OddNames), MemberType = typeof(StorageClientTests))]
    public async Task An_object_of_any_name_is_written_listed_changed_and_deleted(string name)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TestStorage storage = await OpenAsync(google);

        StoredObject put = await storage.Client.PutAsync(
            name, new byte[] { 1, 2, 3 }, "image/jpeg", "NEARLINE", new Dictionary<string, string> { ["a"] = "1", ["ü"] = "ö" });
        StoredObject listed = Assert.Single(await ListAsync(storage, name));
        StoredObject? patched = await storage.Client.PatchMetadataAsync(name, put.Generation, new Dictionary<string, string?> { ["a"] = null, ["b"] = "2" });

        Assert.Equal(put with { Metadata = listed.Metadata }, listed);
        Assert.Equal(("NEARLINE", "1", "ö"), (listed.StorageClass, listed.Metadata["a"], listed.Metadata["ü"]));
        Assert.Equal(["b", "ü"], patched!.Metadata.Keys.Order(StringComparer.Ordinal));
        Assert.True(await storage.Client.DeleteAsync(name, put.Generation));
        Assert.False(await storage.Client.DeleteAsync(name, put.Generation));
        Assert.Empty(await ListAsync(storage, ""));
    }

    [Fact]
    public async Task A_listing_goes_over_several_pages()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TestStorage storage = await OpenAsync(google);
        string[] names = [.. Enumerable.Range(0, 1005).Select(i => $"a b/ü+%{i:0000}.jpg")];
        await Parallel.ForEachAsync(
            names.Append("b/other.jpg"), new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (name, _) => await storage.Client.PutAsync(name, new byte[] { 1 }, "image/jpeg", cancellationToken: CancellationToken.None));

        Assert.Equal(names, (await ListAsync(storage, "a b/ü+%")).Select(o => o.Name));

        Assert.Equal(2, (await google.StatisticsAsync()).Calls("storage.objects.list"));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData((3 * Granule) + 5)]
    public async Task A_broken_line_is_gone_on_from_where_the_bucket_has_got_to(int after)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TestStorage storage = await OpenAsync(google);
        await google.FaultAsync(new { kind = "storage.objects.insert.chunk", breakAfterBytes = after, count = 2 });
        byte[] bytes = TestStorage.Bytes((2 * Chunk) + 100);

        await storage.SendAsync("a.mp4", bytes);

        await AssertHoldsAsync(google, "a.mp4", bytes);
        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((1, 2), (statistics.Calls("storage.objects.insert.start"), statistics.Calls("storage.objects.insert.query")));
    }

    [Theory]
    [InlineData("storage.objects.insert.start")]
    [InlineData("storage.objects.insert.chunk")]
    public async Task Server_errors_and_lost_replies_go_unnoticed(string kind)
    {
        foreach (object fault in new object[] { new { kind, status = 503, count = 2 }, new { kind, applyThenFail = true, count = 1 } })
        {
            foreach (int length in new[] { 5000, Chunk + 5000 })
            {
                await using TestGoogle google = await TestGoogle.StartAsync();
                using TestStorage storage = await OpenAsync(google);
                await google.FaultAsync(fault);
                byte[] bytes = TestStorage.Bytes(length);

                await storage.SendAsync("a.jpg", bytes);

                await AssertHoldsAsync(google, "a.jpg", bytes);
            }
        }
    }

    [Fact]
    public async Task A_refused_token_is_renewed_once()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TestStorage storage = await OpenAsync(google);
        await storage.SendAsync("a.jpg", [1]);
        await google.ExpireTokensAsync();
        await google.ResetStatisticsAsync();

        await storage.SendAsync("b.jpg", [2]);

        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((1, 1), (statistics.Calls("oauth.token"), statistics.Statuses(401)));
    }

    [Fact]
    public async Task Nothing_is_overwritten_that_was_not_meant()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TestStorage storage = await OpenAsync(google);
        StoredObject first = await storage.SendAsync("a.jpg", [1]);
        await using ObjectUpload racing = storage.Client.NewUpload("b.jpg", "image/jpeg");
        await racing.WriteAsync(TestStorage.Bytes(Chunk + 1));
        await storage.SendAsync("b.jpg", [1]);

        Assert.Equal("gs://photos-backup/a.jpg", (await Assert.ThrowsAsync<FileExistsException>(() => storage.SendAsync("a.jpg", [2]))).Path);
        await Assert.ThrowsAsync<FileExistsException>(() => storage.Client.PutAsync("a.jpg", new byte[] { 2 }, "image/jpeg", replaces: first.Generation + 1));
        await Assert.ThrowsAsync<FileExistsException>(() => racing.CompleteAsync());
        await storage.Client.PutAsync("a.jpg", new byte[] { 3 }, "image/jpeg", replaces: first.Generation);

        await AssertHoldsAsync(google, "a.jpg", [3]);
        await AssertHoldsAsync(google, "b.jpg", [1]);
        Assert.Null(await storage.Client.PatchMetadataAsync("a.jpg", first.Generation, new Dictionary<string, string?>()));
    }

    [Fact]
    public async Task A_cancelled_upload_leaves_nothing()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TestStorage storage = await OpenAsync(google);

        await using (ObjectUpload upload = storage.Client.NewUpload("a.jpg", "image/jpeg"))
        {
            await upload.WriteAsync(TestStorage.Bytes(Chunk + 1));
        }

        Assert.Empty(await ListAsync(storage, ""));
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_told_in_every_call()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TestStorage storage = await OpenAsync(google, "no-such-bucket");

        Assert.Equal("no-such-bucket", (await Assert.ThrowsAsync<BucketNotFoundException>(() => ListAsync(storage, ""))).Bucket);
        await Assert.ThrowsAsync<BucketNotFoundException>(() => storage.SendAsync("a", [1]));
        await Assert.ThrowsAsync<BucketNotFoundException>(() => storage.Client.DeleteAsync("a", 1));
    }

    private static async Task<TestStorage> OpenAsync(TestGoogle google, string bucket = FakeBucket.Name)
    {
        using HttpResponseMessage made = await google.Http.PostAsJsonAsync("emulator/buckets", new { name = FakeBucket.Name });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        return await TestStorage.OpenAsync(google.Address, bucket, await google.Http.GetStringAsync(new Uri("emulator/service_account.json", UriKind.Relative)));
    }

    private static async Task<List<StoredObject>> ListAsync(TestStorage storage, string prefix)
    {
        List<StoredObject> all = [];
        await foreach (IReadOnlyList<StoredObject> page in storage.Client.ListAsync(prefix))
        {
            all.AddRange(page);
        }

        return all;
    }

    private static async Task AssertHoldsAsync(TestGoogle google, string name, byte[] bytes)
    {
        JsonElement objects = await google.Http.GetFromJsonAsync<JsonElement>($"emulator/buckets/{FakeBucket.Name}/objects");
        JsonElement found = Assert.Single(objects.EnumerateArray(), o => o.GetProperty("name").GetString() == name);
#pragma warning disable CA5351 // Not for secrecy: it is what a bucket reports.
        string md5 = Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
        Assert.Equal((bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), md5), (found.GetProperty("size").ToString(), found.GetProperty("md5").GetString()));
    }
}
