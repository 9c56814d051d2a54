using System.Management.Automation;
using GPhotos.Core.Api;
using GPhotos.Core.Auth;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Completion;
using GPhotos.PowerShell.Errors;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Add-GPhotoAlbumEnrichment: puts a text, a place or a map with a way into albums.</summary>
[Cmdlet(VerbsCommon.Add, "GPhotoAlbumEnrichment", DefaultParameterSetName = TextSet, SupportsShouldProcess = true)]
[OutputType(typeof(AlbumEnrichment))]
[NeedsScope(GPhotosScopes.AppendOnly, GPhotosScopes.EditAppCreatedData)]
public sealed class AddGPhotoAlbumEnrichmentCommand : ConnectedCmdlet
{
    private const string TextSet = "Text";
    private const string LocationSet = "Location";
    private const string RouteSet = "Route";

    /// <summary>The album: the object, its id or its title.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AlbumId")]
    [ArgumentCompleter(typeof(AlbumTitleCompleter))]
    [ValidateNotNull]
    public AlbumReference? Album { get; set; }

    /// <summary>A text.</summary>
    [Parameter(ParameterSetName = TextSet, Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Text { get; set; }

    /// <summary>A place, by its name.</summary>
    [Parameter(ParameterSetName = LocationSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Location { get; set; }

    /// <summary>Degrees north of the equator.</summary>
    [Parameter(ParameterSetName = LocationSet, Mandatory = true)]
    [ValidateRange(-90.0, 90.0)]
    public double Latitude { get; set; }

    /// <summary>Degrees east of Greenwich.</summary>
    [Parameter(ParameterSetName = LocationSet, Mandatory = true)]
    [ValidateRange(-180.0, 180.0)]
    public double Longitude { get; set; }

    /// <summary>Where the way begins, by its name.</summary>
    [Parameter(ParameterSetName = RouteSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Origin { get; set; }

    /// <summary>Degrees north of the equator, where the way begins.</summary>
    [Parameter(ParameterSetName = RouteSet, Mandatory = true)]
    [ValidateRange(-90.0, 90.0)]
    public double OriginLatitude { get; set; }

    /// <summary>Degrees east of Greenwich, where the way begins.</summary>
    [Parameter(ParameterSetName = RouteSet, Mandatory = true)]
    [ValidateRange(-180.0, 180.0)]
    public double OriginLongitude { get; set; }

    /// <summary>Where the way ends, by its name.</summary>
    [Parameter(ParameterSetName = RouteSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Degrees north of the equator, where the way ends.</summary>
    [Parameter(ParameterSetName = RouteSet, Mandatory = true)]
    [ValidateRange(-90.0, 90.0)]
    public double DestinationLatitude { get; set; }

    /// <summary>Degrees east of Greenwich, where the way ends.</summary>
    [Parameter(ParameterSetName = RouteSet, Mandatory = true)]
    [ValidateRange(-180.0, 180.0)]
    public double DestinationLongitude { get; set; }

    /// <summary>Before everything else in the album. The end is the default.</summary>
    [Parameter]
    public SwitchParameter First { get; set; }

    /// <summary>Right after a media item of the album.</summary>
    [Parameter]
    [ValidateNotNull]
    public MediaItemReference? AfterMediaItem { get; set; }

    /// <summary>Right after what an earlier call put into the album.</summary>
    [Parameter]
    [ValidateNotNull]
    public AlbumEnrichmentReference? AfterEnrichment { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (((bool[])[First, AfterMediaItem is not null, AfterEnrichment is not null]).Count(given => given) > 1)
        {
            ThrowTerminatingError(ErrorRecords.From(new InvalidRequestException("One place only: -First, -AfterMediaItem or -AfterEnrichment.")));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        AlbumReference album = Album!;
        string what = ParameterSetName switch
        {
            LocationSet => $"place '{Location}'",
            RouteSet => $"map from '{Origin}' to '{Destination}'",
            _ => $"text '{Text}'",
        };
        if (ShouldProcess($"Album '{Printable.Of($"{album}")}'", $"Add {Printable.Of(what)}"))
        {
            Run(() => ForOneAsync(album.IdOrTitle, () => AddAsync(album)));
        }
    }

    private async Task AddAsync(AlbumReference album)
    {
        AlbumPosition position = First ? AlbumPosition.First
            : AfterMediaItem is not null ? AlbumPosition.AfterMediaItem(AfterMediaItem.RequiredId)
            : AfterEnrichment is not null ? AlbumPosition.AfterEnrichment(AfterEnrichment.Id)
            : AlbumPosition.Last;
        NewAlbumEnrichment enrichment = ParameterSetName switch
        {
            LocationSet => NewAlbumEnrichment.OfLocation(new PhotoLocation(Location!, Latitude, Longitude)),
            RouteSet => NewAlbumEnrichment.OfRoute(
                new PhotoLocation(Origin!, OriginLatitude, OriginLongitude),
                new PhotoLocation(Destination!, DestinationLatitude, DestinationLongitude)),
            _ => NewAlbumEnrichment.OfText(Text!),
        };
        string id = album.Album?.Id ?? (await Client.Albums.FindAsync(album.IdOrTitle, StopToken)).Id;
        await PostObjectAsync(await Client.Albums.AddEnrichmentAsync(id, enrichment, position, StopToken));
    }
}
