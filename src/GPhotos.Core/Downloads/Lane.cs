namespace GPhotos.Core.Downloads;

/// <summary>An item's right to be one of those that may ask Google at once. It is given back as soon as its bytes are in.</summary>
internal sealed class Lane(SemaphoreSlim lanes) : IDisposable
{
    private bool _isHeld;

    /// <summary>Waits for a lane to be free, unless this item has one.</summary>
    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        if (!_isHeld)
        {
            await lanes.WaitAsync(cancellationToken).ConfigureAwait(false);
            _isHeld = true;
        }
    }

    /// <summary>Gives the lane to the next, if this item has one.</summary>
    public void Leave()
    {
        if (_isHeld)
        {
            _isHeld = false;
            lanes.Release();
        }
    }

    public void Dispose() => Leave();
}
