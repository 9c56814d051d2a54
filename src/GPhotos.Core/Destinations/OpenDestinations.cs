using GPhotos.Core.Media;

namespace GPhotos.Core.Destinations;

/// <summary>
/// The destinations that this process has open. Runs that save into the same one, side by side or one behind the other in a pipeline, share it:
/// another process is kept out, they are not.
/// </summary>
internal static class OpenDestinations
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, Entry> Open = new(LocalFile.PathComparer);

    /// <summary>Opens a destination, or takes part in the open one. Dispose the lease to let go.</summary>
    public static async Task<Lease> OpenAsync(string key, Func<CancellationToken, Task<Destination>> open, CancellationToken cancellationToken)
    {
        Entry? entry;
        lock (Gate)
        {
            if (!Open.TryGetValue(key, out entry))
            {
                entry = new Entry(open);
                Open.Add(key, entry);
            }

            entry.Users++;
        }

        try
        {
            return new Lease(key, await entry.Destination.Value.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            Leave(key);
            throw;
        }
    }

    private static void Leave(string key)
    {
        // Closed under the lock: who opens it next must not find it still locked.
        lock (Gate)
        {
            Entry entry = Open[key];
            if (--entry.Users > 0)
            {
                return;
            }

            Open.Remove(key);
            _ = CloseAsync(entry);
        }
    }

    private static async Task CloseAsync(Entry entry)
    {
        try
        {
            await entry.Stop.CancelAsync().ConfigureAwait(false);
            (await entry.Destination.Value.ConfigureAwait(false)).Dispose();
        }
        catch (Exception e) when (e is GPhotosException or OperationCanceledException)
        {
            // It could not be opened, which whoever wanted it was told.
        }
        finally
        {
            entry.Stop.Dispose();
        }
    }

    private sealed class Entry
    {
        // Ended with the last who wants it, not with the first who asked.
        public Entry(Func<CancellationToken, Task<Destination>> open) => Destination = new(() => open(Stop.Token));

        public CancellationTokenSource Stop { get; } = new();

        public Lazy<Task<Destination>> Destination { get; }

        public int Users { get; set; }
    }

    /// <summary>A share in an open destination.</summary>
    internal sealed class Lease(string key, Destination destination) : IDisposable
    {
        private int _left;

        public Destination Destination { get; } = destination;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                Leave(key);
            }
        }
    }
}
