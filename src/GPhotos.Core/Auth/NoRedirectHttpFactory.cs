using Google.Apis.Http;

namespace GPhotos.Core.Auth;

/// <summary>
/// Makes the HTTP clients of Google's library. What that sends carries refresh tokens, secrets and signed assertions: a redirect would carry
/// them to a host nobody checked.
/// </summary>
internal sealed class NoRedirectHttpFactory : HttpClientFactory, Google.Apis.Http.IHttpClientFactory
{
    ConfigurableHttpClient Google.Apis.Http.IHttpClientFactory.CreateHttpClient(CreateHttpClientArgs args)
    {
        ConfigurableHttpClient client = CreateHttpClient(args);
        client.MessageHandler.FollowRedirect = false;
        return client;
    }

    protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) =>
        new ErrorsWithBody { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false } };

    // The library ends in a NullReferenceException when a refusal has no body.
    private sealed class ErrorsWithBody : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
                if (response.Content.Headers.ContentLength is null or 0)
                {
                    response.Content = new StringContent($$"""{"error":"HTTP {{(int)response.StatusCode}}"}""");
                }
            }

            return response;
        }
    }
}
