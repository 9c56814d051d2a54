namespace GPhotos.Core.Takeout;

/// <summary>Entries that came once more: parts and exports may overlap, and the same part may have been downloaded twice.</summary>
internal static class Repeats
{
    /// <summary>Leaves one of each in a folder, and gives the number of the others. Two of one name that differ are both kept.</summary>
    public static async Task<int> RemoveAsync(TakeoutFolder folder, CancellationToken cancellationToken) =>
        await RemoveAsync(folder.Media, static m => m.FileName.Normalize(), IsSameAsync, cancellationToken).ConfigureAwait(false)
        + await RemoveAsync(folder.Jsons, static j => j.Address ?? j.Entry.FileName.Normalize(), IsSameAsync, cancellationToken).ConfigureAwait(false)
        + await RemoveAsync(folder.AlbumJsons, static j => j.Entry.FileName.Normalize(), IsSameAsync, cancellationToken).ConfigureAwait(false);

    private static async Task<int> RemoveAsync<T>(
        List<T> entries, Func<T, string> keyOf, Func<T, T, CancellationToken, Task<bool>> isSame, CancellationToken cancellationToken)
    {
        Dictionary<string, List<T>> known = new(entries.Count, StringComparer.Ordinal);
        List<T> kept = new(entries.Count);
        foreach (T entry in entries)
        {
            if (!known.TryGetValue(keyOf(entry), out List<T>? others))
            {
                known.Add(keyOf(entry), others = []);
            }

            bool isRepeat = false;
            foreach (T other in others)
            {
                isRepeat = isRepeat || await isSame(other, entry, cancellationToken).ConfigureAwait(false);
            }

            if (!isRepeat)
            {
                others.Add(entry);
                kept.Add(entry);
            }
        }

        int repeats = entries.Count - kept.Count;
        entries.Clear();
        entries.AddRange(kept);
        return repeats;
    }

    // Unpacked, an entry has no checksum, and two people's exports may well have a picture each of one path and length.
    private static async Task<bool> IsSameAsync(TakeoutEntry one, TakeoutEntry other, CancellationToken cancellationToken)
    {
        if (one.Length != other.Length)
        {
            return false;
        }

        bool isSame = await one.ChecksumAsync(cancellationToken).ConfigureAwait(false) is { } crc
            && crc == await other.ChecksumAsync(cancellationToken).ConfigureAwait(false);
        one.HasDouble = other.HasDouble = !isSame || one.HasDouble;
        return isSame;
    }

    // How often a picture was seen stands in its JSON, too: what is read of both is what counts.
    private static async Task<bool> IsSameAsync(PictureJson one, PictureJson other, CancellationToken cancellationToken) =>
        one.Flaw is null && other.Flaw is null ? one.SaysTheSame(other) : await IsSameAsync(one.Entry, other.Entry, cancellationToken).ConfigureAwait(false);

    private static Task<bool> IsSameAsync(AlbumJson one, AlbumJson other, CancellationToken cancellationToken) =>
        one.Title == other.Title ? Task.FromResult(true) : IsSameAsync(one.Entry, other.Entry, cancellationToken);
}
