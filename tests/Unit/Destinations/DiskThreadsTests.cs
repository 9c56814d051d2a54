using GPhotos.Core.Destinations;

namespace GPhotos.Tests.Destinations;

public sealed class DiskThreadsTests
{
    [Fact]
    public async Task All_work_is_done_whatever_comes_at_once_and_no_more_than_sixteen_at_a_time()
    {
        int now = 0, most = 0, done = 0;

        // Waves, so that threads leave and come again.
        for (int wave = 0; wave < 5; wave++)
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => DiskThreads.RunAsync(() =>
            {
                int here = Interlocked.Increment(ref now);
                InterlockedMax(ref most, here);
                Thread.Sleep(1);
                Interlocked.Decrement(ref now);
                return Interlocked.Increment(ref done);
            }))));
        }

        Assert.Equal(1000, done);
        Assert.InRange(most, 1, 16);
    }

    [Fact]
    public async Task A_failure_is_the_callers_and_the_thread_goes_on()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => DiskThreads.RunAsync<int>(() => throw new InvalidDataException()));

        Assert.Equal(7, await DiskThreads.RunAsync(() => 7));
    }

    [Fact]
    public async Task Who_waits_is_not_called_back_on_a_thread_of_the_disk()
    {
        await DiskThreads.RunAsync(() => 0);

        Assert.NotEqual("GPhotos disk", Thread.CurrentThread.Name);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
