namespace GPhotos.Core.Comparison;

/// <summary>Which files and items one sign would pair. Decides what it can decide, and sets the rest aside.</summary>
internal sealed class Claims
{
    // Of a thousand pictures with one name nobody reads more; to know that there are several, two would do.
    private const int MostRivals = 100;

    private readonly Dictionary<LocalPicture, List<OnlinePicture>> _ofLocal = [];
    private readonly Dictionary<OnlinePicture, List<LocalPicture>> _ofItem = [];
    private readonly HashSet<LocalPicture> _doubtful = [];

    /// <summary>The file and the item may be one.</summary>
    /// <param name="local">The file.</param>
    /// <param name="item">The item.</param>
    /// <param name="isDoubtful">Whether they are not to be paired even if nothing else could be meant.</param>
    public void Add(LocalPicture local, OnlinePicture item, bool isDoubtful = false)
    {
        List<OnlinePicture> items = Of(_ofLocal, local);
        List<LocalPicture> locals = Of(_ofItem, item);
        if (items.Count < MostRivals || locals.Count < MostRivals)
        {
            items.Add(item);
            locals.Add(local);
        }

        if (isDoubtful)
        {
            _doubtful.Add(local);
        }
    }

    /// <summary>Whether the file claims one item only, and that item is claimed by this file only.</summary>
    public bool IsUnique(LocalPicture local) => _ofLocal.GetValueOrDefault(local) is [var item] && _ofItem[item].Count == 1;

    /// <summary>Pairs what is unique on both sides.</summary>
    public void Pair(ComparisonMatch match, Action<LocalPicture>? paired = null)
    {
        foreach ((LocalPicture local, List<OnlinePicture> items) in _ofLocal)
        {
            if (IsUnique(local) && !_doubtful.Contains(local))
            {
                local.PairUp(items[0], match);
                paired?.Invoke(local);
            }
        }
    }

    /// <summary>Pairs what is unique on both sides; what is not is ambiguous for good.</summary>
    /// <param name="match">The sign.</param>
    /// <param name="sign">What they have in common, in words.</param>
    /// <param name="ties">Takes the items that several files claim, none of which claims another.</param>
    /// <param name="paired">Told of each pair.</param>
    public void Settle(ComparisonMatch match, string sign, List<Tie> ties, Action<LocalPicture>? paired = null)
    {
        Pair(match, paired);
        foreach ((LocalPicture local, List<OnlinePicture> items) in _ofLocal.Where(c => c.Key.IsOpen))
        {
            local.CouldBe(items.Take(MostRivals), $"{sign} fits more than one");
        }

        foreach ((OnlinePicture item, List<LocalPicture> locals) in _ofItem.Where(c => c.Key.IsOpen))
        {
            item.CouldBe(locals.Take(MostRivals), $"{sign} fits more than one");
            if (locals.Count is > 1 and < MostRivals && locals.TrueForAll(l => _ofLocal[l].Count == 1 && !_doubtful.Contains(l)))
            {
                ties.Add(new Tie(item, locals, match));
            }
        }
    }

    private static List<TValue> Of<TKey, TValue>(Dictionary<TKey, List<TValue>> all, TKey key)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out List<TValue>? list))
        {
            all.Add(key, list = []);
        }

        return list;
    }
}

/// <summary>Several files that could each be one and the same item, and nothing else. When they are one content, they are it.</summary>
internal sealed record Tie(OnlinePicture Item, IReadOnlyList<LocalPicture> Locals, ComparisonMatch Match);
