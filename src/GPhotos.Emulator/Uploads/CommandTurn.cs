namespace GPhotos.Emulator.Uploads;

/// <summary>Lets one command at a time work on an upload session.</summary>
internal sealed class CommandTurn : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile CancellationTokenSource _superseded = new();

    /// <summary>
    /// Waits for the turn of a command. The one before is stopped: its client has given up on it or it would not send another, but a
    /// broken line may not have been noticed here yet.
    /// </summary>
    /// <returns>Cancelled when the next command comes.</returns>
    public async Task<CancellationToken> EnterAsync(CancellationToken aborted)
    {
        await _superseded.CancelAsync();
        await _turn.WaitAsync(aborted);

        // The old source is left to the collector: another newcomer may be cancelling it just now.
        _superseded = new CancellationTokenSource();
        return _superseded.Token;
    }

    /// <summary>Takes the turn if no command is at work.</summary>
    public bool TryEnter() => _turn.Wait(0);

    public void Leave() => _turn.Release();

    public void Dispose()
    {
        _turn.Dispose();
        _superseded.Dispose();
    }
}
