using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.Library;

/// <summary>An album, its items and enrichments in the order the user sees. Callers hold the library's gate.</summary>
internal sealed class Album
{
    private readonly List<AlbumEntry> _entries = [];
    private readonly HashSet<MediaItem> _present = [];
    private MediaItem[]? _items;
    private MediaItem? _cover;

    public required ulong Key { get; init; }

    public required string Id { get; init; }

    /// <summary>Who made it; nobody else may see it.</summary>
    public required Caller Owner { get; init; }

    public required string Title { get; set; }

    public IReadOnlyList<AlbumEntry> Entries => _entries;

    /// <summary>The items as they are now: the list stays as it is when the album changes.</summary>
    public IReadOnlyList<MediaItem> Items => _items ??= [.. _entries.Select(entry => entry.Item).OfType<MediaItem>()];

    /// <summary>The cover that was set, while it is in the album; else the first item.</summary>
    public MediaItem? Cover
    {
        get => _cover is not null && Contains(_cover) ? _cover : Items is [MediaItem first, ..] ? first : null;
        set => _cover = value;
    }

    public bool Contains(MediaItem item) => _present.Contains(item);

    /// <summary>Puts the items in at an index among the entries, in their order, but for those already here.</summary>
    public void Insert(int index, IEnumerable<MediaItem> items)
    {
        _entries.InsertRange(index, items.Where(_present.Add).Select(item => new AlbumEntry(item, null)).ToList());
        _items = null;
    }

    public void Insert(int index, Enrichment enrichment) => _entries.Insert(index, new AlbumEntry(null, enrichment));

    public void Remove(MediaItem item)
    {
        if (_present.Remove(item))
        {
            _entries.RemoveAll(entry => entry.Item == item);
            _items = null;
        }
    }
}
