using GPhotos.Core.Http;
using GPhotos.Core.Storage;

namespace GPhotos.Tests.Storage;

public sealed class ChunkContentTests
{
    [Fact]
    public async Task Nobody_reads_the_buffer_any_more_when_it_has_ended()
    {
        byte[] buffer = new byte[300_000];
        StuckStream network = new();
        ChunkContent content = new(buffer, new Heartbeat());
        Task[] writing = [content.CopyToAsync(network), content.CopyToAsync(network)];
        Assert.Equal(2, network.Reading);

        await content.EndAsync();

        Assert.Equal(0, network.Reading);

        // Nobody reads; what was told so may take a moment to come to its own end.
        await Task.WhenAny(Task.WhenAll(writing), Task.Delay(TimeSpan.FromSeconds(10)));
        Assert.All(writing, w => Assert.True(w.IsCompleted));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => content.CopyToAsync(network));
    }

    [Fact]
    public async Task Every_piece_that_leaves_is_a_beat()
    {
        int beats = 0;
        Heartbeat heartbeat = new();
        heartbeat.Attach(() => beats++, () => { });
        using ChunkContent content = new(TestStorage.Bytes(300_000), heartbeat);
        using MemoryStream network = new();

        await content.CopyToAsync(network);

        Assert.Equal(TestStorage.Bytes(300_000), network.ToArray());
        Assert.Equal(5, beats);
    }

    private sealed class StuckStream : MemoryStream
    {
        public int Reading { get; private set; }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Reading++;
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                Reading--;
            }
        }
    }
}
