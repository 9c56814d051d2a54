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

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _client = Connections.Current().Client;
            _client.Retrying += OnRetrying;
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

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _signedOut?.Dispose();
            if (_client is not null)
            {
                // A connection's client lives on; only the ear is taken off.
                _client.Retrying -= OnRetrying;
            }
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
