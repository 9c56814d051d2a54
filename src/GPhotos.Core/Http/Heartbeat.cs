namespace GPhotos.Core.Http;

/// <summary>
/// Tells that a transfer moves, so that its time limit starts anew: a large file may take hours, a line that stands still may not.
/// </summary>
internal sealed class Heartbeat
{
    private volatile Action? _onBeat;
    private volatile Action? _onHold;

    /// <summary>Something moved.</summary>
    public void Beat() => Tell(_onBeat);

    /// <summary>
    /// Waits for bytes that are to leave, with the time limit held: a source that is slow or gone is not the other side standing still. The
    /// source has a limit of its own.
    /// </summary>
    public async ValueTask<T> HeldAsync<T>(ValueTask<T> source)
    {
        if (source.IsCompleted)
        {
            return await source.ConfigureAwait(false);
        }

        Tell(_onHold);
        T result = await source.ConfigureAwait(false);
        Beat();
        return result;
    }

    /// <summary>Whom to tell from now on.</summary>
    public void Attach(Action onBeat, Action onHold) => (_onBeat, _onHold) = (onBeat, onHold);

    private static void Tell(Action? action)
    {
        try
        {
            action?.Invoke();
        }
        catch (ObjectDisposedException)
        {
            // The answer came before the body was through: nobody waits any more.
        }
    }
}
