using System.Management.Automation;
using GPhotos.Core.Api;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Completion;
using GPhotos.PowerShell.Errors;

namespace GPhotos.PowerShell.Hosting;

/// <summary>What Add-GPhotoAlbumItem and Remove-GPhotoAlbumItem share: media items are gathered from the pipeline and go fifty a call.</summary>
public abstract class AlbumItemCmdlet : ConnectedCmdlet
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<MediaItemReference> _gathered = [];
    private string? _albumId;

    /// <summary>The album: the object, its id or its title.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(AlbumTitleCompleter))]
    [ValidateNotNull]
    public AlbumReference? Album { get; set; }

    /// <summary>
    /// Media items by their ids, or by objects that have one. The reference reads the property Id by itself: bound by name, an input would be
    /// lost to -PassThru, and an empty Id would be refused before a word of ours.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public MediaItemReference[]? Id { get; set; }

    /// <summary>Give each input back when it is done.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Whether one is to be done, after asking where that was wished for.</summary>
    protected abstract bool IsWanted(string item);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (MediaItemReference item in Id!)
        {
            if (string.IsNullOrEmpty(item.Id))
            {
                WriteError(ErrorRecords.From(item.NoId(), item.Input));
            }
            else if (_seen.Add(item.Id) && IsWanted($"Media item '{Printable.Of(item.ToString())}'"))
            {
                _gathered.Add(item);
                if (_gathered.Count == MediaItems.MaxBatchSize)
                {
                    Run(SendAsync);
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_gathered.Count > 0)
        {
            Run(SendAsync);
        }

        base.EndProcessing();
    }

    private protected abstract Task<IReadOnlyList<AlbumItemOutcome>> ChangeAsync(string albumId, IReadOnlyList<string> ids);

    private async Task SendAsync()
    {
        MediaItemReference[] items = [.. _gathered];
        _gathered.Clear();
        _albumId ??= Album!.Album?.Id ?? (await Client.Albums.FindAsync(Album.IdOrTitle, StopToken)).Id;
        IReadOnlyList<AlbumItemOutcome> outcomes = await ChangeAsync(_albumId, [.. items.Select(i => i.Id!)]);
        foreach ((MediaItemReference item, AlbumItemOutcome outcome) in items.Zip(outcomes).Where(o => !o.Second.EndsTheRun))
        {
            if (outcome.Error is { } error)
            {
                await PostErrorAsync(error, item.Id);
            }
            else if (PassThru)
            {
                await PostObjectAsync(item.Input);
            }
        }

        // Told once, and after what was done: every other item would fail the same way.
        if (outcomes.FirstOrDefault(o => o.EndsTheRun)?.Error is { } end)
        {
            throw end;
        }
    }
}
