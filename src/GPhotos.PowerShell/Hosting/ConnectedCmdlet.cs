using System.Globalization;
using GPhotos.Core;

namespace GPhotos.PowerShell.Hosting;

/// <summary>A cmdlet that talks to Google Photos over the session's connection.</summary>
public abstract class ConnectedCmdlet : PumpedCmdlet
{
    // Shorter waits pass without a word; a long one would look like a hang.
    private static readonly TimeSpan WorthAWarning = TimeSpan.FromSeconds(20);

    private GPhotosClient? _client;

    internal GPhotosClient Client => _client!;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _client = Connections.Current().Client;
            _client.Retrying += OnRetrying;
        }
        catch (GPhotosException e)
        {
            ThrowTerminatingError(Errors.ErrorRecords.From(e));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && _client is not null)
        {
            // The client lives on with its connection; only the ear is taken off.
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
