using System.Collections.Concurrent;
using System.Security.Cryptography;
using GPhotos.Core.Journal;
using GPhotos.Core.Media;
using GPhotos.Core.Uploads;

namespace GPhotos.Core.Comparison;

/// <summary>Pairs by the bytes. Only what has the length of something on the other side is read, and only once.</summary>
internal sealed class SameContents(LocalSide local, IReadOnlyList<OnlinePicture> items, SendJournal? journal)
{
    private const string Again = "the same bytes as a file that is paired";

    /// <summary>Files that were moved or renamed since they were sent: the journal knows their bytes.</summary>
    public async Task PairSentAsync(CancellationToken cancellationToken)
    {
        if (journal is null)
        {
            return;
        }

        Dictionary<string, OnlinePicture> byId = items.ToDictionary(static i => i.Item.Id, StringComparer.Ordinal);
        List<(LocalPicture Picture, IReadOnlyList<(string Sha256, string ItemId)> Sent)> likely = [.. local.Pictures.Where(static p => p.IsOpen)
            .Select(p => (p, (IReadOnlyList<(string, string)>)[.. journal.MediaItemsOfLength(p.Source.Length).Where(s => byId.ContainsKey(s.MediaItemId))]))
            .Where(static l => l.Item2.Count > 0)];
        await ReadAsync(likely.Select(static l => l.Picture), cancellationToken).ConfigureAwait(false);
        foreach ((LocalPicture picture, IReadOnlyList<(string Sha256, string ItemId)> sent) in likely)
        {
            if (sent.FirstOrDefault(s => s.Sha256 == picture.Identity?.Sha256).ItemId is { } id)
            {
                PairOrCopy(picture, byId[id], ComparisonMatch.JournalId);
            }
        }
    }

    /// <summary>Items whose bytes are on this machine, as those of Takeout archives are.</summary>
    public async Task PairLocalContentsAsync(CancellationToken cancellationToken)
    {
        ILookup<long, OnlinePicture> byLength = items.Where(static i => i.IsOpen && i.Content is not null).ToLookup(static i => i.Content!.Length);
        if (byLength.Count == 0)
        {
            return;
        }

        List<LocalPicture> likely = [.. local.Pictures.Where(p => p.IsOpen && byLength.Contains(p.Source.Length))];
        await ReadAsync(likely, cancellationToken).ConfigureAwait(false);
        ConcurrentDictionary<OnlinePicture, string> hashes = [];
        ConcurrentDictionary<OnlinePicture, FileReadFailedException> failed = [];
        HashSet<long> lengths = [.. likely.Select(static p => p.Source.Length)];
        // In their own order: of a tgz, what stands further back makes it begin anew.
        IEnumerable<OnlinePicture> sought = items.Where(i => i.IsOpen && i.Content is { } content && lengths.Contains(content.Length));
        await Parallel.ForEachAsync(sought, LocalSide.Options(cancellationToken), async (item, token) =>
        {
            try
            {
                hashes[item] = await HashAsync(item.Content!, token).ConfigureAwait(false);
            }
            catch (FileReadFailedException e)
            {
                failed[item] = e;
            }
        }).ConfigureAwait(false);
        foreach (FileReadFailedException error in items.Where(failed.ContainsKey).Select(i => failed[i]))
        {
            local.Add(error, error.Path);
        }

        ILookup<ContentIdentity, OnlinePicture> byContent = items.Where(hashes.ContainsKey).ToLookup(i => new ContentIdentity(hashes[i], i.Content!.Length));
        foreach (IGrouping<ContentIdentity, LocalPicture> same in likely.Where(static p => p.Identity is not null).GroupBy(static p => p.Identity!.Value))
        {
            PairAll([.. same], [.. byContent[same.Key]]);
        }
    }

    /// <summary>Files that are left and have the bytes of a file that is paired, or of one another: of the same length and time, but another name or folder.</summary>
    public async Task FindCopiesAsync(CancellationToken cancellationToken)
    {
        ILookup<(long Length, DateTime? Time), LocalPicture> paired = local.Pictures.Where(static p => p.Partner is not null && p.HasFacts)
            .ToLookup(static p => (p.Source.Length, p.Facts.Captured?.Time));
        List<LocalPicture> left = [.. local.Pictures.Where(p => p.IsOpen && paired.Contains((p.Source.Length, p.Facts.Captured?.Time)))];
        await ReadAsync(left.SelectMany(p => paired[(p.Source.Length, p.Facts.Captured?.Time)].Prepend(p)).Distinct(), cancellationToken).ConfigureAwait(false);
        foreach (LocalPicture picture in left.Where(static p => p.Identity is not null))
        {
            if (paired[(picture.Source.Length, picture.Facts.Captured?.Time)].FirstOrDefault(p => p.Identity == picture.Identity) is { } twin)
            {
                picture.IsCopyOf(twin.Partner!, twin.MatchedBy!.Value, Again);
            }
        }
    }

    /// <summary>Files that could each be one item: when all have the same bytes, they are it.</summary>
    public static async Task UntieAsync(IReadOnlyList<Tie> ties, CancellationToken cancellationToken)
    {
        List<Tie> likely = [.. ties.Where(static t => t.Locals.All(l => l.Source.Length == t.Locals[0].Source.Length))];
        await ReadAsync(likely.SelectMany(static t => t.Locals), cancellationToken).ConfigureAwait(false);
        foreach (Tie tie in likely.Where(static t => t.Locals[0].Identity is { } first && t.Locals.All(l => l.Identity == first)))
        {
            foreach (LocalPicture picture in tie.Locals)
            {
                PairOrCopy(picture, tie.Item, tie.Match);
            }
        }
    }

    private static void PairAll(LocalPicture[] pictures, OnlinePicture[] same)
    {
        // Which of the same bytes goes with which does not matter.
        foreach ((LocalPicture picture, OnlinePicture item) in pictures.Zip(same))
        {
            picture.PairUp(item, ComparisonMatch.Content);
        }

        foreach (LocalPicture picture in same.Length == 0 ? [] : pictures.Skip(same.Length))
        {
            picture.IsCopyOf(same[0], ComparisonMatch.Content, Again);
        }

        foreach (OnlinePicture item in same.Skip(pictures.Length))
        {
            item.IsCopyOf(pictures[0], ComparisonMatch.Content, "the same bytes as a media item that is paired");
        }
    }

    private static void PairOrCopy(LocalPicture picture, OnlinePicture item, ComparisonMatch match)
    {
        if (item.Partner is null)
        {
            picture.PairUp(item, match);
        }
        else
        {
            picture.IsCopyOf(item, match, Again);
        }
    }

    private static async Task ReadAsync(IEnumerable<LocalPicture> pictures, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(pictures.Where(static p => p.Identity is null), LocalSide.Options(cancellationToken), async (picture, token) =>
        {
            try
            {
                picture.Identity = (await ContentDigest.OfAsync(picture.Source, withSha1: false, token).ConfigureAwait(false)).Identity;
            }
            catch (FileReadFailedException)
            {
                // Its other signs are read next, and where they cannot be, that is told.
            }
        }).ConfigureAwait(false);
    }

    private static async Task<string> HashAsync(LocalContent content, CancellationToken cancellationToken)
    {
        Stream stream = await content.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
        }
    }
}
