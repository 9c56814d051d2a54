using System.Management.Automation;
using GPhotos.Core.Auth;
using GPhotos.PowerShell.Completion;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Get-GPhotoAlbum: lists the albums this app made.</summary>
[Cmdlet(VerbsCommon.Get, "GPhotoAlbum", DefaultParameterSetName = TitleSet)]
[OutputType(typeof(Album))]
[NeedsScope(GPhotosScopes.ReadAppCreatedData)]
public sealed class GetGPhotoAlbumCommand : ConnectedCmdlet
{
    private const string TitleSet = "Title";
    private const string IdSet = "Id";

    /// <summary>Titles, with wildcards. A title without wildcards that no album has is an error.</summary>
    [Parameter(ParameterSetName = TitleSet, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AlbumTitleCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Title { get; set; }

    /// <summary>Albums by their ids. By property name AlbumId goes before Id, which a sent file has of its media item.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    public string[]? AlbumId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(ParameterSetName == IdSet ? GetByIdAsync : GetByTitleAsync);

    private async Task GetByIdAsync()
    {
        foreach (string id in AlbumId!)
        {
            await ForOneAsync(id, async () => await PostObjectAsync(await Client.Albums.GetAsync(id, StopToken)));
        }
    }

    private async Task GetByTitleAsync()
    {
        WildcardPattern[] patterns = [.. (Title ?? []).Select(t => WildcardPattern.Get(t, WildcardOptions.IgnoreCase))];
        HashSet<int> matched = [];
        await foreach (Album album in Client.Albums.ListAsync(StopToken))
        {
            int[] hits = [.. Enumerable.Range(0, patterns.Length).Where(i => patterns[i].IsMatch(album.Title))];
            matched.UnionWith(hits);
            if (patterns.Length == 0 || hits.Length > 0)
            {
                await PostObjectAsync(album);
            }
        }

        foreach (string title in (Title ?? []).Where((t, i) => !matched.Contains(i) && !WildcardPattern.ContainsWildcardCharacters(t)))
        {
            await PostErrorAsync(new AlbumNotFoundException($"No album of this app has the title '{title}'.", title), title);
        }
    }
}
