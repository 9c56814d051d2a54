using System.Management.Automation;
using GPhotos.Core.Downloads;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Save-GPhotoMediaItem: downloads media items into a folder, in lanes, while the input still arrives.</summary>
[Cmdlet(VerbsData.Save, "GPhotoMediaItem", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true)]
[OutputType(typeof(SaveResult))]
public sealed class SaveGPhotoMediaItemCommand : ConnectedCmdlet
{
    private const string InputObjectSet = "InputObject";
    private const string IdSet = "Id";

    private readonly Intake<SaveRequest> _requests;
    private string _destination = "";
    private int _done;

    /// <summary>Makes the cmdlet.</summary>
    public SaveGPhotoMediaItemCommand() => _requests = new Intake<SaveRequest>(this, SaveAsync);

    /// <summary>Media items, as Get-GPhotoMediaItem gives them.</summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public MediaItem[]? InputObject { get; set; }

    /// <summary>Media items by their ids, for objects that came from a file or another session.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>The folder; made when missing. The current location by default.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>How many items travel at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>Download again, and replace files of the same name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override ProgressRecord? CurrentProgress => new(
        1, "Saving media items", $"{_done} of {_requests.Count} saved to {_destination}");

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _destination = DestinationFolder();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IEnumerable<SaveRequest> requests = ParameterSetName == IdSet
            ? Id!.Select(id => new SaveRequest(id, null))
            : InputObject!.Select(item => new SaveRequest(item.Id, item));
        foreach (SaveRequest request in requests)
        {
            if (ShouldProcess($"Media item '{Printable.Of(request.MediaItem?.FileName ?? request.Id)}'", $"Save to '{_destination}'"))
            {
                _requests.Add(request);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _requests.Complete();
        base.EndProcessing();
    }

    private async Task SaveAsync(IAsyncEnumerable<SaveRequest> requests)
    {
        SaveOptions options = new() { Destination = _destination, ThrottleLimit = ThrottleLimit, Force = Force };
        await foreach (SaveOutcome outcome in Client.Saver.SaveAsync(requests, options, StopToken))
        {
            _done += outcome.Request is null ? 0 : 1;
            await (outcome.Result is { } result
                ? PostAsync(() => WriteResult(result))
                : PostErrorAsync(outcome.Error!, outcome.Request is { } r ? r.MediaItem ?? (object)r.Id : null));
        }
    }

    private void WriteResult(SaveResult result)
    {
        if (result is { Status: SaveStatus.Saved, RenamedFrom: { } name })
        {
            WriteWarning($"No file can safely be called '{Printable.Of(name)}', as Google calls media item {result.Id}: it was saved as '{result.FullName}'.");
        }

        WriteObject(result);
    }

    private string DestinationFolder()
    {
        string named = Destination ?? SessionState.Path.CurrentLocation.Path;
        try
        {
            string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination ?? ".", out ProviderInfo provider, out _);
            if (provider.Name == "FileSystem")
            {
                return path;
            }

            ThrowTerminatingError(Errors.ErrorRecords.From(new FileWriteFailedException(
                $"'{named}' is not a folder of the file system; name one with -Destination.", named)));
        }
        catch (SessionStateException e)
        {
            ThrowTerminatingError(Errors.ErrorRecords.From(new FileWriteFailedException($"'{named}' is on no known drive.", named, e)));
        }

        return "";
    }
}
