namespace GPhotos.Emulator.Library;

/// <summary>An album this app created, its items in the order the user sees.</summary>
internal sealed class Album
{
    private readonly List<MediaItem> _items = [];

    public required ulong Key { get; init; }

    public required string Id { get; init; }

    public required string Title { get; init; }

    public IReadOnlyList<MediaItem> Items => _items;

    public bool Contains(MediaItem item) => _items.Contains(item);

    /// <summary>Puts the items in at an index, in their order, but for those already here.</summary>
    public void Insert(int index, IEnumerable<MediaItem> items) =>
        _items.InsertRange(index, items.Where(item => !_items.Contains(item)).Distinct().ToList());

    public void Remove(MediaItem item) => _items.Remove(item);

    public int IndexOf(MediaItem item) => _items.IndexOf(item);
}
