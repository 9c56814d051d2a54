using System.Management.Automation;
using GPhotos.Core.Auth;
using GPhotos.Core.Journal;
using GPhotos.Core.Media;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Update-GPhotoJournal: makes the journal agree with the account.</summary>
[Cmdlet(VerbsData.Update, "GPhotoJournal", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(JournalChange))]
[NeedsScope(GPhotosScopes.ReadAppCreatedData)]
public sealed class UpdateGPhotoJournalCommand : ConnectedCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly List<string> _paths = [];

    private Func<string>? _progress;

    /// <summary>Files and folders to look for in the account, with wildcards.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Files and folders, taken as they are written. Get-ChildItem binds here.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>The folders below a folder, too.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <inheritdoc/>
    protected override ProgressRecord? CurrentProgress =>
        _progress?.Invoke() is { } status ? new ProgressRecord(1, "Comparing the journal with Google Photos", status) : null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool literally = ParameterSetName == LiteralPathSet;
        _paths.AddRange(((literally ? LiteralPath : Path) ?? []).SelectMany(p => LocalPaths.Resolve(this, p, literally)));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Run(UpdateAsync);
        base.EndProcessing();
    }

    private async Task UpdateAsync()
    {
        JournalReconciliation reconciliation = Client.Journal.Reconcile();
        _progress = () => $"{reconciliation.Listed:N0} media items listed, {reconciliation.FilesRead:N0} files looked into";
        IEnumerable<LocalFile> files = _paths.SelectMany(p => LocalFile.At(p, Recurse));
        await foreach (JournalFinding finding in reconciliation.FindChangesAsync(files, StopToken))
        {
            await (finding.Error is { } error ? PostErrorAsync(error, finding.Subject) : PostAsync(() => Apply(finding)));
        }
    }

    private void Apply(JournalFinding finding)
    {
        JournalChange change = finding.Change!;
        string action = change.Action == JournalChangeAction.Recorded
            ? $"Record as media item '{change.Id}'"
            : $"Forget, since media item '{change.Id}' is not in the account any more";
        if (ShouldProcess(change.ToString(), action) && finding.Apply())
        {
            WriteObject(change);
        }
    }
}
