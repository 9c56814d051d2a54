using System.Management.Automation;
using GPhotos.Core.Api;
using GPhotos.Core.Auth;
using GPhotos.Core.Downloads;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Completion;
using GPhotos.PowerShell.Errors;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Get-GPhotoMediaItem: lists, searches and gets media items.</summary>
[Cmdlet(VerbsCommon.Get, "GPhotoMediaItem", DefaultParameterSetName = LibrarySet, SupportsPaging = true)]
[OutputType(typeof(MediaItem))]
[NeedsScope(GPhotosScopes.ReadAppCreatedData)]
public sealed class GetGPhotoMediaItemCommand : ConnectedCmdlet
{
    private const string LibrarySet = "Library";
    private const string AlbumSet = "Album";
    private const string InputObjectSet = "InputObject";
    private const string IdSet = "Id";

    private readonly List<string> _ids = [];
    private ulong _skip;
    private ulong _left;
    private bool _found;
    private SavedItems? _saved;

    /// <summary>Days, months, years, or days of every year: 2017-10-05, 2017-10, 2017, *-10-05. Up to five.</summary>
    [Parameter(ParameterSetName = LibrarySet, Position = 0)]
    [PhotoDateTransformation]
    [ValidateCount(1, 5)]
    public PhotoDate[]? Date { get; set; }

    /// <summary>The first date of a range; the beginning of time by default.</summary>
    [Parameter(ParameterSetName = LibrarySet)]
    [PhotoDateTransformation]
    public PhotoDate? StartDate { get; set; }

    /// <summary>The last date of a range, included; the end of time by default.</summary>
    [Parameter(ParameterSetName = LibrarySet)]
    [PhotoDateTransformation]
    public PhotoDate? EndDate { get; set; }

    /// <summary>Any of these categories, as Google recognised them. Up to ten.</summary>
    [Parameter(ParameterSetName = LibrarySet)]
    [ValidateCount(1, 10)]
    public ContentCategory[]? Category { get; set; }

    /// <summary>None of these categories. Up to ten.</summary>
    [Parameter(ParameterSetName = LibrarySet)]
    [ValidateCount(1, 10)]
    public ContentCategory[]? ExcludeCategory { get; set; }

    /// <summary>Photos or videos only.</summary>
    [Parameter(ParameterSetName = LibrarySet)]
    public MediaType MediaType { get; set; }

    /// <summary>Favourites only.</summary>
    [Parameter(ParameterSetName = LibrarySet)]
    public SwitchParameter Favorite { get; set; }

    /// <summary>Archived items too.</summary>
    [Parameter(ParameterSetName = LibrarySet)]
    public SwitchParameter IncludeArchived { get; set; }

    /// <summary>Newest first. A listing by date alone is oldest first without it; any other comes newest first from Google.</summary>
    [Parameter(ParameterSetName = LibrarySet)]
    public SwitchParameter Descending { get; set; }

    /// <summary>The items of an album in its order: the album's title or id.</summary>
    [Parameter(ParameterSetName = AlbumSet, Mandatory = true)]
    [ArgumentCompleter(typeof(AlbumTitleCompleter))]
    [ValidateNotNull]
    public AlbumReference? Album { get; set; }

    /// <summary>Albums from the pipeline.</summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public Album? InputObject { get; set; }

    /// <summary>Media items by their ids, fifty a call.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Only what is not saved to -Destination yet.</summary>
    [Parameter]
    public SwitchParameter New { get; set; }

    /// <summary>The folder or gs://bucket/prefix that -New looks into. The current location by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>The key file of the service account that reads the bucket.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ServiceAccountPath { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (New)
        {
            Run(OpenSavedAsync);
        }
        else if (Destination is not null || ServiceAccountPath is not null)
        {
            ThrowTerminatingError(ErrorRecords.From(new InvalidRequestException("-Destination and -ServiceAccountPath go with -New.")));
        }

        (_skip, _left) = (PagingParameters.Skip, PagingParameters.First);
        if (PagingParameters.IncludeTotalCount)
        {
            WriteObject(PagingParameters.NewTotalCount(0, 0.0));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case IdSet:
                _ids.AddRange(Id!);
                while (_ids.Count >= MediaItems.MaxBatchSize)
                {
                    Run(() => LookUpAsync(MediaItems.MaxBatchSize));
                }

                break;
            case AlbumSet:
                Run(async () => await ListAlbumAsync(Album!.Album ?? await Client.Albums.FindAsync(Album.IdOrTitle, StopToken)));
                break;
            case InputObjectSet:
                Run(() => ForOneAsync(InputObject!.Id, () => ListAlbumAsync(InputObject)));
                break;
            default:
                Run(ListLibraryAsync);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_ids.Count > 0)
        {
            Run(() => LookUpAsync(_ids.Count));
        }

        base.EndProcessing();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _saved?.Dispose();
        }
    }

    private async Task OpenSavedAsync()
    {
        SaveOptions options = new() { ServiceAccountPath = ServiceAccountPath is null ? null : DestinationPath.Resolve(this, ServiceAccountPath) };
        _saved = await Client.Saver.OpenSavedAsync(DestinationPath.Resolve(this, Destination), options, StopToken);
    }

    private async Task ListLibraryAsync()
    {
        MediaItemQuery query = LibraryQuery();
        await ListAsync(query);
        if (!_found && _left > 0 && query.IsUnfiltered && EmptyLibrary.TellOnce() is { } warning)
        {
            await PostAsync(() => WriteWarning(warning));
        }
    }

    private Task ListAlbumAsync(Album album) => ListAsync(new MediaItemQuery { AlbumId = album.Id, AlbumTitle = album.Title });

    private async Task ListAsync(MediaItemQuery query)
    {
        if (_left == 0)
        {
            return;
        }

        Task written = Task.CompletedTask;
        await foreach (IReadOnlyList<MediaItem> page in Client.MediaItems.ListPagesAsync(query, StopToken))
        {
            // The next page is asked for while this one is written, but none beyond it.
            await written;
            written = PostObjectsAsync(Wanted(page));
            if (_left == 0)
            {
                return;
            }
        }
    }

    private async Task LookUpAsync(int count)
    {
        string[] ids = [.. _ids.Take(count)];
        _ids.RemoveRange(0, count);
        if (_left == 0)
        {
            return;
        }

        foreach (MediaItemLookup lookup in (await LookUpAsync(ids)).TakeWhile(_ => _left > 0))
        {
            if (lookup.Error is { } error)
            {
                await PostErrorAsync(error, lookup.Id);
            }

            // Not waited for one by one, as the pages of a listing are: no further call is held back by it.
            foreach (MediaItem item in Wanted(lookup.MediaItem is { } found ? [found] : []))
            {
                await PostObjectAsync(item);
            }
        }
    }

    // A call that fails whole fails each of its ids: every input comes out.
    private async Task<IReadOnlyList<MediaItemLookup>> LookUpAsync(string[] ids)
    {
        try
        {
            return await Client.MediaItems.BatchGetAsync(ids, StopToken);
        }
        catch (GPhotosException e) when (!e.EndsTheRun)
        {
            return [.. ids.Select(id => new MediaItemLookup(id, null, e))];
        }
    }

    // -Skip and -First count over everything the cmdlet finds, not over each input.
    private MediaItem[] Wanted(IReadOnlyList<MediaItem> page)
    {
        _found |= page.Count > 0;
        if (_saved is { } saved)
        {
            page = [.. page.Where(item => !saved.Holds(item))];
        }

        int skipped = (int)Math.Min(_skip, (ulong)page.Count);
        int taken = (int)Math.Min(_left, (ulong)(page.Count - skipped));
        _skip -= (ulong)skipped;
        _left -= (ulong)taken;
        return [.. page.Skip(skipped).Take(taken)];
    }

    private MediaItemQuery LibraryQuery()
    {
        try
        {
            return new MediaItemQuery
            {
                Dates = Date ?? [],
                DateRanges = DateRange.Between(StartDate, EndDate),
                IncludedCategories = Category ?? [],
                ExcludedCategories = ExcludeCategory ?? [],
                MediaType = MediaType,
                FavoritesOnly = Favorite,
                IncludeArchived = IncludeArchived,
                Order = Descending ? MediaItemOrder.NewestFirst : MediaItemOrder.OldestFirst,
            };
        }
        catch (ArgumentException e)
        {
            throw new InvalidRequestException(e.Message, e);
        }
    }
}
