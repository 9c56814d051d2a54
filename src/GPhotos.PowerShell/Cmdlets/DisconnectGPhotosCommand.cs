using System.Management.Automation;
using GPhotos.PowerShell.Completion;
using GPhotos.PowerShell.Errors;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Disconnect-GPhotos: forgets a sign-in here, and at Google on request.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "GPhotos", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class DisconnectGPhotosCommand : PumpedCmdlet
{
    /// <summary>The profile to forget; the one in use by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    [ValidatePattern(ProfileNameCompleter.Pattern)]
    public string? ProfileName { get; set; }

    /// <summary>Withdraw the grant at Google too. It ends every sign-in of this user with the same Cloud project.</summary>
    [Parameter]
    public SwitchParameter Revoke { get; set; }

    /// <summary>Forget the profile also where its vault does not let the secrets go: they stay there. A revocation is not done without.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            string name = ProfileName ?? Connections.CurrentName;
            if (!Connections.IsKnown(name))
            {
                throw Connections.NobodyUnder(name);
            }

            if (Revoke)
            {
                WriteWarning(
                    $"Google revokes for the whole Cloud project: every sign-in of this account with any OAuth client of the project of '{name}' ends, on all machines.");
            }

            if (!ShouldProcess($"Profile '{name}'", Revoke ? "Forget the sign-in and revoke it at Google" : "Forget the sign-in"))
            {
                return;
            }

            // Forgotten only when Google has said yes: a grant that lives on unseen would be worse than an error.
            if (Revoke && Connections.Find(name, this) is { } connection)
            {
                Run(() => connection.RevokeAsync(StopToken));
            }

            Forget(name);
        }
        catch (GPhotosException e)
        {
            WriteError(ErrorRecords.From(e));
        }
    }

    private void Forget(string name)
    {
        try
        {
            Connections.Forget(name, this);
        }
        catch (VaultFailedException e) when (Force)
        {
            Connections.Forget(name, this, leaveSecrets: true);
            WriteWarning($"The profile '{name}' is forgotten here, but not in the vault '{e.Vault}': {e.Message} Remove its secret there by hand.");
        }
    }
}
