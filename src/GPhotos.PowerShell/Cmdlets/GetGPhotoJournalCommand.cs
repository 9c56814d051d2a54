using System.Management.Automation;
using GPhotos.Core.Journal;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Get-GPhotoJournal: shows what this profile knows of the files it sent. Sends nothing.</summary>
[Cmdlet(VerbsCommon.Get, "GPhotoJournal", DefaultParameterSetName = PathSet)]
[OutputType(typeof(JournalEntry))]
public sealed class GetGPhotoJournalCommand : ConnectedCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>Paths that were seen, with wildcards. The files need not be there any more.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Paths, taken as they are written. Get-ChildItem binds here.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Any of these states.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public JournalState[]? State { get; set; }

    /// <summary>Only what became one of these media items.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Only what changed at this time or later.</summary>
    [Parameter]
    public DateTime? Since { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if ((ParameterSetName == LiteralPathSet ? LiteralPath : Path) is not { } paths)
        {
            Run(() => WriteAsync(new JournalFilter()));
            return;
        }

        foreach (string text in paths)
        {
            if (JournalPath.Read(this, text, ParameterSetName == LiteralPathSet) is { } path)
            {
                Run(() => WriteAsync(path));
            }
        }
    }

    // A file that bears the very name goes before what its brackets might match.
    private async Task WriteAsync(JournalPath path)
    {
        if (!await WriteAsync(new JournalFilter { Path = path.Literal }) && path.HasWildcards)
        {
            await WriteAsync(new JournalFilter { PathMatches = path.IsMatch });
        }
    }

    private async Task<bool> WriteAsync(JournalFilter filter)
    {
        bool found = false;
        filter = filter with
        {
            States = State,
            MediaItemIds = Id,
            ChangedSince = Since is { } since ? new DateTimeOffset(since.ToUniversalTime()) : null,
        };
        foreach (IReadOnlyList<JournalEntry> page in Client.Journal.FindPages(filter))
        {
            StopToken.ThrowIfCancellationRequested();
            found |= page.Count > 0;
            await PostObjectsAsync(page);
        }

        return found;
    }
}
