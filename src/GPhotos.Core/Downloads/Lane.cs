namespace GPhotos.Core.Downloads;

/// <summary>The right to one of the transfers that may run at once, until it is given back.</summary>
internal sealed class Lane : IDisposable
{
    private SemaphoreSlim? _lanes;

    private Lane(SemaphoreSlim lanes) => _lanes = lanes;

    /// <summary>Waits for a lane to be free.</summary>
    public static async ValueTask<Lane> EnterAsync(SemaphoreSlim lanes, CancellationToken cancellationToken)
    {
        await lanes.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Lane(lanes);
    }

    /// <summary>Gives it back; once only, however often it is called.</summary>
    public void Dispose() => Interlocked.Exchange(ref _lanes, null)?.Release();
}
