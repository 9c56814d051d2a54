using Google.Apis.Auth.OAuth2.Responses;
using Google.Apis.Http;

namespace GPhotos.Core.Auth;

/// <summary>
/// Makes the HTTP clients of Google's library. What that sends carries refresh tokens, secrets and signed assertions: a redirect would carry
/// them to a host nobody checked.
/// </summary>
internal sealed class NoRedirectHttpFactory : HttpClientFactory, Google.Apis.Http.IHttpClientFactory
{
    private volatile TokenAnswer _last = TokenAnswer.None;

    /// <summary>What was answered last. Who asks for it sends one call at a time.</summary>
    public TokenAnswer LastAnswer => _last;

    ConfigurableHttpClient Google.Apis.Http.IHttpClientFactory.CreateHttpClient(CreateHttpClientArgs args)
    {
        ConfigurableHttpClient client = CreateHttpClient(args);
        client.MessageHandler.FollowRedirect = false;
        return client;
    }

    protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) =>
        new Answers(this) { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false } };

    private sealed class Answers(NoRedirectHttpFactory owner) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            owner._last = await TokenAnswer.ReadAsync(response, cancellationToken).ConfigureAwait(false);
            if (!owner._last.IsObject && !response.IsSuccessStatusCode)
            {
                // The library ends in a NullReferenceException when a refusal has no body, and calls a page that is none a refusal of Google's.
                response.Content = new StringContent($$"""{"error":"HTTP {{(int)response.StatusCode}}"}""");
            }

            if (!owner._last.IsObject && response.IsSuccessStatusCode && request.Content is FormUrlEncodedContent)
            {
                // A form asks for a token. The library would end in a NullReferenceException, or take a page for a refusal of Google's.
                using HttpResponseMessage unread = response;
                throw new TokenResponseException(new TokenErrorResponse { Error = "an answer that is not JSON" }, response.StatusCode);
            }

            return response;
        }
    }
}
