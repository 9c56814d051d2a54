using System.Management.Automation;
using GPhotos.PowerShell.Errors;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Get-GPhotosContext: shows the connection in use. Sends nothing.</summary>
[Cmdlet(VerbsCommon.Get, "GPhotosContext")]
[OutputType(typeof(GPhotosContext))]
public sealed class GetGPhotosContextCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            WriteObject(Connections.Current().Context);
        }
        catch (GPhotosException e)
        {
            WriteError(ErrorRecords.From(e));
        }
    }
}
