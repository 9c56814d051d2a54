namespace GPhotos.Core.Comparison;

/// <summary>Pairs what was renamed: by time of capture, size and kind.</summary>
internal sealed class TimedPairs(IReadOnlyList<LocalPicture> locals, IReadOnlyList<OnlinePicture> items, List<Tie> ties)
{
    private const string Sign = "The time and the size";

    // One picture that happens to stand in another zone proves nothing; a folder does.
    private const int FewestOfAFolder = 2;

    private readonly ILookup<(long Second, bool IsVideo), OnlinePicture> _bySecond = items.Where(static i => i.Time is not null)
        .ToLookup(static i => (PictureTime.Second(i.Time!.Value), i.Kind.IsVideo));

    private readonly ILookup<(long Second, bool IsVideo), LocalPicture> _localBySecond = locals.Where(static l => l.Facts.Captured is not null && !l.IsCopy)
        .ToLookup(static l => (PictureTime.Second(l.Facts.Captured!.Value.Time), l.Kind.IsVideo));

    private readonly ILookup<string, LocalPicture> _shifted = locals.Where(static l => l.Shift is { } shift && shift != TimeSpan.Zero)
        .ToLookup(static l => l.Folder, StringComparer.Ordinal);

    private readonly ILookup<(bool IsVideo, long Second), OnlinePicture> _byRest = items.Where(static i => i.IsOpen && i.Time is not null)
        .ToLookup(static i => (i.Kind.IsVideo, PictureTime.Second(i.Time!.Value) % PictureTime.ZoneStepSeconds));

    public void Find()
    {
        ClaimsAt(TimeSpan.Zero, Open(), static (local, item) => Nearness(local, item) == Comparison.Nearness.SameInstant, isSure: true)
            .Settle(ComparisonMatch.Time, Sign, ties);
        ClaimsAt(TimeSpan.Zero, Open(), static (_, _) => true, isSure: false).Settle(ComparisonMatch.Time, Sign, ties);
        foreach (IGrouping<string, LocalPicture> folder in Open().GroupBy(l => l.Folder, StringComparer.Ordinal).ToList())
        {
            foreach (TimeSpan shift in ShiftsOf(folder))
            {
                ClaimsAt(shift, folder.Where(static l => l.IsOpen && PictureTime.IsOfClock(l.Facts.Captured!.Value)), static (_, _) => true, isSure: false)
                    .Settle(ComparisonMatch.Time, Sign, ties);
            }
        }
    }

    private static Nearness? Nearness(LocalPicture local, OnlinePicture item) =>
        PictureTime.Compare(local.Facts.Captured!.Value.Time, item.Time!.Value)?.Nearness;

    private IEnumerable<LocalPicture> Open() => locals.Where(static l => l.IsOpen && l.Facts.Captured is not null && l.Facts.Width > 0);

    private Claims ClaimsAt(TimeSpan shift, IEnumerable<LocalPicture> from, Func<LocalPicture, OnlinePicture, bool> wanted, bool isSure)
    {
        Claims claims = new();
        foreach (LocalPicture local in from)
        {
            DateTime time = local.Facts.Captured!.Value.Time - shift;
            List<OnlinePicture> alike = [.. Alike(local, time)];
            bool isDoubtful = !isSure && alike.Count > 0 && (alike.Exists(static i => i.Partner is not null) || HasPairedTwin(local));
            foreach (OnlinePicture item in alike.Where(i => i.IsOpen && !PictureTime.AreTwoFrames(time, i.Time!.Value) && wanted(local, i)))
            {
                claims.Add(local, item, isDoubtful || (!isSure && local.Name.IsOfAnotherShot(item.Name)));
            }
        }

        return claims;
    }

    private IEnumerable<OnlinePicture> Alike(LocalPicture local, DateTime time) =>
        _bySecond[(PictureTime.Second(time), local.Kind.IsVideo)].Where(i => local.Kind.CanBe(i.Kind) && local.HasSizeOf(i));

    // Another frame of the same second has its item by name: this one may as well be a frame that is missing there.
    private bool HasPairedTwin(LocalPicture local) =>
        _localBySecond[(PictureTime.Second(local.Facts.Captured!.Value.Time), local.Kind.IsVideo)].Any(
            l => l != local && l.Partner is not null && l.Facts.HasSize(local.Facts.Width, local.Facts.Height));

    // Those of files of the folder that kept their names, the most frequent first; else one that explains most of the folder.
    private List<TimeSpan> ShiftsOf(IGrouping<string, LocalPicture> folder)
    {
        List<TimeSpan> known = [.. _shifted[folder.Key].GroupBy(static l => l.Shift!.Value).OrderByDescending(static g => g.Count()).Select(static g => g.Key)];
        List<LocalPicture> open = [.. folder.Where(static l => l.IsOpen && PictureTime.IsOfClock(l.Facts.Captured!.Value))];
        if (known.Count > 0 || open.Count < FewestOfAFolder)
        {
            return known;
        }

        var votes = (from local in open
                     let time = local.Facts.Captured!.Value.Time
                     from item in _byRest[(local.Kind.IsVideo, PictureTime.Second(time) % PictureTime.ZoneStepSeconds)]
                     where item.IsOpen && local.Kind.CanBe(item.Kind) && local.HasSizeOf(item)
                     let found = PictureTime.Compare(time, item.Time!.Value)
                     where found is { Nearness: Comparison.Nearness.OtherZone }
                     group local by found.Value.Shift into voters
                     let count = voters.Distinct().Count()
                     orderby count descending
                     select (Shift: voters.Key, Count: count)).Take(2).ToList();
        int most = Math.Min(open.Count, items.Count(static i => i.IsOpen && i.Time is not null));
        return votes is [var first, ..] && first.Count >= FewestOfAFolder && first.Count * 2 > most && (votes.Count == 1 || first.Count > votes[1].Count)
            ? [first.Shift]
            : [];
    }
}
