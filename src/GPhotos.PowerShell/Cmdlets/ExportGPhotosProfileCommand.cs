using System.Management.Automation;
using System.Security;
using GPhotos.Core.Profiles;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Completion;
using GPhotos.PowerShell.Errors;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Export-GPhotosProfile: writes a sign-in into a file that a passphrase opens. Sends nothing.</summary>
[Cmdlet(VerbsData.Export, "GPhotosProfile", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGPhotosProfileCommand : PSCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The profile; the one in use by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    [ValidatePattern(ProfileNameCompleter.Pattern)]
    public string? ProfileName { get; set; }

    /// <summary>The file.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The file, taken as it is written.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>What opens the file again.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            string name = ProfileName ?? Connections.CurrentName;
            string path = LocalPaths.ToWrite(this, (Path ?? LiteralPath)!);
            ProfileExport.Check(path, Force);
            Profile profile = KeptUnder(name);
            if (ShouldProcess($"Profile '{name}'", $"Export to '{path}'"))
            {
                ProfileExport.Write(profile, path, Passphrase!, Force);
                WriteObject(new FileInfo(path));
            }
        }
        catch (GPhotosException e)
        {
            WriteError(ErrorRecords.From(e));
        }
    }

    // From where it is kept, since another process may have signed in anew. Not what stands behind a token that this session was given: it may be
    // another account's.
    private Profile KeptUnder(string name) =>
        Connections.IfOpen(name) is { Store: SignInStore.Session }
            ? throw new NotConnectedException(
                $"The sign-in of the profile '{name}' lives in this session only and is kept nowhere, so it cannot be exported. Sign in with Connect-GPhotos -ClientSecretPath first.",
                name)
            : Connections.StoreOf(this).Load(name) ?? throw Connections.NobodyUnder(name);
}
