using System.Management.Automation;
using GPhotos.Core.Auth;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Errors;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Set-GPhotoMediaItem: changes the description of media items.</summary>
[Cmdlet(VerbsCommon.Set, "GPhotoMediaItem", SupportsShouldProcess = true)]
[OutputType(typeof(MediaItem))]
[NeedsScope(GPhotosScopes.EditAppCreatedData)]
public sealed class SetGPhotoMediaItemCommand : ConnectedCmdlet
{
    /// <summary>Media items by their ids, or by objects that have one as Id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public MediaItemReference[]? Id { get; set; }

    /// <summary>The description, fewer than 1,000 characters. An empty one clears it. Google allows no text made by a program.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>Give the media item as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (MediaItemReference item in Id!)
        {
            // Each row of a file may have one or not.
            if (Description is not { } description)
            {
                WriteError(ErrorRecords.From(new InvalidRequestException("Nothing to change: name a -Description."), item.Id ?? item.Input));
            }
            else if (ShouldProcess(
                $"Media item '{Printable.Of(item.ToString())}'", description.Length == 0 ? "Clear the description" : $"Set the description to '{Printable.Of(description)}'"))
            {
                Run(() => ForOneAsync(item.Id ?? item.Input, () => ChangeAsync(item, description)));
            }
        }
    }

    private async Task ChangeAsync(MediaItemReference item, string description)
    {
        MediaItem changed = await Client.MediaItems.UpdateDescriptionAsync(item.RequiredId, description, StopToken);
        if (PassThru)
        {
            await PostObjectAsync(changed);
        }
    }
}
