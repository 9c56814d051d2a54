using System.Globalization;
using System.Runtime.CompilerServices;

namespace GPhotos.Core.Takeout;

/// <summary>A Google Takeout export of Google Photos, read from its parts as they are: zips, tgz archives and unpacked folders, without unpacking anything.</summary>
/// <remarks>Google documents neither names nor JSONs: docs/takeout.md holds what was seen.</remarks>
public sealed class TakeoutExport
{
    private readonly List<TakeoutEntry> _items = [];
    private readonly string[] _paths;
    private readonly TakeoutIndex _index = new();
    private TakeoutSummary? _summary;

    private TakeoutExport(IEnumerable<string> paths) => _paths = [.. paths.Distinct(StringComparer.Ordinal)];

    /// <summary>What is wrong with parts: one for each that is damaged or cannot be read. The others were read all the same.</summary>
    public IReadOnlyList<GPhotosException> Errors => _index.Errors;

    /// <summary>What became of every entry, in a sentence.</summary>
    public string Account => string.Create(
        CultureInfo.CurrentCulture,
        $"{_summary!.Entries:N0} entries: {_summary.Photos:N0} photos, {_summary.Videos:N0} videos, {_summary.AlbumCopies:N0} copies in albums, {_summary.Repeats:N0} repeats, "
        + $"{_summary.JoinedMetadata:N0} JSON files joined and {_summary.UnjoinedMetadata.Count:N0} not, {_summary.AlbumMetadata:N0} of albums, {_summary.OtherFiles:N0} other files, "
        + $"{_summary.Folders:N0} folders, {_summary.Refused.Count:N0} refused.");

    /// <summary>What could not be joined or was not touched, in a sentence; null when there is no such thing.</summary>
    public string? Unjoined
    {
        get
        {
            int items = _items.Count(i => i.Json is null);
            (int Count, string What)[] found =
            [
                (items, "pictures and videos that no JSON file tells of for certain"), (_summary!.UnjoinedMetadata.Count, "JSON files without their picture"),
                (_summary.Refused.Count, "entries that were not touched"),
            ];
            string[] told = [.. found.Where(f => f.Count > 0).Select(f => string.Create(CultureInfo.CurrentCulture, $"{f.Count:N0} {f.What}"))];
            return told.Length == 0 ? null : $"The export holds {string.Join(", ", told)}.";
        }
    }

    /// <summary>Reads what is in the parts of an export, and joins it. No bytes of pictures are kept.</summary>
    /// <param name="paths">Full paths of zips, tgz archives and folders: all parts of one export.</param>
    /// <param name="progress">Told of the part that is being read; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<TakeoutExport> ReadAsync(IEnumerable<string> paths, Action<string>? progress, CancellationToken cancellationToken)
    {
        TakeoutExport export = new(paths);
        foreach (string path in export._paths)
        {
            progress?.Invoke(path);
            try
            {
                await TakeoutPart.At(path).ReadAsync(export._index, cancellationToken).ConfigureAwait(false);
            }
            catch (GPhotosException e)
            {
                export._index.Tell(e);
            }
        }

        await export.JoinAsync(cancellationToken).ConfigureAwait(false);
        return export;
    }

    /// <summary>The media items, in the order of the parts and of the entries in them.</summary>
    /// <param name="isWanted">Asked with the titles of an item's albums; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<MediaItem> GetItemsAsync(
        Func<IReadOnlyList<string>, bool>? isWanted = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ItemMaker maker = new();
        foreach (TakeoutEntry entry in _items.Where(i => isWanted?.Invoke(i.Albums ?? (IReadOnlyList<string>)[]) != false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await maker.MakeAsync(entry, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Accounts for every entry.</summary>
    public async Task<TakeoutSummary> GetSummaryAsync(CancellationToken cancellationToken = default)
    {
        List<MediaItem> unjoined = [];
        ItemMaker maker = new();
        foreach (TakeoutEntry entry in _items.Where(i => i.Json is null))
        {
            unjoined.Add(await maker.MakeAsync(entry, cancellationToken).ConfigureAwait(false));
        }

        return _summary!.With(unjoined);
    }

    private async Task JoinAsync(CancellationToken cancellationToken)
    {
        HashSet<string> products = [.. _index.All.Where(f => f.Jsons.Exists(j => j.Flaw is null) || f.Product is "" || FolderNames.IsPhotos(f.Product!)).Select(f => f.Product!)];
        ILookup<bool, TakeoutFolder> folders = _index.All.ToLookup(f => products.Contains(f.Product!));
        TakeoutFolder[] photos = [.. folders[true]];
        int repeats = 0;
        foreach (TakeoutFolder folder in photos)
        {
            repeats += await Repeats.RemoveAsync(folder, cancellationToken).ConfigureAwait(false);
            folder.AlbumTitle = AlbumTitleOf(folder);
            FolderJoin.Join(folder);
        }

        AlbumMerge merge = new(photos);
        await merge.RunAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<TakeoutPart, int> order = [];
        foreach (TakeoutPart part in photos.SelectMany(f => f.Media).Select(m => m.Part))
        {
            order.TryAdd(part, Array.IndexOf(_paths, part.Path));
        }

        _items.AddRange(merge.Items.OrderBy(i => order[i.Part]).ThenBy(i => i.Position));
        PictureJson[] jsons = [.. photos.SelectMany(f => f.Jsons)];
        _summary = new TakeoutSummary
        {
            Archives = _paths,
            Entries = _index.Entries,
            Photos = _items.Count(i => !i.IsVideo),
            Videos = _items.Count(i => i.IsVideo),
            AlbumCopies = merge.Copies,
            Repeats = repeats,
            JoinedMetadata = jsons.Count(j => j.IsJoined),
            AlbumMetadata = photos.Sum(f => f.AlbumJsons.Count),
            OtherFiles = _index.Others + photos.Sum(f => f.Others) + folders[false].Sum(f => f.Media.Count + f.Jsons.Count + f.AlbumJsons.Count + f.Others),
            Folders = _index.Folders,
            Albums = [.. photos.Select(f => f.AlbumTitle).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            UnjoinedMetadata = [.. jsons.Where(j => !j.IsJoined).Select(j => new TakeoutFinding(j.Entry.Part.Path, j.Entry.Name, j.Flaw ?? "No picture or video of this name is there."))],
            Refused = _index.Refused,
            DamagedArchives = [.. _index.Errors.OfType<TakeoutDamagedException>().Select(e => e.Path)],
        };
    }

    // What a JSON says goes before what the folder is called: an album may be called like the folder of a year.
    private static string? AlbumTitleOf(TakeoutFolder folder)
    {
        bool isPlain = folder.Path == folder.Product || FolderNames.IsYear(folder.Name) || FolderNames.IsBesideYears(folder.Name);
        if (folder.AlbumJsons.Count == 0 || folder.Path == folder.Product)
        {
            return isPlain || (folder.Media.Count == 0 && folder.Jsons.Count == 0) ? null : folder.Name;
        }

        string? title = folder.AlbumJsons.Select(j => j.Title).FirstOrDefault(t => !string.IsNullOrWhiteSpace(t));
        // Old exports have such a JSON in the folder of a year, too.
        return isPlain && (title is null || NameRules.Key(title) == NameRules.Key(folder.Name)) ? null : title ?? folder.Name;
    }
}
