using System.Net;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Flows;
using Google.Apis.Auth.OAuth2.Responses;

namespace GPhotos.Core.Auth;

/// <summary>Google's own library set up for our endpoints, and its exceptions turned into ours.</summary>
internal static class GoogleFlow
{
    /// <summary>The authorization code flow with PKCE. Tokens are kept by <see cref="ProfileStore"/>, not by the library.</summary>
    public static PkceGoogleAuthorizationCodeFlow Create(
        GPhotosEndpoints endpoints, ClientSecret client, IEnumerable<string>? scopes = null) =>
        new(new Initializer(endpoints)
        {
            ClientSecrets = new ClientSecrets { ClientId = client.ClientId, ClientSecret = client.Secret },
            Scopes = scopes?.Select(GPhotosScopes.ToWire),
            Prompt = "consent",
            HttpClientFactory = new NoRedirectHttpFactory(),
        });

    /// <summary>Runs a call of the library and throws our exceptions instead of its own.</summary>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (TokenResponseException e) when (e.Error?.Error is "invalid_grant")
        {
            throw new SignInExpiredException($"Google no longer takes the sign-in: {Words(e)}", e);
        }
        catch (TokenResponseException e) when (e.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests)
        {
            throw new ServiceUnavailableException($"The sign-in server answered {(int)e.StatusCode}.", e) { HttpStatus = (int)e.StatusCode };
        }
        catch (TokenResponseException e)
        {
            throw new SignInFailedException($"Google refused the sign-in: {Words(e)}", e);
        }
        catch (Newtonsoft.Json.JsonException e)
        {
            // The library reads the answer of a revocation as JSON whatever it is; a proxy's page is none.
            throw new UnexpectedResponseException("The sign-in server's answer is not the JSON that Google documents.", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionFailedException("The sign-in server did not answer in time.", e);
        }
        catch (HttpRequestException e)
        {
            throw new ConnectionFailedException($"The sign-in server cannot be reached: {e.Message}", e);
        }
    }

    /// <summary>Google's words in a refusal.</summary>
    public static string Words(TokenResponseException e) =>
        string.IsNullOrEmpty(e.Error?.ErrorDescription) ? e.Error?.Error ?? "no reason given" : $"{e.Error.ErrorDescription} ({e.Error.Error})";

    // The constructor that takes addresses is for derived classes only.
    private sealed class Initializer(GPhotosEndpoints endpoints) : GoogleAuthorizationCodeFlow.Initializer(
        endpoints.Authorize.ToString(), endpoints.Token.ToString(), endpoints.Revoke.ToString());
}
