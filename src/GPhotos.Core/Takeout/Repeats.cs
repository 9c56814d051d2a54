namespace GPhotos.Core.Takeout;

/// <summary>Entries that came once more: parts may overlap, and the same part may have been downloaded twice.</summary>
internal static class Repeats
{
    /// <summary>Leaves one of each in a folder, and gives the number of the others. Two of one name that differ are both kept.</summary>
    public static int Remove(TakeoutFolder folder) =>
        Remove(folder.Media, m => m) + Remove(folder.Jsons, j => j.Entry) + Remove(folder.AlbumJsons, j => j.Entry);

    private static int Remove<T>(List<T> entries, Func<T, TakeoutEntry> entryOf)
    {
        Dictionary<string, List<TakeoutEntry>> known = new(entries.Count, StringComparer.Ordinal);
        return entries.RemoveAll(e =>
        {
            TakeoutEntry entry = entryOf(e);
            string name = entry.FileName.Normalize();
            if (!known.TryGetValue(name, out List<TakeoutEntry>? same))
            {
                known.Add(name, [entry]);
                return false;
            }

            if (same.Exists(s => IsSame(s, entry)))
            {
                return true;
            }

            same.Add(entry);
            return false;
        });
    }

    private static bool IsSame(TakeoutEntry one, TakeoutEntry other) =>
        one.Length == other.Length && (one.Crc is null || other.Crc is null || one.Crc == other.Crc);
}
