using System.Runtime.CompilerServices;
using GPhotos.Core.Downloads;
using GPhotos.Core.Journal;

namespace GPhotos.Core.Comparison;

/// <summary>
/// One comparison of local files with media items. Nothing is downloaded: the surest signs come first, and what a sign cannot tell apart is
/// said to be ambiguous, not guessed.
/// </summary>
public sealed class ComparisonRun
{
    private const string Only = "<=", There = "=>", Both = "==", Unclear = "<>";

    private readonly SendJournal? _journal;
    private readonly KnownFolders _folders;
    private readonly LocalSide _local;
    private readonly List<OnlinePicture> _items = [];

    internal ComparisonRun(SendJournal? journal, MediaSaver saver)
    {
        (_journal, _folders) = (journal, new KnownFolders(saver));
        _local = new LocalSide(journal, _folders);
    }

    /// <summary>How many files were seen so far.</summary>
    public int Files => _local.Count;

    /// <summary>How many media items were seen so far.</summary>
    public int Items => _items.Count;

    /// <summary>
    /// Compares. Files are looked at while the items still come; rows come when both are through: first those of files in their order, then those of
    /// items without a file in theirs. A file or item that is given twice is taken once.
    /// </summary>
    /// <param name="paths">Full paths of files.</param>
    /// <param name="items">Media items of any door.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<ComparisonFinding> CompareAsync(
        IAsyncEnumerable<string> paths, IAsyncEnumerable<MediaItem> items, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await GatherAsync(paths, items, cancellationToken).ConfigureAwait(false);
        await PairAsync(cancellationToken).ConfigureAwait(false);
        foreach (ComparisonFinding finding in _folders.Unused.Select(static u => new ComparisonFinding(null, Notice: u)).Concat(_local.Errors))
        {
            yield return finding;
        }

        foreach (LocalPicture picture in _local.Pictures)
        {
            yield return new ComparisonFinding(Row(picture));
        }

        foreach (OnlinePicture item in _items.Where(static i => i.Partner is null || i.IsCopy))
        {
            yield return new ComparisonFinding(Row(item));
        }
    }

    /// <summary>What it came to. Call it when all rows have come.</summary>
    /// <param name="otherErrors">Errors that were told before a file was reached.</param>
    /// <param name="libraryCalls">What it took.</param>
    public ComparisonSummary Summarize(int otherErrors, int libraryCalls)
    {
        List<LocalPicture> pairs = [.. _local.Pictures.Where(static p => p.Partner is not null && !p.IsCopy)];
        return new ComparisonSummary
        {
            Local = _local.Pictures.Count,
            Online = _items.Count,
            OnlyLocal = _local.Pictures.Count(static p => p.IsOpen),
            OnlyOnline = _items.Count(static i => i.IsOpen),
            Equal = pairs.Count,
            LocalCopies = _local.Pictures.Count(static p => p.IsCopy),
            OnlineCopies = _items.Count(static i => i.IsCopy),
            AmbiguousLocal = _local.Pictures.Count(static p => p.Partner is null && !p.IsOpen),
            AmbiguousOnline = _items.Count(static i => i.Partner is null && !i.IsOpen),
            MatchedBy = pairs.CountBy(static p => p.MatchedBy!.Value).OrderBy(static m => m.Key).ToDictionary(),
            Errors = _local.Errors.Count + otherErrors,
            LibraryCalls = libraryCalls,
        };
    }

    private async Task GatherAsync(IAsyncEnumerable<string> paths, IAsyncEnumerable<MediaItem> items, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task listing = Task.Run(() => Guarded(() => ListAsync(items, stop.Token)), CancellationToken.None);
        Task looking = Task.Run(() => Guarded(() => _local.LookAtAsync(paths, stop.Token)), CancellationToken.None);
        try
        {
            await Task.WhenAll(listing, looking).ConfigureAwait(false);
        }
        catch
        {
            // Which of the two ended the other, and why, is what its user wants to know.
            Task cause = listing.IsFaulted ? listing : looking.IsFaulted ? looking : listing;
            await cause.ConfigureAwait(false);
            throw;
        }

        // One that fails ends the other.
        async Task Guarded(Func<Task> work)
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch
            {
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private async Task ListAsync(IAsyncEnumerable<MediaItem> items, CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        await foreach (MediaItem item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (seen.Add(item.Id))
            {
                _items.Add(new OnlinePicture(item));
            }
        }
    }

    private async Task PairAsync(CancellationToken cancellationToken)
    {
        PairKnown();
        SameContents contents = new(_local, _items, _journal);
        await contents.PairSentAsync(cancellationToken).ConfigureAwait(false);
        await contents.PairLocalContentsAsync(cancellationToken).ConfigureAwait(false);
        _local.ReadTheRest(cancellationToken);
        List<Tie> ties = [];
        new NamedPairs(_local.Pictures, _items, ties).Find();
        await contents.FindCopiesAsync(cancellationToken).ConfigureAwait(false);
        DoubtUnreadable();
        new TimedPairs(_local.Pictures, _items, ties).Find();
        new NamePairs(_local.Pictures, _items, ties).Find();
        await SameContents.UntieAsync(ties, cancellationToken).ConfigureAwait(false);
        await contents.FindCopiesAsync(cancellationToken).ConfigureAwait(false);
    }

    // The picture itself before its moving part and its thumbnails, which are no pictures of their own.
    private void PairKnown()
    {
        Dictionary<string, OnlinePicture> byId = _items.ToDictionary(static i => i.Item.Id, StringComparer.Ordinal);
        foreach (LocalPicture picture in _local.Pictures)
        {
            foreach (KnownItem known in picture.KnownItems.Where(
                k => picture.IsOpen && byId.TryGetValue(k.ItemId, out OnlinePicture? item) && (!k.HasGrown || picture.HasTimeOf(item))))
            {
                OnlinePicture item = byId[known.ItemId];
                if (known.IsPart)
                {
                    picture.IsCopyOf(item, known.Match, "a part or a smaller picture of the media item, by the catalog");
                }
                else if (item.Partner is null)
                {
                    picture.PairUp(item, known.Match);
                }
                else
                {
                    picture.IsCopyOf(item, known.Match, "another file of the media item");
                }
            }
        }
    }

    // What cannot be read could be what seems to be missing: nobody is to fetch it anew for that, and no other file is to pass for it.
    private void DoubtUnreadable()
    {
        ILookup<string, string> unreadable = _local.Unreadable.ToLookup(static p => PictureName.Of(Path.GetFileName(p)).Root);
        foreach (OnlinePicture item in _items.Where(static i => i.IsOpen))
        {
            string[] paths = [.. unreadable[item.Name.Root]];
            if (paths.Length > 0)
            {
                item.Unreadable.AddRange(paths);
                item.CouldBe([], "a file of this name cannot be read");
            }
        }
    }

    private static MediaItemComparison Row(LocalPicture picture) => new()
    {
        SideIndicator = picture.Partner is not null ? Both : picture.IsOpen ? Only : Unclear,
        MatchedBy = picture.MatchedBy,
        FullName = picture.Path,
        MediaItem = picture.Partner?.Item,
        Candidates = [.. picture.Rivals.Select(static r => r.Item)],
        IsCopy = picture.IsCopy,
        Reason = picture.Reason,
    };

    private static MediaItemComparison Row(OnlinePicture item) => new()
    {
        SideIndicator = item.Partner is not null ? Both : item.IsOpen ? There : Unclear,
        MatchedBy = item.MatchedBy,
        FullName = item.Partner?.Path,
        MediaItem = item.Item,
        Candidates = [.. item.Rivals.Select(static r => r.Path), .. item.Unreadable],
        IsCopy = item.IsCopy,
        Reason = item.Reason,
    };
}
