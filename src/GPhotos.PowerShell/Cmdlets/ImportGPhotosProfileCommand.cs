using System.Management.Automation;
using System.Security;
using GPhotos.Core;
using GPhotos.Core.Profiles;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Completion;
using GPhotos.PowerShell.Errors;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Import-GPhotosProfile: keeps a sign-in that Export-GPhotosProfile wrote, here or on another machine. Sends nothing.</summary>
[Cmdlet(VerbsData.Import, "GPhotosProfile", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(GPhotosContext))]
public sealed class ImportGPhotosProfileCommand : PSCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The file, with wildcards.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The file, taken as it is written. Get-Item binds here.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>What the file was exported with.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <summary>The name to keep it under; its own by default.</summary>
    [Parameter]
    [ValidatePattern(ProfileNameCompleter.Pattern)]
    public string? ProfileName { get; set; }

    /// <summary>Makes it the profile that fresh sessions use.</summary>
    [Parameter]
    public SwitchParameter Default { get; set; }

    /// <summary>The vault (SecretManagement) that keeps its secrets, in place of a file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <summary>Replaces a profile of that name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private ProfileStore Store => Connections.StoreOf(this);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool literally = ParameterSetName == LiteralPathSet;
        foreach (string path in LocalPaths.Resolve(this, (literally ? LiteralPath : Path)!, literally))
        {
            try
            {
                Import(path);
            }
            catch (GPhotosException e)
            {
                WriteError(ErrorRecords.From(e));
            }
        }
    }

    private void Import(string path)
    {
        Profile profile = ProfileExport.Read(path, Passphrase!);
        profile = profile with { Name = ProfileName ?? profile.Name };
        string? standing = Store.Names().FirstOrDefault(n => n.Equals(profile.Name, StringComparison.OrdinalIgnoreCase));
        if (standing is not null && !Force)
        {
            throw new ProfileExistsException($"A sign-in is kept under the profile '{standing}' already, so that of '{path}' was not.", standing);
        }

        profile = profile with { Name = standing ?? profile.Name, Vault = Vault ?? (standing is null ? null : Store.VaultOf(standing)) };
        if (!ShouldProcess($"Profile '{profile.Name}'", $"Keep the sign-in with {profile.Endpoint} from '{path}'"))
        {
            return;
        }

        Store.Save(profile);
        if (Default)
        {
            Store.Default.Choose(profile.Name);
        }

        Connections.TakeAnew(profile.Name);
        using GPhotosConnection connection = GPhotosConnection.FromProfile(profile);
        WriteObject(connection.Context);
    }
}
