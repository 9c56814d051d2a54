using System.Management.Automation;
using GPhotos.Core.Auth;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>New-GPhotoAlbum: makes albums.</summary>
[Cmdlet(VerbsCommon.New, "GPhotoAlbum", SupportsShouldProcess = true)]
[OutputType(typeof(Album))]
[NeedsScope(GPhotosScopes.AppendOnly)]
public sealed class NewGPhotoAlbumCommand : ConnectedCmdlet
{
    /// <summary>The titles; 500 characters at most each. Google does not keep titles unique.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? Title { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string title in Title!)
        {
            if (ShouldProcess($"Album '{title}'", "Create"))
            {
                Run(() => ForOneAsync(title, async () => await PostObjectAsync(await Client.Albums.CreateAsync(title, StopToken))));
            }
        }
    }
}
