using System.Globalization;
using System.Management.Automation;
using GPhotos.Core.Auth;
using GPhotos.Core.Picker;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Select-GPhotoMediaItem: lets a person pick in the browser, and gives what was picked.</summary>
/// <remarks>
/// Without -WhatIf: it changes nothing of the user's. The session is Google's note of a choice, and is gone when the pipeline is over.
/// </remarks>
[Cmdlet(VerbsCommon.Select, "GPhotoMediaItem", DefaultParameterSetName = NewSet)]
[OutputType(typeof(MediaItem))]
[NeedsScope(GPhotosScopes.ReadPickedMediaItems)]
public sealed class SelectGPhotoMediaItemCommand : ConnectedCmdlet
{
    private const string NewSet = "New";
    private const string SessionSet = "Session";

    private string? _toDelete;
    private DateTimeOffset? _waitsUntil;
    private bool _isPicked;
    private int _count;

    /// <summary>The most items that can be picked. Google's own limit by default: 2,000.</summary>
    [Parameter(ParameterSetName = NewSet)]
    [ValidateRange(1, PickingSessions.MaxItemCount)]
    public int? MaximumCount { get; set; }

    /// <summary>Goes on with a session that was kept: waits until it is picked in, then gives what was picked.</summary>
    [Parameter(ParameterSetName = SessionSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? SessionId { get; set; }

    /// <summary>Print the page's address and a QR code of it instead of opening a browser.</summary>
    [Parameter]
    public SwitchParameter NoBrowser { get; set; }

    /// <summary>Leave the session open at Google, so that it can be gone on with.</summary>
    [Parameter]
    public SwitchParameter KeepSession { get; set; }

    /// <summary>The longest to wait for the person: seconds or a TimeSpan. As long as Google says by default.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <inheritdoc/>
    protected override bool NeedsScopes => false;

    /// <inheritdoc/>
    protected override ProgressRecord? CurrentProgress
    {
        get
        {
            if (_isPicked)
            {
                return new ProgressRecord(1, "Picking media items", $"{_count} picked");
            }

            if (_waitsUntil is not { } end)
            {
                return null;
            }

            int left = (int)Math.Max(0, Math.Ceiling((end - DateTimeOffset.UtcNow).TotalSeconds));
            return new ProgressRecord(1, "Picking media items", "Waiting for Done on the page in the browser") { SecondsRemaining = left };
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(PickAsync);

    /// <summary>
    /// Ends the session, on every exit. Only now, when every cmdlet of the pipeline is through: one that saves what was picked may have had to list the
    /// session again until its last item.
    /// </summary>
    protected override void Dispose(bool disposing)
    {
        // Ends the work first: a session whose creation was under way is known then.
        base.Dispose(disposing);
        if (disposing && _toDelete is { } id)
        {
            _toDelete = null;
            // Nobody could be told of a failure any more, and Google ends it later anyway.
            Task.WhenAny(Task.Run(() => Client.Picker.TryDeleteAsync(id))).Wait();
        }
    }

    private async Task PickAsync()
    {
        if (SessionId is null && !NoBrowser && !Attendance.IsAttended)
        {
            throw new InvalidRequestException(
                "Nobody is here to pick: this shell runs with -NonInteractive or without a terminal. Use -NoBrowser to print the page's address for somebody who opens it elsewhere, or -SessionId to go on with a session.");
        }

        await NeedScopeAsync(GPhotosScopes.ReadPickedMediaItems, mayOpenBrowser: !NoBrowser);
        PickingSession session = SessionId is null
            ? await Client.Picker.CreateAsync(MaximumCount, null, StopToken)
            : await Client.Picker.GetAsync(SessionId, StopToken);
        _toDelete = KeepSession ? null : session.Id;
        try
        {
            await PostAsync(() => Introduce(session));
            session = await Client.Picker.WaitUntilPickedAsync(session, Timeout, left => _waitsUntil = DateTimeOffset.UtcNow + left, StopToken);
            _isPicked = true;
            await ListAsync(session.Id);
        }
        catch (GPhotosException) when (_count == 0)
        {
            await DeleteAsync();
            throw;
        }
    }

    private void Introduce(PickingSession session)
    {
        if (KeepSession)
        {
            string until = session.ExpireTime is { } end ? string.Create(CultureInfo.InvariantCulture, $" until {end.ToLocalTime():yyyy-MM-dd HH:mm}") : "";
            Tell($"The session is kept{until}. To go on with it: Select-GPhotoMediaItem -SessionId {session.Id}");
        }

        if (session.MediaItemsSet)
        {
            return;
        }

        // The page of a session that is gone on with was opened before, and may still be open.
        if (SessionId is null && !NoBrowser && TryOpenBrowser(session))
        {
            Tell($"Pick on the page that opened in the browser, then choose Done. If none opened, open it yourself: {session.PickerUri.AbsoluteUri}");
            return;
        }

        Tell($"Open this page with the same Google account, pick, then choose Done:\n\n{session.PickerUri.AbsoluteUri}\n\n{QrCode.Draw(session.PickerUri)}\n");
    }

    private bool TryOpenBrowser(PickingSession session)
    {
        try
        {
            SystemBrowser.Open(session.AutoClosingUri);
            return true;
        }
        catch (SignInFailedException e)
        {
            WriteVerbose(e.Message);
            return false;
        }
    }

    private async Task ListAsync(string sessionId)
    {
        Task written = Task.CompletedTask;
        await foreach (IReadOnlyList<MediaItem> page in Client.Picker.ListPagesAsync(sessionId, StopToken))
        {
            // The next page is asked for while this one is written, but none beyond it.
            await written;
            _count += page.Count;
            written = PostObjectsAsync(page);
        }

        await written;
        if (_count == 0)
        {
            await PostAsync(() => WriteVerbose("Nothing was picked."));
            await DeleteAsync();
        }
    }

    // While the pipeline can still be told.
    private async Task DeleteAsync()
    {
        if (_toDelete is { } id)
        {
            _toDelete = null;
            if (await Client.Picker.TryDeleteAsync(id) is { } error)
            {
                await PostAsync(() => WriteWarning($"The picking session could not be ended, and stays open until Google ends it: {error.Message}"));
            }
        }
    }
}
