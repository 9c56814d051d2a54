using System.Management.Automation;
using GPhotos.Core.Auth;
using GPhotos.Core.Downloads;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Errors;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Save-GPhotoMediaItem: downloads media items into a folder or a bucket, in lanes, while the input still arrives.</summary>
[Cmdlet(VerbsData.Save, "GPhotoMediaItem", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true)]
[OutputType(typeof(SaveResult))]
[NeedsScope(GPhotosScopes.ReadAppCreatedData)]
public sealed class SaveGPhotoMediaItemCommand : ConnectedCmdlet
{
    private const string InputObjectSet = "InputObject";
    private const string IdSet = "Id";

    private readonly Intake<SaveRequest> _requests;
    private string? _oneDestination;
    private string? _serviceAccount;
    private string _where = "";
    private int _done;

    /// <summary>Makes the cmdlet.</summary>
    public SaveGPhotoMediaItemCommand() => _requests = new Intake<SaveRequest>(this, SaveAsync);

    /// <summary>Media items of any door, as Get-GPhotoMediaItem, Select-GPhotoMediaItem and Get-GPhotoTakeoutItem give them.</summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("MediaItem")]
    [ValidateNotNull]
    public MediaItem[]? InputObject { get; set; }

    /// <summary>Media items by their ids, for objects that came from a file or another session.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>The folder, made when missing, or gs://bucket/prefix; or a script block that names one for each item. The current location by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Into which folders of the destination.</summary>
    [Parameter]
    public SaveLayout Layout { get; set; }

    /// <summary>Pictures made to fit into this size in place of the originals: 2048x1536.</summary>
    [Parameter]
    [PictureBoundsTransformation]
    public PictureBounds? Size { get; set; }

    /// <summary>Cuts pictures to exactly the size.</summary>
    [Parameter]
    public SwitchParameter Crop { get; set; }

    /// <summary>Saves the moving part of motion photos beside the picture.</summary>
    [Parameter]
    public SwitchParameter Motion { get; set; }

    /// <summary>Writes the metadata as JSON beside each file.</summary>
    [Parameter]
    public SwitchParameter Sidecar { get; set; }

    /// <summary>How long to wait for videos that Google still works on: seconds or a TimeSpan.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan VideoTimeout { get; set; }

    /// <summary>How many items travel at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>Reads what is saved already and compares its hash with that of the catalog.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <summary>Keeps no catalog in the destination.</summary>
    [Parameter]
    public SwitchParameter NoCatalog { get; set; }

    /// <summary>The storage class of new objects in a bucket.</summary>
    [Parameter]
    [ValidateSet("Standard", "Nearline", "Coldline", "Archive")]
    public string? StorageClass { get; set; }

    /// <summary>The key file of the service account that writes into the bucket.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ServiceAccountPath { get; set; }

    /// <summary>Download again, and replace files of the same name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override bool NeedsSignIn => false;

    /// <inheritdoc/>
    protected override ProgressRecord? CurrentProgress => new(
        1, "Saving media items", $"{_done} of {_requests.Count} saved to {_where}");

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            // A script block, or a column of each input, has no value before the first: each has its own.
            _oneDestination = Destination is null ? null : DestinationPath.Resolve(this, Destination);
            _serviceAccount = ServiceAccountPath is null ? null : DestinationPath.Resolve(this, ServiceAccountPath);
        }
        catch (GPhotosException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == IdSet || InputObject!.Any(i => i.Source != MediaItemSource.Takeout))
        {
            RequireSignIn();
        }

        string destination;
        try
        {
            destination = _where = _oneDestination ?? DestinationPath.Resolve(this, Destination);
        }
        catch (GPhotosException e)
        {
            WriteError(ErrorRecords.From(e));
            return;
        }

        IEnumerable<SaveRequest> requests = ParameterSetName == IdSet
            ? Id!.Select(id => new SaveRequest(id, null))
            : InputObject!.Select(item => new SaveRequest(item.Id, item));
        foreach (SaveRequest request in requests)
        {
            if (ShouldProcess($"Media item '{Printable.Of(request.MediaItem?.FileName ?? request.Id)}'", $"Save to '{destination}'"))
            {
                _requests.Add(_oneDestination is null ? request with { Destination = destination } : request);
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
        SaveOptions options = new()
        {
            Destination = _oneDestination,
            Layout = Layout,
            Size = Size,
            Crop = Crop,
            Motion = Motion,
            Sidecar = Sidecar,
            VideoTimeout = VideoTimeout,
            ThrottleLimit = ThrottleLimit,
            Verify = Verify,
            UseCatalog = !NoCatalog,
            StorageClass = StorageClass,
            ServiceAccountPath = _serviceAccount,
            Force = Force,
        };
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
        if (result is { Status: SaveStatus.Saved, RenamedFrom: { } name } && !SaveNames.IsClean(name))
        {
            WriteWarning($"No file can safely be called '{Printable.Of(name)}', as Google calls media item {result.Id}: it was saved as '{result.FullName}'.");
        }

        if (result.SetAsideAs is { } aside)
        {
            WriteWarning($"'{result.FullName}' was not what had been saved there, and is saved anew; what stood there is now '{aside}'.");
        }

        WriteObject(result);
    }
}
