namespace GPhotos.Core.Http;

/// <summary>Sends through the one retry policy. Where the body is JSON it is read within the try, so that a cut body is repeated too.</summary>
internal sealed class RetryHandler(RetryPolicy policy, bool readBody) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        policy.SendAsync(CallTraits.Of(request), c => AttemptAsync(request, c), cancellationToken);

    private async Task<HttpResponseMessage> AttemptAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (readBody)
        {
            try
            {
                await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }

        return response;
    }
}
