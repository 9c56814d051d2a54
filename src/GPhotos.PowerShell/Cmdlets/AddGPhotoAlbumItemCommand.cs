using System.Management.Automation;
using GPhotos.Core.Api;
using GPhotos.Core.Auth;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Add-GPhotoAlbumItem: puts media items at the end of an album.</summary>
[Cmdlet(VerbsCommon.Add, "GPhotoAlbumItem", SupportsShouldProcess = true)]
[OutputType(typeof(MediaItem), typeof(SendResult), typeof(SaveResult), typeof(string))]
[NeedsScope(GPhotosScopes.AppendOnly, GPhotosScopes.EditAppCreatedData)]
public sealed class AddGPhotoAlbumItemCommand : AlbumItemCmdlet
{
    /// <inheritdoc/>
    protected override bool IsWanted(string item) => ShouldProcess(item, $"Add to album '{Printable.Of($"{Album}")}'");

    private protected override Task<IReadOnlyList<AlbumItemOutcome>> ChangeAsync(string albumId, IReadOnlyList<string> ids) =>
        Client.Albums.AddItemsAsync(albumId, ids, StopToken);
}
