using GPhotos.Core.Takeout;
using GPhotos.Emulator.Takeout;
using GPhotos.Tests.Support;
using Truth = GPhotos.Emulator.Takeout.TakeoutEntry;

namespace GPhotos.Tests.Takeout;

/// <summary>Exports with every awkward name there is, made by somebody who never saw the reader: each entry is accounted for, and each item what the truth says.</summary>
public sealed class ExportTruthTests
{
    [Theory]
    [InlineData(TakeoutFormat.Zip, 1, "en", TakeoutNaming.Mixed, false)]
    [InlineData(TakeoutFormat.Zip, 2, "de", TakeoutNaming.New, false)]
    [InlineData(TakeoutFormat.Tgz, 3, "fr", TakeoutNaming.Old, false)]
    [InlineData(TakeoutFormat.Folder, 4, "es", TakeoutNaming.Mixed, true)]
    [InlineData(TakeoutFormat.Zip, 5, "it", TakeoutNaming.Uncut, false)]
    [InlineData(TakeoutFormat.Zip, 6, "nl", TakeoutNaming.Mixed, true)]
    [InlineData(TakeoutFormat.Zip, 7, "pl", TakeoutNaming.Old, false)]
    [InlineData(TakeoutFormat.Tgz, 8, "ja", TakeoutNaming.New, false)]
    [InlineData(TakeoutFormat.Folder, 9, "en", TakeoutNaming.Uncut, false)]
    [InlineData(TakeoutFormat.Zip, 10, "ja", TakeoutNaming.Mixed, false)]
    public async Task Every_entry_is_accounted_for_and_every_item_is_what_it_is(TakeoutFormat format, int seed, string locale, TakeoutNaming naming, bool englishYears)
    {
        using TempFolder folder = new();
        TakeoutTruth truth = TakeoutArchive.Write(
            folder.Path, new TakeoutOptions { Items = 600, Parts = 3, Format = format, Seed = seed, Locale = locale, Naming = naming, EnglishYears = englishYears });
        string[] parts = [.. truth.Archives.Select(a => folder[a])];

        TakeoutExport export = await TakeoutExport.ReadAsync(parts, null, CancellationToken.None);
        List<MediaItem> items = await export.GetItemsAsync().ToListAsync();
        TakeoutSummary summary = await export.GetSummaryAsync();

        Assert.Empty(export.Errors);
        Assert.Empty(summary.Refused);
        Assert.Equal(summary.Entries, Sum(summary));
        Assert.Equal(truth.Entries.Count, summary.Entries - summary.Folders);
        Assert.Equal(items.Count, summary.Items);
        Assert.Equal(items.Count, items.Select(i => i.Id).Distinct().Count());
        Assert.Empty(Differences(truth, items, folder).Take(20));
        Assert.Equal(truth.Entries.Count(e => e.RepeatOf is not null && e.Role != TakeoutRole.Other), summary.Repeats);
        Assert.Equal(truth.Entries.Count(e => e is { RepeatOf: null, Role: TakeoutRole.AlbumMetadata }), summary.AlbumMetadata);
        Assert.Equal(truth.Entries.Count(e => e.Role == TakeoutRole.Other), summary.OtherFiles);
        Assert.Equal(UnjoinedJsons(truth), summary.UnjoinedMetadata.Select(f => f.EntryName).Order(StringComparer.Ordinal));
        Assert.All(summary.UnjoinedItems, i => Assert.Contains("JSON", truth.Entries.First(e => e.Path == i.EntryName).Case, StringComparison.Ordinal));
    }

    private static IEnumerable<string> UnjoinedJsons(TakeoutTruth truth)
    {
        HashSet<string> joined = [.. truth.Entries.Select(e => e.Json?.Path).OfType<string>()];
        return truth.Entries.Where(e => e is { RepeatOf: null, Role: TakeoutRole.Json } && !joined.Contains(e.Path) && e.Case != "in an album by JSON alone")
            .Select(e => e.Path).Order(StringComparer.Ordinal);
    }

    internal static int Sum(TakeoutSummary summary) =>
        summary.Photos + summary.Videos + summary.AlbumCopies + summary.Repeats + summary.JoinedMetadata + summary.UnjoinedMetadata.Count + summary.AlbumMetadata
        + summary.OtherFiles + summary.Folders + summary.Refused.Count;

    private static IEnumerable<string> Differences(TakeoutTruth truth, List<MediaItem> items, TempFolder folder)
    {
        Dictionary<(string, string), Truth> byPath = truth.Entries.ToDictionary(e => (folder[e.Archive], e.Path));
        ILookup<int, (MediaItem Item, Truth Entry)> mine = items.Select(i => (Item: i, Entry: byPath[(i.ArchivePath!, i.EntryName!)])).ToLookup(p => p.Entry.Item ?? -1);
        foreach (IGrouping<int, Truth> theirs in truth.Entries.Where(e => e.Role == TakeoutRole.Picture && e.RepeatOf is null).GroupBy(e => e.Item!.Value))
        {
            Truth[] home = [.. theirs.GroupBy(e => Path.GetDirectoryName(e.Path)).OrderBy(g => g.First().Album is not null).First()];
            string[] awaited = [.. home.Select(e => e.Path).Order(StringComparer.Ordinal)];
            string[] found = [.. mine[theirs.Key].Select(p => p.Entry.Path).Order(StringComparer.Ordinal)];
            if (!awaited.SequenceEqual(found))
            {
                yield return $"{home[0].Case}: items {string.Join(", ", found)}, not {string.Join(", ", awaited)}";
            }

            foreach ((MediaItem item, Truth entry) in mine[theirs.Key])
            {
                Truth facts = entry.Json is null ? theirs.FirstOrDefault(t => t.Json is not null) ?? entry : entry;
                foreach (string difference in Differences(item, facts, theirs))
                {
                    yield return $"{entry.Case}: {entry.Path}: {difference}";
                }
            }
        }
    }

    private static IEnumerable<string> Differences(MediaItem item, Truth facts, IEnumerable<Truth> copies)
    {
        if (facts.Taken is { } taken && item.CreationTime.UtcDateTime != taken)
        {
            yield return $"taken {item.CreationTime:u}, not {taken:u}";
        }

        TakeoutPlace? place = facts.Location ?? facts.LocationExif;
        if ((item.Latitude, item.Longitude, item.Altitude ?? 0) != (place?.Latitude, place?.Longitude, place?.Altitude ?? 0))
        {
            yield return $"at {item.Latitude}, {item.Longitude}, {item.Altitude}, not {place}";
        }

        if ((item.Description ?? "") != (facts.Description ?? ""))
        {
            yield return $"description {item.Description}, not {facts.Description}";
        }

        if (!item.People.SequenceEqual(facts.People ?? []))
        {
            yield return $"people {string.Join(", ", item.People)}";
        }

        if ((item.IsFavorite ?? false, item.IsArchived ?? false, item.IsTrashed ?? false) != (facts.Favorited ?? false, facts.Archived ?? false, facts.Trashed ?? false))
        {
            yield return $"favourite {item.IsFavorite}, archived {item.IsArchived}, trashed {item.IsTrashed}";
        }

        if ((facts.Json is null) != (item.IsFavorite is null))
        {
            yield return facts.Json is null ? "joined, and there is no JSON" : $"not joined with {facts.Json.Path}";
        }

        string[] albums = [.. copies.SelectMany(c => c.Albums ?? []).Select(a => string.IsNullOrEmpty(a.Title) ? a.Folder[(a.Folder.LastIndexOf('/') + 1)..] : a.Title).Distinct().Order(StringComparer.Ordinal)];
        if (!albums.SequenceEqual(item.AlbumTitles.Order(StringComparer.Ordinal)))
        {
            yield return $"albums {string.Join(", ", item.AlbumTitles)}, not {string.Join(", ", albums)}";
        }
    }
}
