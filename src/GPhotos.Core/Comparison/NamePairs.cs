namespace GPhotos.Core.Comparison;

/// <summary>Pairs by the name alone, where a side has no date: Google then tells the time of the upload. The name must stand once on either side.</summary>
internal sealed class NamePairs(IReadOnlyList<LocalPicture> locals, IReadOnlyList<OnlinePicture> items, List<Tie> ties)
{
    private const string Sign = "The name alone";

    public void Find()
    {
        Settle(static name => name.Folded);
        Settle(static name => name.Stem);
    }

    private void Settle(Func<PictureName, string> nameOf)
    {
        ILookup<(string Name, bool IsVideo), OnlinePicture> there = items.Where(static i => !i.IsCopy && i.Name.Plain.Length > 0)
            .ToLookup(i => (nameOf(i.Name), i.Kind.IsVideo));
        ILookup<(string Name, bool IsVideo), LocalPicture> here = locals.Where(static l => !l.IsCopy).ToLookup(l => (nameOf(l.Name), l.Kind.IsVideo));
        Claims claims = new();
        foreach (IGrouping<(string Name, bool IsVideo), LocalPicture> group in here)
        {
            Dictionary<OnlinePicture, bool> isForAll = [];
            foreach (LocalPicture local in group.Where(static l => l.IsOpen))
            {
                List<OnlinePicture> alike = [.. there[group.Key].Where(i => local.Kind.CanBe(i.Kind))];
                foreach (OnlinePicture item in alike.Where(i => MayBe(local, i)))
                {
                    claims.Add(local, item, isDoubtful: alike.Count > 1 || !IsForAll(item));
                }
            }

            // Several files may be one item only where they are copies, so none of them may be another picture.
            bool IsForAll(OnlinePicture item)
            {
                if (!isForAll.TryGetValue(item, out bool known))
                {
                    isForAll.Add(item, known = group.Where(l => l.Kind.CanBe(item.Kind)).All(l => MayBe(l, item)));
                }

                return known;
            }
        }

        claims.Settle(ComparisonMatch.Name, Sign, ties);
    }

    private static bool MayBe(LocalPicture local, OnlinePicture item) =>
        local.IsOpen && item.IsOpen
        && (local.Facts.Captured is null || item.Time is null)
        && local.Kind.CanBe(item.Kind)
        && local.MayHaveSizeOf(item)
        && (item.Item.Length is not { } length || length == local.Source.Length);
}
