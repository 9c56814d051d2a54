using GPhotos.Core.Data;
using GPhotos.Core.Http;

namespace GPhotos.Core.Quota;

/// <summary>
/// One write at a time per account, whichever client or process of this user asks, and no more in a minute than Google allows: it
/// refuses a second write beside the first, and the thirty-first.
/// </summary>
internal sealed class WriteLane
{
    private readonly MachineLock _machine;
    private readonly MachineLock _process;
    private readonly CallLedger _ledger;
    private readonly RetryPolicy _retry;
    private readonly string _reason;

    public WriteLane(GPhotosClientOptions options, CallLedger ledger, RetryPolicy retry)
    {
        string subject = $"write {options.Endpoints.Root} {options.Account}";
        (_machine, _process) = (new MachineLock(options.DataFolder, subject), new MachineLock(null, subject));
        (_ledger, _retry, _reason) = (ledger, retry, $"Google allows {options.WritesPerMinute} writes a minute");
    }

    /// <summary>Waits for the turn; dispose what it returns when the write was answered.</summary>
    public async Task<IDisposable> EnterAsync(CallTraits traits, CancellationToken cancellationToken)
    {
        CallBudget.Current?.Require();
        IDisposable turn = await LockAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (_ledger.UntilNextWrite() is { Ticks: > 0 } wait)
            {
                await _retry.WaitForTurnAsync(traits, _reason, wait, cancellationToken).ConfigureAwait(false);
            }

            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    // A folder that cannot be written to costs the order among processes, not the write: a refused one is repeated anyway.
    private async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _machine.EnterAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FileWriteFailedException)
        {
            return await _process.EnterAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
