using System.Management.Automation;
using GPhotos.Core.Auth;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Completion;
using GPhotos.PowerShell.Errors;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Set-GPhotoAlbum: changes the title or the cover of albums.</summary>
[Cmdlet(VerbsCommon.Set, "GPhotoAlbum", SupportsShouldProcess = true)]
[OutputType(typeof(Album))]
[NeedsScope(GPhotosScopes.EditAppCreatedData)]
public sealed class SetGPhotoAlbumCommand : ConnectedCmdlet
{
    /// <summary>The album: the object, its id or its title.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AlbumId")]
    [ArgumentCompleter(typeof(AlbumTitleCompleter))]
    [ValidateNotNull]
    public AlbumReference? Album { get; set; }

    /// <summary>The new title; 500 characters at most. Not by property name: an album would bring its old one along.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>The media item whose picture is the cover. It must be in the album.</summary>
    [Parameter]
    [ValidateNotNull]
    public MediaItemReference? CoverMediaItem { get; set; }

    /// <summary>Give the album as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Title is null && CoverMediaItem is null)
        {
            ThrowTerminatingError(ErrorRecords.From(new InvalidRequestException("Nothing to change: name a -Title, a -CoverMediaItem or both.")));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        AlbumReference album = Album!;
        string action = string.Join(" and ", Changes());
        if (ShouldProcess($"Album '{Printable.Of($"{album}")}'", action))
        {
            Run(() => ForOneAsync(album.IdOrTitle, () => ChangeAsync(album)));
        }
    }

    private async Task ChangeAsync(AlbumReference album)
    {
        string? cover = CoverMediaItem?.RequiredId;
        string id = album.Album?.Id ?? (await Client.Albums.FindAsync(album.IdOrTitle, StopToken)).Id;
        Album changed = await Client.Albums.UpdateAsync(id, Title, cover, StopToken);
        if (PassThru)
        {
            await PostObjectAsync(changed);
        }
    }

    private IEnumerable<string> Changes()
    {
        if (Title is not null)
        {
            yield return $"Set the title to '{Title}'";
        }

        if (CoverMediaItem is not null)
        {
            yield return $"Set the cover to '{Printable.Of(CoverMediaItem.ToString())}'";
        }
    }
}
