namespace GPhotos.Emulator.Search;

/// <summary>A short list in the user's own order: an album's items, or the albums.</summary>
internal sealed class ListSource<T>(Lock gate, IReadOnlyList<T> list, Func<T, ulong> keyOf) : IPageSource<T>
    where T : class
{
    public (List<T> Entries, bool More) Read(PageCursor cursor, int count)
    {
        lock (gate)
        {
            int start = cursor.Page == 0 ? 0 : IndexBehind(cursor);
            return ([.. list.Skip(start).Take(count)], list.Count > start + count);
        }
    }

    public T? EntryAt(PageCursor cursor)
    {
        lock (gate)
        {
            return list.FirstOrDefault(entry => keyOf(entry) == cursor.Key);
        }
    }

    public PageCursor CursorOn(T entry, int offset) =>
        new(0, 0, keyOf(entry), offset, EmptyPageGiven: false, AtEnd: false);

    private int IndexBehind(PageCursor cursor)
    {
        if (cursor.Offset <= list.Count && keyOf(list[cursor.Offset - 1]) == cursor.Key)
        {
            return cursor.Offset;
        }

        for (int index = 0; index < list.Count; index++)
        {
            if (keyOf(list[index]) == cursor.Key)
            {
                return index + 1;
            }
        }

        return Math.Min(cursor.Offset, list.Count);
    }
}
