using System.Collections.Concurrent;

namespace GPhotos.Core.Destinations;

/// <summary>
/// Threads for what a disk does while its caller waits: making files, writing, flushing, renaming. There is no asynchronous way to most of it, and the
/// thread pool, which grows slowly, carries the lanes. Threads come as they are needed and go when nothing is to be done.
/// </summary>
internal static class DiskThreads
{
    // More at a time makes no disk faster.
    private const int Most = 16;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    private static readonly BlockingCollection<Action> Work = [];
    private static int _threads;
    private static int _busy;

    /// <summary>Does it on one of them.</summary>
    public static Task<T> RunAsync<T>(Func<T> work)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
#pragma warning disable CA1031 // Whatever it is, it is the caller's, who waits for it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                done.SetException(e);
            }
        });
        Staff();
        return done.Task;
    }

    private static void Staff()
    {
        if (Volatile.Read(ref _threads) - Volatile.Read(ref _busy) >= Work.Count)
        {
            return;
        }

        if (TryJoin())
        {
            new Thread(Serve) { IsBackground = true, Name = "GPhotos disk" }.Start();
        }
    }

    private static bool TryJoin()
    {
        if (Interlocked.Increment(ref _threads) <= Most)
        {
            return true;
        }

        Interlocked.Decrement(ref _threads);
        return false;
    }

    private static void Serve()
    {
        while (true)
        {
            while (Work.TryTake(out Action? work, Idle))
            {
                Interlocked.Increment(ref _busy);
                work();
                Interlocked.Decrement(ref _busy);
            }

            Interlocked.Decrement(ref _threads);
            // What was added between the last look and the leaving may be nobody else's.
            if (Work.Count == 0 || !TryJoin())
            {
                return;
            }
        }
    }
}
