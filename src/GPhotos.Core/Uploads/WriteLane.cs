using System.Collections.Concurrent;

namespace GPhotos.Core.Uploads;

/// <summary>One batchCreate at a time per account, whichever client of this process asks: Google refuses a second.</summary>
internal sealed class WriteLane
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Lanes = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim _lane;

    public WriteLane(string account) => _lane = Lanes.GetOrAdd(account, static _ => new SemaphoreSlim(1, 1));

    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        await _lane.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await call().ConfigureAwait(false);
        }
        finally
        {
            _lane.Release();
        }
    }
}
