using System.Security.Cryptography;
using Google.Apis.Auth.OAuth2.Responses;

namespace GPhotos.Core.Auth;

/// <summary>
/// The authorization code flow of RFC 8252: a listener on 127.0.0.1, PKCE (RFC 7636), a random state that must come back.
/// </summary>
public sealed class BrowserSignIn(GPhotosEndpoints endpoints, ClientSecret client, IReadOnlyList<string> scopes)
{
    private readonly string _state = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly TaskCompletionSource<ConsentAnswer> _pasted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The server.</summary>
    public GPhotosEndpoints Endpoints => endpoints;

    /// <summary>The OAuth client.</summary>
    public ClientSecret Client => client;

    /// <summary>The scopes that are asked for, in short form. The user may grant fewer.</summary>
    public IReadOnlyList<string> Scopes => scopes;

    /// <summary>How long to wait for the answer; null for as long as it takes. Where nobody is, a page that nobody opens must not hold a schedule up for ever.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>The clock that patience goes by.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Shows the consent page and waits until the browser comes back.</summary>
    /// <param name="showPage">Called once with the page's address, off the caller's thread, when the listener is up.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SignInFailedException">The user refused, or Google did; or nobody answered in time.</exception>
    public async Task<UserTokenSource> SignInAsync(Action<Uri> showPage, CancellationToken cancellationToken)
    {
        GoogleFlow? flow = GoogleFlow.Create(endpoints, client, scopes);
        try
        {
            using LoopbackListener listener = LoopbackListener.Start();
            string redirectUri = listener.RedirectUri;
            Uri page = flow.ConsentPage(redirectUri, _state, out string verifier);
            string code = CodeOf(await FirstAnswerAsync(listener, () => showPage(page), cancellationToken).ConfigureAwait(false));
            TokenResponse token = await flow.ExchangeAsync(code, verifier, redirectUri, cancellationToken).ConfigureAwait(false);
            if (string.IsNullOrEmpty(token.RefreshToken))
            {
                throw new SignInFailedException("Google gave no refresh token.");
            }

            UserTokenSource tokens = new(flow, token);
            flow = null;
            return tokens;
        }
        finally
        {
            flow?.Dispose();
        }
    }

    /// <summary>
    /// Takes the address that a browser on another machine was sent to: it could not reach the listener here, but its address bar
    /// holds the answer.
    /// </summary>
    /// <exception cref="SignInFailedException">The text is no such address, or that of another sign-in. Another may be tried.</exception>
    public void AnswerWith(string redirectedTo)
    {
        if (!Uri.TryCreate(redirectedTo?.Trim(), UriKind.Absolute, out Uri? address) || address.Query.Length < 2)
        {
            throw new SignInFailedException(
                "That is not the address the browser was sent to. It starts with http://127.0.0.1 and holds 'code='.");
        }

        ConsentAnswer answer = ConsentAnswer.Read(address.Query[1..]);
        if (!answer.Answers(_state))
        {
            throw new SignInFailedException("That address belongs to another sign-in (its state differs), so it was not used.");
        }

        _pasted.TrySetResult(answer);
    }

    private async Task<ConsentAnswer> FirstAnswerAsync(LoopbackListener listener, Action showPage, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(Patience ?? Timeout.InfiniteTimeSpan, Time);
        using CancellationTokenSource listening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        Task<ConsentAnswer> received = listener.WaitAsync(_state, listening.Token);
        try
        {
            await Task.Run(showPage, cancellationToken).ConfigureAwait(false);
            return await (await Task.WhenAny(received, _pasted.Task).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SignInFailedException($"Nobody signed in within {Patience?.TotalMinutes:0} minutes, and nobody is at this prompt.");
        }
        finally
        {
            await listening.CancelAsync().ConfigureAwait(false);
            await received.ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    private static string CodeOf(ConsentAnswer answer) => answer switch
    {
        { Error.Length: > 0 } => throw new SignInFailedException(
            $"Google's page answered '{Printable(answer.Error)}'.{SignInRefusal.CureOf(answer.Error)}"),
        { Code.Length: > 0 } => answer.Code,
        _ => throw new SignInFailedException("The answer that came back holds no code."),
    };

    // The words of an address are shown on a terminal.
    private static string Printable(string error) => new([.. error.Take(64).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '?')]);
}
