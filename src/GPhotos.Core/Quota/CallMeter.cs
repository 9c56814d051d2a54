using GPhotos.Core.Http;

namespace GPhotos.Core.Quota;

/// <summary>
/// The last handler before the network, so that every attempt goes by it: failed ones, repeats, and the replay after a 401. Keeps a run
/// within its budget, and counts before it sends.
/// </summary>
internal sealed class CallMeter(CallLedger ledger, CallKind kind) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (kind == CallKind.Library)
        {
            CallBudget.Current?.Take();
        }

        CountedCall? call = ledger.Count(kind, CallTraits.Of(request));
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            bool daySpent = await QuotaVerdict.OfAsync(response, cancellationToken).ConfigureAwait(false) == QuotaKind.Day;
            ledger.Answered(call, response.Headers.Date, daySpent);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
