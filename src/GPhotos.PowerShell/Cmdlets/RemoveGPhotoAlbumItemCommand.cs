using System.Management.Automation;
using GPhotos.Core.Api;
using GPhotos.Core.Auth;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Remove-GPhotoAlbumItem: takes media items out of an album. They stay in the library.</summary>
[Cmdlet(VerbsCommon.Remove, "GPhotoAlbumItem", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MediaItem), typeof(SendResult), typeof(SaveResult), typeof(string))]
[NeedsScope(GPhotosScopes.EditAppCreatedData)]
public sealed class RemoveGPhotoAlbumItemCommand : AlbumItemCmdlet
{
    /// <inheritdoc/>
    protected override bool IsWanted(string item) => ShouldProcess(item, $"Take out of album '{Printable.Of($"{Album}")}', not out of the library");

    private protected override Task<IReadOnlyList<AlbumItemOutcome>> ChangeAsync(string albumId, IReadOnlyList<string> ids) =>
        Client.Albums.RemoveItemsAsync(albumId, ids, StopToken);
}
