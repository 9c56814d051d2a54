using System.Globalization;
using System.Management.Automation;
using GPhotos.Core.Auth;
using GPhotos.Core.Quota;
using GPhotos.Core.Uploads;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Completion;
using GPhotos.PowerShell.Errors;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Send-GPhotoMediaItem: uploads files in lanes while the input still arrives, and makes media items of them.</summary>
/// <remarks>
/// There is no default parameter set: the engine would try it first, and a row of a CSV file with a Description or an Album, which belong to every
/// set, would be bound to it and its FullName or Uri never looked at.
/// </remarks>
[Cmdlet(VerbsCommunications.Send, "GPhotoMediaItem", SupportsShouldProcess = true)]
[OutputType(typeof(SendResult))]
[NeedsScope(GPhotosScopes.AppendOnly)]
public sealed class SendGPhotoMediaItemCommand : ConnectedCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string UriSet = "Uri";
    private const string InputObjectSet = "InputObject";

    private readonly Intake<SendRequest> _requests;
    private readonly Dictionary<string, string> _folderOfTitle = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _foldersToldOf = new(StringComparer.Ordinal);
    private FileInput? _files;
    private Forecaster? _forecast;
    private AlbumReference? _oneAlbum;
    private int _done;

    /// <summary>Makes the cmdlet.</summary>
    public SendGPhotoMediaItemCommand() => _requests = new Intake<SendRequest>(this, SendAsync);

    /// <summary>Files, with wildcards; folders with -Recurse.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NotARow]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Files, taken as they are written. Get-ChildItem binds here.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Web addresses, streamed into Google Photos with no file in between.</summary>
    [Parameter(ParameterSetName = UriSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public Uri[]? Uri { get; set; }

    /// <summary>Media items of Takeout archives, as Get-GPhotoTakeoutItem gives them: streamed from the archive, with their description and albums.</summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public MediaItem[]? InputObject { get; set; }

    /// <summary>The album to put them in: the object, its id or its title. A title that no album has is made.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AlbumTitleCompleter))]
    [AllowNull]
    public AlbumReference? Album { get; set; }

    /// <summary>Puts each file into an album with the name of its folder.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter AlbumFromFolder { get; set; }

    /// <summary>Sends what is in folders and below them.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Only files whose name matches one of these.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [SupportsWildcards]
    public string[]? Include { get; set; }

    /// <summary>No files whose name matches one of these, and nothing in folders whose name does.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [SupportsWildcards]
    public string[]? Exclude { get; set; }

    /// <summary>A description the user wrote. Google allows no text made by a program.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>How many files travel at once. Media items are made one call at a time all the same.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>How many Library calls this run may send. What does not fit comes out as Pending.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumCalls { get; set; }

    /// <summary>Lets Google check the SHA-1 of each file on arrival.</summary>
    [Parameter]
    public SwitchParameter VerifyChecksum { get; set; }

    /// <summary>Sends what the journal knows as sent or refused all the same.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override bool NeedsScopes => false;

    /// <inheritdoc/>
    protected override ProgressRecord? CurrentProgress => new(1, "Sending files to Google Photos", $"{_done} of {_requests.Count} sent");

    private SendOptions Options => new() { ThrottleLimit = ThrottleLimit, Force = Force, VerifyChecksum = VerifyChecksum };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // A script block for -Album is among the bound parameters too, but has no value before the first input: each has its own.
        _oneAlbum = Album;
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Album)) && AlbumFromFolder)
        {
            ThrowTerminatingError(ErrorRecords.From(new InvalidRequestException("-Album and -AlbumFromFolder exclude each other.")));
        }

        _files = new FileInput(this, Recurse, Include, Exclude);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (SendRequest request in Requests())
        {
            string target = request.Path;
            string action = request.Album is null ? "Send to Google Photos" : $"Send to Google Photos, album '{Album?.ToString() ?? request.Album}'";
            if (ShouldProcess($"Performing the operation \"{action}\" on target \"{target}\".", $"{action}: {target}", null, out ShouldProcessReason reason))
            {
                _requests.Add(request);
            }
            else if (reason == ShouldProcessReason.WhatIf)
            {
                Run(() => (_forecast ??= Client.Sender.NewForecast(Options)).AddAsync(request, StopToken));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _requests.Complete();
        if (_files!.PassedOverText is { } passedOver)
        {
            WriteWarning(passedOver);
        }

        if (_forecast is not null)
        {
            ShouldProcess(Describe(_forecast.Forecast, Client.Quota.Today()), null, null, out _);
            if (Client.Options.Lacks(GPhotosScopes.AppendOnly) is { } missing)
            {
                WriteError(ErrorRecords.From(missing));
            }
        }

        base.EndProcessing();
    }

    private static string Describe(SendForecast forecast, GPhotosQuota quota)
    {
        string text = string.Create(
            CultureInfo.CurrentCulture,
            $"Sending {forecast.Files:N0} files with {forecast.Bytes:N0} bytes takes {forecast.Calls:N0} calls; {quota.LibraryCallsLeft:N0} of {quota.LibraryCallLimit:N0} are left today.");
        text += forecast.AlreadyInLibrary == 0 ? "" : string.Create(CultureInfo.CurrentCulture, $" {forecast.AlreadyInLibrary:N0} of the files are in the library already.");
        text += forecast.Refused == 0 ? "" : string.Create(CultureInfo.CurrentCulture, $" {forecast.Refused:N0} cannot be sent.");
        text += forecast.Addresses == 0 ? "" : string.Create(CultureInfo.CurrentCulture, $" {forecast.Addresses:N0} are web addresses, whose length is not known yet.");
        return forecast.Calls <= quota.LibraryCallsLeft ? text : text + " What does not fit into today comes out as Pending: run the same command again tomorrow.";
    }

    private IEnumerable<SendRequest> Requests() =>
        (ParameterSetName switch
        {
            UriSet => Uri!.Select(a => new SendRequest(a)),
            InputObjectSet => InputObject!.SelectMany(InItsAlbums),
            LiteralPathSet => LiteralPath!.SelectMany(p => _files!.Files(p, literally: true)).Select(p => new SendRequest(p)),
            _ => Path!.SelectMany(p => _files!.Files(p, literally: false)).Select(p => new SendRequest(p)),
        }).Select(r => r with
        {
            Album = AlbumFromFolder ? TitleOfFolder(r.Path) : Album?.IdOrTitle ?? r.Album,
            AlbumId = Album?.Album?.Id,
            Description = string.IsNullOrEmpty(Description) ? null : Description,
        });

    // The bytes travel once: the journal knows them for the albums after the first.
    private IEnumerable<SendRequest> InItsAlbums(MediaItem item) => Album is not null || item.AlbumTitles.Count == 0
        ? [new SendRequest(item)]
        : item.AlbumTitles.Select(t => new SendRequest(item) { Album = t });

    private string? TitleOfFolder(string file)
    {
        string folder = System.IO.Path.GetDirectoryName(file)!;
        string title = System.IO.Path.GetFileName(folder);
        if (title.Length == 0)
        {
            return null;
        }

        if (!_folderOfTitle.TryAdd(title, folder) && _folderOfTitle[title] != folder && _foldersToldOf.Add(folder))
        {
            WriteWarning($"'{folder}' and '{_folderOfTitle[title]}' go into the same album, '{title}'.");
        }

        return title;
    }

    private async Task SendAsync(IAsyncEnumerable<SendRequest> requests)
    {
        using CallBudget? budget = MaximumCalls > 0 ? CallBudget.Begin(MaximumCalls) : null;
        // Without the scope nothing is looked for: the sender says so, and every input comes out as Pending.
        if (_oneAlbum is not null && Client.Options.Lacks(GPhotosScopes.AppendOnly) is null)
        {
            requests = await IntoAsync(requests, _oneAlbum);
        }

        await foreach (SendOutcome outcome in Client.Sender.SendAsync(requests, Options, StopToken))
        {
            _done += outcome.Request is null ? 0 : 1;
            await (outcome.Result is { } result
                ? PostObjectAsync(result)
                : PostErrorAsync(outcome.Error!, outcome.Request?.Path));
        }
    }

    // Known before a byte travels; an album that cannot be had ends it all.
    private async Task<IAsyncEnumerable<SendRequest>> IntoAsync(IAsyncEnumerable<SendRequest> requests, AlbumReference album)
    {
        try
        {
            string albumId = album.Album?.Id ?? (await Client.FindOrCreateAlbumAsync(album.IdOrTitle, StopToken)).Id;
            return requests.Select(r => r with { AlbumId = albumId });
        }
        catch (GPhotosException e) when (e.EndsTheRun)
        {
            // No fault of the album's: the sender meets the same, and every input comes out as Pending.
            return requests;
        }
    }

    /// <summary>
    /// Keeps the engine from taking a whole row of a CSV file for a path, as text such as "@{Uri=…}": its columns are what is meant.
    /// </summary>
    [AttributeUsage(AttributeTargets.Property)]
    private sealed class NotARowAttribute : ArgumentTransformationAttribute
    {
        /// <inheritdoc/>
        public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
            inputData is PSObject { BaseObject: PSCustomObject }
                ? throw new PSInvalidCastException("A row is no path; its columns Path, LiteralPath, FullName or Uri may hold one.")
                : inputData;
    }
}
