using System.Globalization;
using GPhotos.Core;
using GPhotos.Core.Auth;

namespace GPhotos.PowerShell.Hosting;

/// <summary>A cmdlet that talks to Google Photos over the session's connection.</summary>
public abstract class ConnectedCmdlet : PumpedCmdlet
{
    // Shorter waits pass without a word; a long one would look like a hang.
    private static readonly TimeSpan WorthAWarning = TimeSpan.FromSeconds(20);

    private GPhotosClient? _client;
    private GPhotosClient? _signedOut;

    internal GPhotosClient Client => _client ?? _signedOut!;

    /// <summary>Whether there must be a sign-in before the first input is seen. Not so where all may be on this machine.</summary>
    protected virtual bool NeedsSignIn => true;

    /// <summary>
    /// Whether nothing can be done without the scopes that the class names. Not so where it depends on the input, where each input has a result of its own
    /// all the same, or where somebody is asked for the scope.
    /// </summary>
    protected virtual bool NeedsScopes => NeedsSignIn;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            GPhotosConnection connection = Connections.Current(this);
            if (NeedsScopes && NeedsScopeAttribute.Missing(GetType(), connection.Client.Options) is { } missing)
            {
                throw missing;
            }

            Use(connection);
            if (SignInEnding.FirstWarningOf(connection) is { } warning)
            {
                WriteWarning(warning);
            }
        }
        catch (NotConnectedException e) when (!NeedsSignIn)
        {
            _signedOut = Connections.SignedOut(e);
        }
        catch (GPhotosException e)
        {
            ThrowTerminatingError(Errors.ErrorRecords.From(e));
        }
    }

    /// <summary>Ends the cmdlet where nobody is signed in.</summary>
    protected void RequireSignIn()
    {
        if (Client.Options.Tokens is NoSignIn { Reason: var reason })
        {
            ThrowTerminatingError(Errors.ErrorRecords.From(reason));
        }
    }

    /// <summary>
    /// Sees to it, from work, that the sign-in carries a scope. Where it does not, somebody who is here is asked for it in the browser, beside what was
    /// granted before, and the profile keeps the new sign-in.
    /// </summary>
    /// <param name="scope">The scope.</param>
    /// <param name="mayOpenBrowser">Whether a browser of this machine may be used.</param>
    /// <exception cref="ScopeMissingException">It does not carry it, and nobody could be asked or granted it.</exception>
    protected async Task NeedScopeAsync(string scope, bool mayOpenBrowser)
    {
        if (Client.Options.Lacks(scope) is not { } missing)
        {
            return;
        }

        if (Connections.CurrentIfOpen() is not { } connection || !mayOpenBrowser || !Attendance.IsAttended || connection.Profile is not { } profile)
        {
            throw missing;
        }

        await PostAsync(() => Tell($"The sign-in does not carry the scope {scope} yet: grant it on the page that opens in the browser. Choose the same account."));
        bool isOpen = false;
        GPhotosConnection extended;
        try
        {
            extended = await connection.ExtendAsync(
                scope,
                page =>
                {
                    SystemBrowser.Open(page);
                    isOpen = true;
                },
                StopToken);
        }
        catch (SignInFailedException e) when (!isOpen)
        {
            throw new ScopeMissingException($"{missing.Message} {e.Message}", missing.Scopes, e);
        }

        // A sign-in that was made for this process alone is not kept now either.
        if (connection.Store != SignInStore.Session)
        {
            try
            {
                await OnPipelineAsync(() => extended.Keep(Connections.StoreOf(this), profile.Vault));
            }
            catch (GPhotosException e)
            {
                // The scope is granted, and serves this session.
                await PostErrorAsync(e);
            }
        }

        Connections.Use(profile.Name, extended);
        Use(extended);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _signedOut?.Dispose();
            Leave();
        }
    }

    private void Use(GPhotosConnection connection)
    {
        Leave();
        _client = connection.Client;
        _client.Retrying += OnRetrying;
    }

    private void Leave()
    {
        if (_client is not null)
        {
            // A connection's client lives on; only the ear is taken off.
            _client.Retrying -= OnRetrying;
        }
    }

    private void OnRetrying(object? sender, RetryingEventArgs e)
    {
        if (!IsWorking)
        {
            return;
        }

        string next = e.Attempt == 0
            ? string.Create(CultureInfo.InvariantCulture, $"going on in {e.Delay.TotalSeconds:0} s")
            : string.Create(CultureInfo.InvariantCulture, $"trying again in {e.Delay.TotalSeconds:0} s (try {e.Attempt + 1})");
        string text = $"{e.Call}: {e.Reason}; {next}.";
        TryPost(() =>
        {
            if (e.Delay >= WorthAWarning)
            {
                WriteWarning(text);
            }
            else
            {
                WriteVerbose(text);
            }
        });
    }
}
