using System.Management.Automation;
using GPhotos.Core.Quota;
using GPhotos.PowerShell.Errors;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Get-GPhotosQuota: shows how many calls were sent from here, and what that leaves of Google's day. Sends nothing.</summary>
[Cmdlet(VerbsCommon.Get, "GPhotosQuota")]
[OutputType(typeof(GPhotosQuota))]
public sealed class GetGPhotosQuotaCommand : PSCmdlet
{
    /// <summary>Every day that is known, and not today alone.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            QuotaReport quota = Connections.Current(this).Client.Quota;
            WriteObject(All ? quota.Days() : quota.Today(), enumerateCollection: true);
            if (quota.Fault is { } fault)
            {
                // After the numbers: they are right for this session, and wrong by what others sent.
                WriteError(ErrorRecords.From(fault));
            }
        }
        catch (GPhotosException e)
        {
            WriteError(ErrorRecords.From(e));
        }
    }
}
