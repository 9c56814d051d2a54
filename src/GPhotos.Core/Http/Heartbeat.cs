namespace GPhotos.Core.Http;

/// <summary>
/// Tells that a transfer moves, so that its time limit starts anew: a large file may take hours, a line that stands still may not.
/// </summary>
internal sealed class Heartbeat
{
    private volatile Action? _onBeat;

    /// <summary>Something moved.</summary>
    public void Beat()
    {
        try
        {
            _onBeat?.Invoke();
        }
        catch (ObjectDisposedException)
        {
            // The answer came before the body was through: nobody waits any more.
        }
    }

    /// <summary>Whom to tell from now on.</summary>
    public void Attach(Action onBeat) => _onBeat = onBeat;
}
