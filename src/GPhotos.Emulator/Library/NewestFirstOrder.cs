namespace GPhotos.Emulator.Library;

/// <summary>The order of listings. Keys settle ties, so that a page can be resumed behind any item.</summary>
internal sealed class NewestFirstOrder : IComparer<MediaItem>
{
    public static NewestFirstOrder Instance { get; } = new();

    public int Compare(MediaItem? x, MediaItem? y) => Compare(x!, y!.CreationTime.Ticks, y.Key);

    public static int Compare(MediaItem item, long ticks, ulong key)
    {
        int byTime = ticks.CompareTo(item.CreationTime.Ticks);
        return byTime != 0 ? byTime : item.Key.CompareTo(key);
    }
}
