using System.Security.Cryptography;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Flows;
using Google.Apis.Auth.OAuth2.Requests;
using Google.Apis.Auth.OAuth2.Responses;

namespace GPhotos.Core.Auth;

/// <summary>
/// The authorization code flow of RFC 8252: a listener on 127.0.0.1, PKCE (RFC 7636), a random state that must come back.
/// </summary>
public sealed class BrowserSignIn(GPhotosEndpoints endpoints, ClientSecret client, IReadOnlyList<string> scopes)
{
    private readonly TaskCompletionSource<AuthorizationCodeResponseUrl> _pasted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The server.</summary>
    public GPhotosEndpoints Endpoints => endpoints;

    /// <summary>The OAuth client.</summary>
    public ClientSecret Client => client;

    /// <summary>Shows the consent page and waits until the browser comes back.</summary>
    /// <param name="showPage">Called once with the page's address, off the caller's thread, when the listener is up.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SignInFailedException">The user refused, or the answer was not ours.</exception>
    public async Task<UserTokenSource> SignInAsync(Action<Uri> showPage, CancellationToken cancellationToken)
    {
        PkceGoogleAuthorizationCodeFlow flow = GoogleFlow.Create(endpoints, client, scopes);
        try
        {
            Receiver receiver = new(showPage);
            AuthorizationCodeRequestUrl request = flow.CreateAuthorizationCodeRequest(receiver.RedirectUri, out string verifier);
            request.State = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

            AuthorizationCodeResponseUrl answer = await FirstAnswerAsync(receiver, request, cancellationToken).ConfigureAwait(false);
            string code = CodeOf(answer, request.State);
            TokenResponse token = await ExchangeAsync(flow, code, verifier, receiver.RedirectUri, cancellationToken).ConfigureAwait(false);
            return string.IsNullOrEmpty(token.RefreshToken)
                ? throw new SignInFailedException("Google gave no refresh token.")
                : new UserTokenSource(flow, token);
        }
        catch (NotSupportedException e) when (e.InnerException is SignInFailedException noBrowser)
        {
            // The library wraps what showing the page threw in an exception whose text is the page's whole address.
            flow.Dispose();
            throw new SignInFailedException(noBrowser.Message, noBrowser.InnerException);
        }
        catch
        {
            flow.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Takes the address that a browser on another machine was sent to: it could not reach the listener here, but its address bar
    /// holds the answer.
    /// </summary>
    /// <exception cref="SignInFailedException">The text is no such address.</exception>
    public void AnswerWith(string redirectedTo)
    {
        if (!Uri.TryCreate(redirectedTo?.Trim(), UriKind.Absolute, out Uri? address) || address.Query.Length < 2)
        {
            throw new SignInFailedException(
                "That is not the address the browser was sent to. It starts with http://127.0.0.1 and holds 'code='.");
        }

        _pasted.TrySetResult(new AuthorizationCodeResponseUrl(Fields(address)));
    }

    // The library's own reader of a query leaves %2F as it is, and every code of Google's holds a slash.
    private static Dictionary<string, string> Fields(Uri address) =>
        address.Query[1..].Split('&').Select(f => f.Split('=', 2)).Where(f => f.Length == 2)
            .DistinctBy(f => f[0]).ToDictionary(f => f[0], f => Uri.UnescapeDataString(f[1].Replace('+', ' ')));

    private static async Task<TokenResponse> ExchangeAsync(
        PkceGoogleAuthorizationCodeFlow flow, string code, string verifier, string redirectUri, CancellationToken cancellationToken)
    {
        try
        {
            return await GoogleFlow.GuardAsync(
                () => flow.ExchangeCodeForTokenAsync("user", code, verifier, redirectUri, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (SignInExpiredException e)
        {
            // The same words of Google's as for a dead refresh token, but there was no sign-in yet that could have ended.
            throw new SignInFailedException("Google did not take the code of the sign-in: it was used before, or mistyped.", e);
        }
    }

    private async Task<AuthorizationCodeResponseUrl> FirstAnswerAsync(
        Receiver receiver, AuthorizationCodeRequestUrl request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource listening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<AuthorizationCodeResponseUrl> received = receiver.ReceiveCodeAsync(request, listening.Token);
        Task<AuthorizationCodeResponseUrl> first = await Task.WhenAny(received, _pasted.Task).ConfigureAwait(false);
        if (first != received)
        {
            await listening.CancelAsync().ConfigureAwait(false);
            await received.ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }

        return await first.ConfigureAwait(false);
    }

    private static string CodeOf(AuthorizationCodeResponseUrl answer, string state)
    {
        // State first: an answer that is not ours must not even choose our error text.
        if (answer.State is null || !CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.UTF8.GetBytes(answer.State), System.Text.Encoding.UTF8.GetBytes(state)))
        {
            throw new SignInFailedException("The answer that came back belongs to another sign-in (its state differs), so it was not used.");
        }

        return answer switch
        {
            { Error: "access_denied" } => throw new SignInFailedException("The sign-in was cancelled on Google's page."),
            { Error.Length: > 0 } => throw new SignInFailedException($"Google's page answered '{answer.Error}'."),
            { Code.Length: > 0 } => answer.Code,
            _ => throw new SignInFailedException("The answer that came back holds no code."),
        };
    }

    private sealed class Receiver(Action<Uri> showPage)
        : LocalServerCodeReceiver(ClosePage, CallbackUriChooserStrategy.ForceLoopbackIp)
    {
        private const string ClosePage =
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>GPhotos</title>"
            + "<body style=\"font:16px system-ui;margin:4em\"><p>PowerShell has the answer. You can close this page.</p></body></html>";

        protected override bool OpenBrowser(string url)
        {
            showPage(new Uri(url));
            return true;
        }
    }
}
