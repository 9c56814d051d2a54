using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

[Collection(MeasuredAlone.Name)]
public sealed class CloudStorageMemoryTests
{
    [Fact]
    public async Task Large_objects_cost_no_memory_and_their_files_go_with_them()
    {
        const int Chunk = 32 << 20;
        const int Chunks = 16;
        await using StorageClient client = await StorageClient.StartAsync();
        byte[] chunk = new byte[Chunk];
        Uri session = await client.StartSessionAsync(new { name = "a" });
        long before = GC.GetTotalAllocatedBytes();
        for (long index = 0; index < Chunks; index++)
        {
            string total = index == Chunks - 1 ? $"{(long)Chunk * Chunks}" : "*";
            (int status, _) = await client.ChunkAsync(session, $"{index * Chunk}-{((index + 1) * Chunk) - 1}/{total}", chunk);
            Assert.Equal(index == Chunks - 1 ? 200 : 308, status);
        }

        await using Stream stored = await client.Emulator.Http.GetStreamAsync(new Uri(StorageClient.ObjectPath("a", "?alt=media"), UriKind.Relative));
        await stored.CopyToAsync(Stream.Null);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100 << 20);
        using HttpResponseMessage gone = await client.SendAsync(HttpMethod.Delete, StorageClient.ObjectPath("a"));
        while ((await client.Emulator.GetAsync("emulator/stats")).GetProperty("spool").GetProperty("files").GetInt32() > 0)
        {
            await Task.Yield();
        }
    }
}
