using System.Management.Automation;
using GPhotos.Core;
using GPhotos.PowerShell.Errors;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Get-GPhotosContext: shows the connection in use, or every sign-in that is kept. Sends nothing.</summary>
[Cmdlet(VerbsCommon.Get, "GPhotosContext")]
[OutputType(typeof(GPhotosContext))]
public sealed class GetGPhotosContextCommand : PSCmdlet
{
    /// <summary>Every sign-in that is kept on this machine. No vault is asked.</summary>
    [Parameter]
    public SwitchParameter ListAvailable { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            if (!ListAvailable)
            {
                WriteObject(Connections.Current(this).Context);
                return;
            }

            foreach (string name in Connections.StoreOf(this).Names())
            {
                Describe(name);
            }
        }
        catch (GPhotosException e)
        {
            WriteError(ErrorRecords.From(e));
        }
    }

    private void Describe(string name)
    {
        try
        {
            if (Connections.StoreOf(this).Describe(name) is { } profile)
            {
                using GPhotosConnection connection = GPhotosConnection.FromProfile(profile);
                WriteObject(connection.Context);
            }
        }
        catch (GPhotosException e)
        {
            // One that is damaged does not hide the others.
            WriteError(ErrorRecords.From(e));
        }
    }
}
