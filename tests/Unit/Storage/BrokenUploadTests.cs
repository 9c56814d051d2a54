using GPhotos.Core.Http;
using GPhotos.Core.Storage;

namespace GPhotos.Tests.Storage;

public sealed class BrokenUploadTests
{
    private const int Chunk = ObjectUpload.ChunkSize;
    private const int Granule = 256 * 1024;

    [Theory]
    [InlineData(1000)]
    [InlineData(Granule)]
    [InlineData((5 * Granule) + 3)]
    public async Task A_line_that_breaks_in_a_chunk_is_gone_on_from_where_the_bucket_has_got_to(int after)
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        bucket.Then("send", Trouble.Break(after));
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
        byte[] bytes = TestStorage.Bytes((2 * Chunk) + 100);

        await storage.SendAsync("a", bytes);

        Assert.Equal(bytes, bucket.Objects["a"].Bytes);
        Assert.Equal((1, 1), (bucket.Count("start"), bucket.Count("query")));
        Assert.StartsWith($"bytes {after / Granule * Granule}-", bucket.Ranges[1], StringComparison.Ordinal);
        Assert.Equal(("storage.objects.insert.send", "the connection broke"), (Assert.Single(storage.Notices).Call, storage.Notices[0].Reason));
    }

    public static TheoryData<string, string> Places => new()
    {
        { "start", "lost" }, { "start", "lost reply" }, { "start", "503" },
        { "send", "lost" }, { "send", "lost reply" }, { "send", "503" }, { "send", "503 though done" }, { "send", "408" },
        { "query", "lost" }, { "query", "lost reply" }, { "query", "503" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Whatever_breaks_once_the_object_comes_out_whole(string place, string what)
    {
        foreach (int size in new[] { 1000, Chunk, (2 * Chunk) + 100 })
        {
            await using FakeBucket bucket = await FakeBucket.StartAsync();
            bucket.ChecksHash = true;
            if (place == "query")
            {
                bucket.Then("send", Trouble.Lost);
            }

            bucket.Then(place, what switch
            {
                "lost" => Trouble.Lost,
                "lost reply" => Trouble.LostReply,
                "503" => Trouble.Says(503),
                "408" => Trouble.Says(408),
                _ => Trouble.DoneButSays(503),
            });
            using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
            byte[] bytes = TestStorage.Bytes(size);

            StoredObject stored = await storage.SendAsync("a", bytes);

            Assert.Equal(bytes, bucket.Objects["a"].Bytes);
            Assert.Equal(bucket.Objects["a"].Generation, stored.Generation);
            Assert.InRange(storage.Notices.Count, 1, 2);
        }
    }

    [Fact]
    public async Task The_reply_to_the_last_chunk_that_is_lost_costs_a_question_and_no_byte()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        bucket.Then("send", Trouble.LostReply);
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        await storage.SendAsync("a", TestStorage.Bytes(5000));

        Assert.Equal((1, 1, 1), (bucket.Count("start"), bucket.Count("send"), bucket.Count("query")));
        Assert.Equal("bytes */5000", Assert.Single(bucket.Calls, c => c.Kind == "query").Range);
    }

    [Fact]
    public async Task A_line_that_never_holds_is_given_up_after_bounded_tries_and_the_session_cancelled()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        foreach (int _ in Enumerable.Range(0, 20))
        {
            bucket.Then("send", Trouble.Break(1000));
        }

        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        ConnectionFailedException error = await Assert.ThrowsAsync<ConnectionFailedException>(() => storage.SendAsync("a", TestStorage.Bytes(5000)));

        Assert.StartsWith("'gs://photos-backup/a': ", error.Message, StringComparison.Ordinal);
        Assert.Equal((6, 1), (bucket.Count("send"), bucket.Count("cancel")));
    }

    [Theory]
    [InlineData("start", "storage.objects.insert")]
    [InlineData("send", "storage.objects.insert.send")]
    [InlineData("query", "storage.objects.insert.query")]
    public async Task A_bucket_that_stands_still_is_not_waited_for_longer_than_the_time_limit(string place, string call)
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        if (place == "query")
        {
            bucket.Then("send", Trouble.Lost);
        }

        bucket.Then(place, Trouble.Hang);
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
        byte[] bytes = TestStorage.Bytes(Chunk + 100);

        Task<StoredObject> sending = storage.SendAsync("a", bytes);
        await bucket.Hanging.Task;
        storage.Clock.ExpireAttempts();
        await sending;

        Assert.Equal(bytes, bucket.Objects["a"].Bytes);
        Assert.Equal(call, storage.Notices[^1].Call);
    }

    [Fact]
    public async Task Tries_that_bring_something_do_not_count()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        foreach (int _ in Enumerable.Range(0, 7))
        {
            bucket.Then("send", Trouble.Break(Granule + 10));
        }

        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
        byte[] bytes = TestStorage.Bytes(Chunk);

        await storage.SendAsync("a", bytes);

        Assert.Equal(bytes, bucket.Objects["a"].Bytes);
    }

    [Theory]
    [InlineData("send", 404)]
    [InlineData("send", 410)]
    [InlineData("query", 404)]
    [InlineData("query", 410)]
    public async Task A_session_that_is_gone_asks_for_all_bytes_anew(string place, int status)
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        if (place == "query")
        {
            bucket.Then("send", Trouble.Lost);
        }

        bucket.Then(place, Trouble.Says(status));
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        StorageSessionLostException lost = await Assert.ThrowsAsync<StorageSessionLostException>(() => storage.SendAsync("a", TestStorage.Bytes(Chunk + 1)));

        Assert.True(RetryPolicy.IsCut(lost));
        Assert.Equal(0, bucket.Count("cancel"));
        Assert.Empty(bucket.Objects);
        await storage.SendAsync("a", TestStorage.Bytes(Chunk + 1));
    }

    [Fact]
    public async Task A_session_that_has_less_than_it_once_had_is_lost()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        bucket.Then("send", new Trouble(true, KeepOnly: Chunk)).Then("send", Trouble.Says(308));
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        await Assert.ThrowsAsync<StorageSessionLostException>(() => storage.SendAsync("a", TestStorage.Bytes(Chunk + 1)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bytes_that_arrive_damaged_do_not_stay(bool checkedByTheBucket)
    {
        foreach (int size in new[] { 1000, Chunk + 1000 })
        {
            await using FakeBucket bucket = await FakeBucket.StartAsync();
            (bucket.Damages, bucket.ChecksHash) = (1, checkedByTheBucket);
            using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

            await Assert.ThrowsAsync<ObjectDamagedException>(() => storage.SendAsync("a", TestStorage.Bytes(size)));

            Assert.Empty(bucket.Objects);
            Assert.Equal(checkedByTheBucket ? 0 : 1, bucket.Count("delete"));
            await storage.SendAsync("a", TestStorage.Bytes(size));
        }
    }

    [Fact]
    public async Task Damage_that_cannot_be_deleted_is_told()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        bucket.Damages = 1;
        bucket.Then("delete", Trouble.Says(403, "no storage.objects.delete", "forbidden"));
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        ObjectDamagedException error = await Assert.ThrowsAsync<ObjectDamagedException>(() => storage.SendAsync("a", TestStorage.Bytes(10)));

        Assert.Contains("could not be deleted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_ends_it_and_cancels_the_session()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        bucket.Then("send", Trouble.Says(503));
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
        storage.Clock.Holds = static wait => wait < Support.TestClock.AttemptLimit;
        using CancellationTokenSource end = new();
        ObjectUpload upload = storage.Client.NewUpload("a", "image/jpeg");
        await upload.WriteAsync(new byte[10]);

        Task<StoredObject> completing = upload.CompleteAsync(end.Token);
        await storage.Clock.WaitBegun;
        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => completing);
        await upload.DisposeAsync();
        Assert.Equal(1, bucket.Count("cancel"));
    }
}
