using System.Management.Automation;
using System.Threading.Channels;
using GPhotos.Core.Auth;
using GPhotos.Core.Comparison;
using GPhotos.Core.Quota;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Completion;
using GPhotos.PowerShell.Errors;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Compare-GPhotoMediaItem: tells which local files are not among media items, and which media items are not here. Downloads nothing.</summary>
[Cmdlet(VerbsData.Compare, "GPhotoMediaItem", DefaultParameterSetName = PathSet)]
[OutputType(typeof(MediaItemComparison), typeof(ComparisonSummary))]
[NeedsScope(GPhotosScopes.ReadAppCreatedData)]
public sealed class CompareGPhotoMediaItemCommand : ConnectedCmdlet
{
    private const string PathSet = "Path";
    private const string PathAlbumSet = "PathAlbum";
    private const string PathInputObjectSet = "PathInputObject";
    private const string LiteralPathSet = "LiteralPath";
    private const string LiteralPathAlbumSet = "LiteralPathAlbum";
    private const string LiteralPathInputObjectSet = "LiteralPathInputObject";

    private readonly Channel<string> _paths = Channel.CreateUnbounded<string>();
    private readonly Channel<MediaItem> _piped = Channel.CreateUnbounded<MediaItem>();
    private FileInput? _files;
    private ComparisonRun? _comparison;
    private Task? _comparing;
    private int _libraryCalls;

    /// <summary>Folders, for the files in them, and files, with wildcards.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = PathAlbumSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = PathInputObjectSet, Mandatory = true, Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Folders and files, taken as they are written.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [Parameter(ParameterSetName = LiteralPathAlbumSet, Mandatory = true)]
    [Parameter(ParameterSetName = LiteralPathInputObjectSet, Mandatory = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Compares with an album: the object, its id or its title.</summary>
    [Parameter(ParameterSetName = PathAlbumSet, Mandatory = true, Position = 1)]
    [Parameter(ParameterSetName = LiteralPathAlbumSet, Mandatory = true)]
    [ArgumentCompleter(typeof(AlbumTitleCompleter))]
    [ValidateNotNull]
    public AlbumReference? Album { get; set; }

    /// <summary>Compares with these media items, of any door: Get-GPhotoMediaItem, Select-GPhotoMediaItem, Get-GPhotoTakeoutItem.</summary>
    [Parameter(ParameterSetName = PathInputObjectSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = LiteralPathInputObjectSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("MediaItem")]
    [AllowEmptyCollection]
    public MediaItem[]? InputObject { get; set; }

    /// <summary>Compares with the media items of days, months, years, or days of every year: 2017-10-05, 2017-10, 2017, *-10-05. Up to five.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [PhotoDateTransformation]
    [ValidateCount(1, 5)]
    public PhotoDate[]? Date { get; set; }

    /// <summary>The first date of a range; the beginning of time by default.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [PhotoDateTransformation]
    public PhotoDate? StartDate { get; set; }

    /// <summary>The last date of a range, included; the end of time by default.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [PhotoDateTransformation]
    public PhotoDate? EndDate { get; set; }

    /// <summary>The folders below a folder, too.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Only files whose name matches one of these.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? Include { get; set; }

    /// <summary>No files whose name matches one of these, and nothing in folders below whose name does.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? Exclude { get; set; }

    /// <summary>Gives the pairs, too.</summary>
    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    /// <summary>Gives the numbers in place of the rows.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc/>
    protected override bool NeedsSignIn => !TakesItems;

    /// <inheritdoc/>
    protected override ProgressRecord? CurrentProgress => _comparison is { } comparison
        ? new ProgressRecord(1, "Comparing files with Google Photos", $"{comparison.Files:N0} files and {comparison.Items:N0} media items seen")
        : null;

    // Nothing may come through the pipeline, and that is not the whole library then.
    private bool TakesItems => ParameterSetName is PathInputObjectSet or LiteralPathInputObjectSet || MyInvocation.ExpectingInput;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (MyInvocation.ExpectingInput && (Album is not null || Date is not null || StartDate is not null || EndDate is not null))
        {
            ThrowTerminatingError(ErrorRecords.From(new InvalidRequestException(
                "Media items from the pipeline are compared alone: -Album and dates do not go with them.")));
        }

        base.BeginProcessing();
        _files = new FileInput(this, Recurse, Include, Exclude, opensFolders: true);
        bool literally = LiteralPath is not null;
        string[] named = LiteralPath ?? Path!;
        List<IEnumerable<string>> found = [.. named.Select(p => _files.Files(p, literally))];
        if (_files.Errors == named.Length)
        {
            // Beside a folder that is not there everything would seem to be missing. The errors are told.
            return;
        }

        IAsyncEnumerable<MediaItem> items = TakesItems ? _piped.Reader.ReadAllAsync(StopToken) : ListAsync();
        _comparing = Start(() => CompareAsync(items));
        foreach (string path in found.SelectMany(static f => f))
        {
            _paths.Writer.TryWrite(path);
            PumpWaiting();
        }

        _paths.Writer.Complete();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (MediaItem item in InputObject ?? [])
        {
            _piped.Writer.TryWrite(item);
        }

        PumpWaiting();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _piped.Writer.Complete();
        if (_comparing is not null)
        {
            PumpUntil(_comparing);
            if (Summary)
            {
                WriteObject(_comparison!.Summarize(_files!.Errors, _libraryCalls));
            }
        }

        if (_files!.PassedOverText is { } passedOver)
        {
            WriteWarning(passedOver);
        }

        base.EndProcessing();
    }

    private async Task CompareAsync(IAsyncEnumerable<MediaItem> items)
    {
        // Not to bound the calls, but to count them.
        using CallBudget budget = CallBudget.Begin(int.MaxValue);
        _comparison = Client.Comparer.Begin();
        await foreach (ComparisonFinding finding in _comparison.CompareAsync(_paths.Reader.ReadAllAsync(StopToken), items, StopToken))
        {
            _libraryCalls = budget.Maximum - budget.Left;
            if (finding.Notice is { } notice)
            {
                await PostAsync(() => WriteWarning(notice));
            }
            else if (finding.Error is { } error)
            {
                await PostErrorAsync(error, finding.Subject);
            }
            else if (!Summary && (IncludeEqual || finding.Row!.SideIndicator != "=="))
            {
                await PostObjectAsync(finding.Row!);
            }
        }

        _libraryCalls = budget.Maximum - budget.Left;
    }

    private async IAsyncEnumerable<MediaItem> ListAsync()
    {
        MediaItemQuery query = Album is null
            ? LibraryQuery()
            : AlbumQuery(Album.Album ?? await Client.Albums.FindAsync(Album.IdOrTitle, StopToken));
        bool isEmpty = true;
        await foreach (MediaItem item in Client.MediaItems.ListAsync(query, StopToken))
        {
            isEmpty = false;
            yield return item;
        }

        if (isEmpty && Album is null && query.IsUnfiltered && EmptyLibrary.TellOnce() is { } warning)
        {
            await PostAsync(() => WriteWarning(warning));
        }
    }

    private static MediaItemQuery AlbumQuery(Album album) => new() { AlbumId = album.Id, AlbumTitle = album.Title };

    private MediaItemQuery LibraryQuery()
    {
        try
        {
            // What is archived is there all the same.
            return new MediaItemQuery { Dates = Date ?? [], DateRanges = DateRange.Between(StartDate, EndDate), IncludeArchived = true };
        }
        catch (ArgumentException e)
        {
            throw new InvalidRequestException(e.Message, e);
        }
    }
}
