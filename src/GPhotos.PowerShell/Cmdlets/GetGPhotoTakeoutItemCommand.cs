using System.Management.Automation;
using GPhotos.Core.Takeout;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Get-GPhotoTakeoutItem: the media items of Google Takeout archives, read where they are. Needs no sign-in and sends nothing.</summary>
[Cmdlet(VerbsCommon.Get, "GPhotoTakeoutItem", DefaultParameterSetName = PathSet)]
[OutputType(typeof(MediaItem), typeof(TakeoutSummary))]
public sealed class GetGPhotoTakeoutItemCommand : PumpedCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly List<string> _parts = [];
    private string _doing = "";
    private int _done;

    /// <summary>Archives and folders, with wildcards: all parts of one export.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Archives and folders, taken as they are written. Get-ChildItem binds here.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Only what is in an album whose title matches one of these.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Album { get; set; }

    /// <summary>Accounts for every entry of the archives instead.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc/>
    protected override ProgressRecord? CurrentProgress => new(1, "Reading the Takeout export", _done == 0 ? _doing : $"{_done} items") { CurrentOperation = _doing };

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool literally = ParameterSetName == LiteralPathSet;
        foreach (string path in (literally ? LiteralPath : Path)!)
        {
            _parts.AddRange(LocalPaths.Resolve(this, path, literally));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_parts.Count > 0)
        {
            Run(ReadAsync);
        }

        base.EndProcessing();
    }

    // A picture and its JSON may be in different parts: nothing is told before all have been looked through.
    private async Task ReadAsync()
    {
        TakeoutExport export = await TakeoutExport.ReadAsync(_parts, path => _doing = System.IO.Path.GetFileName(path), StopToken);
        foreach (GPhotosException error in export.Errors)
        {
            await PostErrorAsync(error);
        }

        if (Summary)
        {
            await PostObjectAsync(await export.GetSummaryAsync(StopToken));
            return;
        }

        WildcardPattern[] albums = [.. (Album ?? []).Select(a => WildcardPattern.Get(a, WildcardOptions.IgnoreCase))];
        await foreach (MediaItem item in export.GetItemsAsync(t => albums.Length == 0 || t.Any(title => albums.Any(a => a.IsMatch(title))), StopToken))
        {
            _done++;
            await PostObjectAsync(item);
        }

        await PostAsync(() => Tell(export));
    }

    private void Tell(TakeoutExport export)
    {
        WriteVerbose(export.Account);
        if (export.Unjoined is { } what)
        {
            WriteWarning($"{what} Run the same command with -Summary to see them.");
        }
    }
}
