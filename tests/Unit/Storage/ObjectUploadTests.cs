using System.Security.Cryptography;
using GPhotos.Core.Storage;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Storage;

public sealed class ObjectUploadTests
{
    private const int Chunk = ObjectUpload.ChunkSize;
    private const int Granule = 256 * 1024;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(Granule, 1)]
    [InlineData(Chunk - 1, 1)]
    [InlineData(Chunk, 1)]
    [InlineData(Chunk + 1, 2)]
    [InlineData(2 * Chunk, 2)]
    [InlineData((3 * Chunk) + Granule - 1, 4)]
    public async Task What_was_written_stands_in_the_bucket_byte_for_byte(int length, int sends)
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        bucket.ChecksHash = true;
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
        byte[] bytes = TestStorage.Bytes(length);

        foreach (long? announced in new long?[] { null, length })
        {
            string name = $"a/{announced}.jpg";
            StoredObject stored = await storage.SendAsync(name, bytes, announced);

            FakeObject made = bucket.Objects[name];
            Assert.Equal(bytes, made.Bytes);
            Assert.Equal("image/jpeg", made.ContentType);
            Assert.Equal((name, (long)length, made.Md5, made.Crc32c, made.Generation, "STANDARD"), (stored.Name, stored.Size, stored.Md5, stored.Crc32c, stored.Generation, stored.StorageClass));
        }

        Assert.Equal((2, 2 * sends, 0, 0), (bucket.Count("start"), bucket.Count("send"), bucket.Count("query"), bucket.Count("cancel")));
        Assert.Empty(storage.Clock.Waits);
    }

    [Fact]
    public async Task The_ranges_are_exact_and_the_total_comes_with_the_last()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        await storage.SendAsync("unknown", TestStorage.Bytes((2 * Chunk) + 5));
        await storage.SendAsync("known", TestStorage.Bytes(Chunk + 5), Chunk + 5);
        await storage.SendAsync("empty", []);

        Assert.Equal(
            [
                "bytes 0-2097151/*", "bytes 2097152-4194303/*", "bytes 4194304-4194308/4194309",
                "bytes 0-2097151/2097157", "bytes 2097152-2097156/2097157",
                "bytes */0",
            ],
            bucket.Ranges);
    }

    [Fact]
    public async Task What_fits_into_one_chunk_is_begun_only_when_it_is_complete_so_its_metadata_can_name_its_hash()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
        byte[] bytes = TestStorage.Bytes(Chunk);

        await using ObjectUpload upload = storage.Client.NewUpload("a.jpg", "image/jpeg", "NEARLINE", new Dictionary<string, string> { ["id"] = "x" });
        await upload.WriteAsync(bytes);
        Assert.False(upload.IsStarted);
        Assert.Empty(bucket.Calls);
        upload.SetMetadata("sha256", Convert.ToHexStringLower(SHA256.HashData(bytes)));
        StoredObject stored = await upload.CompleteAsync();

        BucketCall start = Assert.Single(bucket.Calls, c => c.Kind == "start");
        Assert.Equal(bucket.Objects["a.jpg"].Md5, (string?)start.Json!["md5Hash"]);
        Assert.Equal(bucket.Objects["a.jpg"].Crc32c, (string?)start.Json["crc32c"]);
        Assert.Equal("NEARLINE", stored.StorageClass);
        Assert.Equal(["id", "sha256"], stored.Metadata.Keys.Order(StringComparer.Ordinal));
        Assert.Throws<InvalidOperationException>(() => upload.SetMetadata("late", "x"));
    }

    [Fact]
    public async Task What_does_not_fit_is_begun_with_the_chunk_after_the_first()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        await using ObjectUpload upload = storage.Client.NewUpload("a.mp4", "video/mp4");
        await upload.WriteAsync(TestStorage.Bytes(Chunk + 1));

        Assert.True(upload.IsStarted);
        Assert.Throws<InvalidOperationException>(() => upload.SetMetadata("late", "x"));
        Assert.Null(Assert.Single(bucket.Calls, c => c.Kind == "start").Json!["md5Hash"]);
        Assert.Empty(bucket.Objects);
    }

    [Theory]
    [InlineData(Granule)]
    [InlineData(3 * Granule)]
    [InlineData(Chunk - Granule)]
    public async Task What_the_bucket_did_not_keep_of_a_chunk_goes_out_again_with_the_next(int kept)
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        bucket.Then("send", Trouble.Keep(kept));
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
        byte[] bytes = TestStorage.Bytes((2 * Chunk) + 77);

        await storage.SendAsync("a", bytes);

        Assert.Equal(bytes, bucket.Objects["a"].Bytes);
        Assert.Equal($"bytes {kept}-{kept + Chunk - 1}/*", bucket.Ranges[1]);
        Assert.Empty(storage.Clock.Waits);
    }

    [Fact]
    public async Task What_the_bucket_did_not_keep_of_the_last_chunk_goes_out_again_at_once()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        bucket.Then("send", Trouble.Keep(2 * Granule)).Then("send", Trouble.Keep(Granule));
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
        byte[] bytes = TestStorage.Bytes(Chunk - 9);

        await storage.SendAsync("a", bytes);

        Assert.Equal(bytes, bucket.Objects["a"].Bytes);
        Assert.Equal(["bytes 0-2097142/2097143", "bytes 524288-2097142/2097143", "bytes 786432-2097142/2097143"], bucket.Ranges);
    }

    [Fact]
    public async Task A_bucket_that_keeps_nothing_is_given_up_after_bounded_tries()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        foreach (int _ in Enumerable.Range(0, 20))
        {
            bucket.Then("send", Trouble.Keep(0));
        }

        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        await Assert.ThrowsAsync<ServiceUnavailableException>(() => storage.SendAsync("a", TestStorage.Bytes(1000)));

        Assert.Equal((6, 5, 1), (bucket.Count("send"), bucket.Count("query"), bucket.Count("cancel")));
    }

    [Fact]
    public async Task A_session_elsewhere_gets_neither_bytes_nor_token()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        await using RecordingServer elsewhere = await RecordingServer.StartAsync();
        bucket.SessionHost = elsewhere.Address.ToString();
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        UnexpectedResponseException error = await Assert.ThrowsAsync<UnexpectedResponseException>(() => storage.SendAsync("a", [1]));

        Assert.Empty(elsewhere.Requests);
        Assert.DoesNotContain("upload_id", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_completed_is_cancelled_and_leaves_nothing()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
        await using (ObjectUpload unbegun = storage.Client.NewUpload("a", "image/jpeg"))
        {
            await unbegun.WriteAsync(new byte[10]);
        }

        Assert.Empty(bucket.Calls);

        await using (ObjectUpload begun = storage.Client.NewUpload("b", "image/jpeg"))
        {
            await begun.WriteAsync(new byte[Chunk + 1]);
        }

        Assert.Equal(1, bucket.Count("cancel"));
        Assert.Empty(bucket.Objects);
    }

    [Fact]
    public async Task A_length_that_was_announced_must_come_true()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
        await using ObjectUpload upload = storage.Client.NewUpload("a", "image/jpeg", length: 10);

        await upload.WriteAsync(new byte[9]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => upload.CompleteAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await upload.WriteAsync(new byte[2]));
        Assert.Empty(bucket.Calls);
    }
}
