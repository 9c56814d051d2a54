namespace GPhotos.Core.Comparison;

/// <summary>Pairs by name and time of capture, with nothing in size and kind that speaks against it.</summary>
internal sealed class NamedPairs(IReadOnlyList<LocalPicture> locals, IReadOnlyList<OnlinePicture> items, List<Tie> ties)
{
    private const string Sign = "The name and the time";

    private List<Candidate> _candidates = [];

    public void Find()
    {
        _candidates = Candidates();
        for (Nearness nearness = Nearness.SameInstant; nearness < Nearness.OtherZone; nearness++)
        {
            Settle(nearness);
        }

        // A shift that other files of the folder share is better than an odd one.
        _candidates.RemoveAll(static c => !c.IsOpen);
        Dictionary<string, TimeSpan> shared = SharedShifts();
        foreach (PictureName.Likeness likeness in Enum.GetValues<PictureName.Likeness>())
        {
            Claims claims = ClaimsOf(c => c.Likeness == likeness && shared.TryGetValue(c.Local.Folder, out TimeSpan shift) && c.Shift == shift);
            claims.Pair(ComparisonMatch.NameAndTime, NoteShift);
        }

        Settle(Nearness.OtherZone);
    }

    private void Settle(Nearness nearness)
    {
        foreach (PictureName.Likeness likeness in Enum.GetValues<PictureName.Likeness>())
        {
            ClaimsOf(c => c.Nearness == nearness && c.Likeness == likeness).Settle(ComparisonMatch.NameAndTime, Sign, ties, NoteShift);
        }
    }

    private void NoteShift(LocalPicture local) =>
        local.Shift = PictureTime.Compare(local.Facts.Captured!.Value.Time, local.Partner!.Time!.Value)?.Shift;

    private Claims ClaimsOf(Func<Candidate, bool> wanted)
    {
        Claims claims = new();
        foreach (Candidate candidate in _candidates.Where(c => c.IsOpen && wanted(c)))
        {
            claims.Add(candidate.Local, candidate.Item);
        }

        return claims;
    }

    // By folder, the shift that most of the files agree on whose item is beyond doubt.
    private Dictionary<string, TimeSpan> SharedShifts()
    {
        Claims claims = ClaimsOf(static _ => true);
        Dictionary<string, TimeSpan> shared = [];
        foreach (IGrouping<string, Candidate> folder in _candidates.Where(c => claims.IsUnique(c.Local)).GroupBy(c => c.Local.Folder, StringComparer.Ordinal))
        {
            var votes = folder.GroupBy(c => c.Shift).Select(g => (Shift: g.Key, Count: g.Count())).OrderByDescending(g => g.Count).Take(2).ToList();
            if (votes.Count == 1 || votes[0].Count > votes[1].Count)
            {
                shared.Add(folder.Key, votes[0].Shift);
            }
        }

        return shared;
    }

    private List<Candidate> Candidates()
    {
        ILookup<(string Root, bool IsVideo, long Second), OnlinePicture> byName = items.Where(static i => i.IsOpen && i.Time is not null)
            .ToLookup(static i => (i.Name.Root, i.Kind.IsVideo, PictureTime.Second(i.Time!.Value) % PictureTime.ZoneStepSeconds));
        List<Candidate> candidates = [];
        foreach (LocalPicture local in locals.Where(static l => l.IsOpen && l.Facts.Captured is not null))
        {
            DateTime time = local.Facts.Captured!.Value.Time;
            long second = PictureTime.Second(time);
            foreach (OnlinePicture item in new[] { second, second - 1, second + 1 }
                .SelectMany(s => byName[(local.Name.Root, local.Kind.IsVideo, s % PictureTime.ZoneStepSeconds)]))
            {
                if (local.Name.Compare(item.Name) is { } likeness
                    && local.Kind.CanBe(item.Kind)
                    && local.MayHaveSizeOf(item)
                    && PictureTime.Compare(time, item.Time!.Value) is var (nearness, shift)
                    && !(likeness == PictureName.Likeness.OtherMark
                        && (local.Name.IsOfAnotherShot(item.Name) || PictureTime.AreTwoFrames(time - shift, item.Time!.Value))))
                {
                    candidates.Add(new Candidate(local, item, likeness, nearness, shift));
                }
            }
        }

        return candidates;
    }

    private sealed record Candidate(LocalPicture Local, OnlinePicture Item, PictureName.Likeness Likeness, Nearness Nearness, TimeSpan Shift)
    {
        public bool IsOpen => Local.IsOpen && Item.IsOpen;
    }
}
