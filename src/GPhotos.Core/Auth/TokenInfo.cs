using System.Text.Json;
using GPhotos.Core.Api;
using GPhotos.Core.Http;

namespace GPhotos.Core.Auth;

/// <summary>Asks Google what an access token is good for.</summary>
internal static class TokenInfo
{
    /// <exception cref="SignInExpiredException">Google does not know the token.</exception>
    public static async Task<WireTokenInfo> GetAsync(GPhotosEndpoints endpoints, string accessToken, CancellationToken cancellationToken)
    {
        const string Subject = "Checking the access token";
        GPhotosClientOptions options = new() { Endpoints = endpoints, Tokens = new FixedTokenSource(accessToken, null) };
        using HttpPipeline pipeline = new(options, new RetryPolicy(options, static _ => { }));
        HttpClient http = pipeline.Client(HttpClientNames.OAuth);
        using HttpRequestMessage request = new(
            HttpMethod.Get, new Uri(endpoints.TokenInfo, "?access_token=" + Uri.EscapeDataString(accessToken)));
        new CallTraits("tokeninfo").Mark(request);
        using HttpResponseMessage response = await ConnectionGuard.SendAsync(http, request, Subject, cancellationToken).ConfigureAwait(false);
        if ((int)response.StatusCode == 400)
        {
            throw new SignInExpiredException("Google does not know the access token: it is mistyped, more than an hour old, or revoked.")
            {
                HttpStatus = 400,
                LikelyReason = SignInEndReason.AccessTokenAlone,
            };
        }

        await GoogleError.ThrowIfFailedAsync(response, new CallContext(Subject, "", DateTimeOffset.UtcNow), cancellationToken).ConfigureAwait(false);
        string body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(body, WireJsonContext.Default.WireTokenInfo) ?? throw new JsonException("It holds nothing.");
        }
        catch (JsonException e)
        {
            throw new UnexpectedResponseException("The answer about the access token is not the JSON that Google documents.", e);
        }
    }
}
