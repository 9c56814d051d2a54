using System.Net;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Flows;
using Google.Apis.Auth.OAuth2.Responses;
using GPhotos.Core.Http;

namespace GPhotos.Core.Auth;

/// <summary>
/// Google's own library set up for our endpoints: the authorization code flow with PKCE. Tokens are kept by <see cref="Profiles.ProfileStore"/>, not by the
/// library. Its exceptions become ours, and one call goes at a time.
/// </summary>
internal sealed class GoogleFlow : IDisposable
{
    // The library's store is not used; its calls want a user's name all the same.
    private const string User = "user";

    private readonly NoRedirectHttpFactory _http = new();
    private readonly PkceGoogleAuthorizationCodeFlow _flow;

    private GoogleFlow(GPhotosEndpoints endpoints, ClientSecret client, IEnumerable<string>? scopes) =>
        _flow = new PkceGoogleAuthorizationCodeFlow(new Initializer(endpoints)
        {
            ClientSecrets = new ClientSecrets { ClientId = client.ClientId, ClientSecret = client.Secret },
            Scopes = scopes?.Select(GPhotosScopes.ToWire),
            Prompt = "consent",
            HttpClientFactory = _http,
        });

    /// <summary>What the last call was answered, beside what it returned.</summary>
    public TokenAnswer LastAnswer => _http.LastAnswer;

    /// <summary>Makes one for a server and an OAuth client.</summary>
    /// <param name="endpoints">The server.</param>
    /// <param name="client">The OAuth client.</param>
    /// <param name="scopes">What the consent page is to ask for.</param>
    public static GoogleFlow Create(GPhotosEndpoints endpoints, ClientSecret client, IEnumerable<string>? scopes = null) => new(endpoints, client, scopes);

    /// <summary>The address of the consent page.</summary>
    /// <param name="redirectUri">Where the browser is sent with the answer.</param>
    /// <param name="state">Must come back with it.</param>
    /// <param name="verifier">Proves at the exchange that it was this process that asked (RFC 7636).</param>
    public Uri ConsentPage(string redirectUri, string state, out string verifier)
    {
        Google.Apis.Auth.OAuth2.Requests.AuthorizationCodeRequestUrl request = _flow.CreateAuthorizationCodeRequest(redirectUri, out verifier);
        request.State = state;
        return request.Build();
    }

    /// <summary>Takes the code of an answer to the token endpoint.</summary>
    public Task<TokenResponse> ExchangeAsync(string code, string verifier, string redirectUri, CancellationToken cancellationToken) => GuardAsync(
        () => _flow.ExchangeCodeForTokenAsync(User, code, verifier, redirectUri, cancellationToken),
        // The same words of Google's as for a dead refresh token, but there was no sign-in yet that could have ended.
        (words, e) => new SignInFailedException($"Google did not take the code of the sign-in ({words}): it was used before, waited for too long, or was mistyped.", e),
        cancellationToken);

    /// <summary>Has a new access token made.</summary>
    /// <param name="refreshToken">What it is made from.</param>
    /// <param name="ended">What to throw where Google no longer takes it; it is given Google's words.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<TokenResponse> RefreshAsync(
        string refreshToken, Func<string, Exception, GPhotosException> ended, CancellationToken cancellationToken) =>
        GuardAsync(() => _flow.RefreshTokenAsync(User, refreshToken, cancellationToken), ended, cancellationToken);

    /// <summary>Withdraws the grant that a token belongs to.</summary>
    public Task RevokeAsync(string token, CancellationToken cancellationToken) => GuardAsync(
        async () =>
        {
            await _flow.RevokeTokenAsync(User, token, cancellationToken).ConfigureAwait(false);
            return true;
        },
        (words, e) => new SignInExpiredException(
            $"Google no longer takes the sign-in ({words}), so there is nothing of it to withdraw. Disconnect-GPhotos without -Revoke forgets it here. Whether something else of this app still has access stands at https://myaccount.google.com/connections.",
            e),
        cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _flow.Dispose();

    /// <summary>Google's words in a refusal, without a full stop: the sentence that they come to stand in has its own.</summary>
    public static string Words(TokenResponseException e) => ServerWords.Shown(string.IsNullOrEmpty(e.Error?.ErrorDescription)
        ? e.Error?.Error ?? "no reason given"
        : $"{e.Error.ErrorDescription.TrimEnd('.')} ({e.Error.Error})");

    private static async Task<T> GuardAsync<T>(
        Func<Task<T>> call, Func<string, Exception, GPhotosException> ended, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (TokenResponseException e) when (e.Error?.Error is "invalid_grant" or "invalid_token")
        {
            throw ended(Words(e), e);
        }
        catch (TokenResponseException e) when (e.StatusCode is HttpStatusCode.OK)
        {
            // What the library throws when it cannot read a field.
            throw new UnexpectedResponseException(TokenAnswer.NotJson, e);
        }
        catch (TokenResponseException e) when (e.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests)
        {
            throw new ServiceUnavailableException($"The sign-in server answered {(int)e.StatusCode}.", e) { HttpStatus = (int)e.StatusCode };
        }
        catch (TokenResponseException e)
        {
            throw new SignInFailedException($"Google refused the sign-in: {Words(e)}.{SignInRefusal.CureOf(e.Error?.Error)}", e);
        }
        catch (Newtonsoft.Json.JsonException e)
        {
            // The library reads the answer of a revocation as JSON whatever it is; a proxy's page is none.
            throw new UnexpectedResponseException(TokenAnswer.NotJson, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionFailedException("The sign-in server did not answer in time.", e);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new UnexpectedResponseException(TokenAnswer.NotJson, e);
        }
        catch (HttpRequestException e)
        {
            throw new ConnectionFailedException($"The sign-in server cannot be reached: {e.Message}", e);
        }
    }

    // The constructor that takes addresses is for derived classes only.
    private sealed class Initializer(GPhotosEndpoints endpoints) : GoogleAuthorizationCodeFlow.Initializer(
        endpoints.Authorize.ToString(), endpoints.Token.ToString(), endpoints.Revoke.ToString());
}
