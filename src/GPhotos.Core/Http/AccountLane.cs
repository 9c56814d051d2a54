using System.Collections.Concurrent;

namespace GPhotos.Core.Http;

/// <summary>
/// One thing at a time per account, whichever client of this process asks: Google refuses a second batchCreate, and two searches for an
/// album that is missing would make two.
/// </summary>
internal sealed class AccountLane
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Lanes = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim _lane;

    /// <summary>The lane for one kind of work of one account.</summary>
    public AccountLane(GPhotosClientOptions options, string work) =>
        _lane = Lanes.GetOrAdd($"{work} {options.Endpoints.Root} {options.Account}", static _ => new SemaphoreSlim(1, 1));

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
