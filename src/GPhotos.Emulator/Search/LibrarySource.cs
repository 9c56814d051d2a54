using GPhotos.Emulator.Library;

namespace GPhotos.Emulator.Search;

/// <summary>The library by time, as far as a filter lets it through.</summary>
internal sealed class LibrarySource(PhotoLibrary library, Predicate<MediaItem> matches, bool oldestFirst) : IPageSource<MediaItem>
{
    public (List<MediaItem> Entries, bool More) Read(PageCursor cursor, int count)
    {
        List<MediaItem> found = new(count);
        lock (library.Gate)
        {
            IReadOnlyList<MediaItem> items = library.NewestFirst;
            int step = oldestFirst ? -1 : 1;
            for (int at = Start(items, cursor); at >= 0 && at < items.Count; at += step)
            {
                if (matches(items[at]))
                {
                    if (found.Count == count)
                    {
                        return (found, true);
                    }

                    found.Add(items[at]);
                }
            }
        }

        return (found, false);
    }

    public MediaItem? EntryAt(PageCursor cursor) => library.Find(cursor.Key);

    public PageCursor CursorOn(MediaItem entry, int offset) =>
        new(0, entry.CreationTime.Ticks, entry.Key, offset, EmptyPageGiven: false, AtEnd: false);

    private int Start(IReadOnlyList<MediaItem> items, PageCursor cursor)
    {
        if (cursor.Page == 0)
        {
            return oldestFirst ? items.Count - 1 : 0;
        }

        // The first item behind the cursor's, in the list's own order: newer items may have come in before it.
        int low = 0;
        int high = items.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            int order = NewestFirstOrder.Compare(items[middle], cursor.Ticks, cursor.Key);
            (low, high) = order < 0 || (order == 0 && !oldestFirst) ? (middle + 1, high) : (low, middle);
        }

        return oldestFirst ? low - 1 : low;
    }
}
