using GPhotos.Core.Data;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Data;

public sealed class MachineLockTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_holds_it_at_a_time()
    {
        int inside = 0;
        int most = 0;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using IDisposable held = await new MachineLock(_folder.Path, "writer").EnterAsync(CancellationToken.None);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        }));

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Another_process_holds_it_too()
    {
        MachineLock machineLock = new(_folder.Path, "writer");
        (await machineLock.EnterAsync(CancellationToken.None)).Dispose();
        string file = Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, "locks")));

        Task<IDisposable> waiting;
        using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            waiting = machineLock.EnterAsync(CancellationToken.None);
            await Task.Delay(100);
            Assert.False(waiting.IsCompleted);
        }

        (await waiting.WaitAsync(TimeSpan.FromSeconds(10))).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_it_to_the_next()
    {
        MachineLock machineLock = new(_folder.Path, "writer");
        using CancellationTokenSource impatient = new();
        IDisposable held = await machineLock.EnterAsync(CancellationToken.None);
        Task<IDisposable> waiting = machineLock.EnterAsync(impatient.Token);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        held.Dispose();

        (await machineLock.EnterAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10))).Dispose();
    }

    [Fact]
    public async Task Other_subjects_do_not_wait()
    {
        using IDisposable one = await new MachineLock(_folder.Path, "one").EnterAsync(CancellationToken.None);
        using IDisposable other = await new MachineLock(_folder.Path, "other").EnterAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
    }
}
