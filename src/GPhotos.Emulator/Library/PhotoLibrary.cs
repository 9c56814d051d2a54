using System.Diagnostics.CodeAnalysis;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.Library;

/// <summary>All that the users have: media items newest first, and albums. Who works in several steps holds <see cref="Gate"/> over them.</summary>
internal sealed class PhotoLibrary
{
    private readonly Dictionary<ulong, MediaItem> _byKey = [];
    private readonly Dictionary<(string User, string Hash), MediaItem> _byHash = [];
    private readonly Dictionary<ulong, Album> _albumsByKey = [];
    private readonly List<MediaItem> _newestFirst = [];
    private readonly List<Album> _albums = [];

    /// <summary>Held while the library is read or changed; it may be taken again by its holder.</summary>
    public Lock Gate { get; } = new();

    /// <summary>To be read with the gate held.</summary>
    public IReadOnlyList<MediaItem> NewestFirst => _newestFirst;

    /// <summary>In the order they were created; to be read with the gate held.</summary>
    public IReadOnlyList<Album> Albums => _albums;

    public void Add(MediaItem item, string? contentHash)
    {
        lock (Gate)
        {
            _byKey.Add(item.Key, item);
            int index = _newestFirst.BinarySearch(item, NewestFirstOrder.Instance);
            _newestFirst.Insert(index < 0 ? ~index : index, item);
            if (contentHash is not null)
            {
                _byHash.TryAdd((item.Owner.User, contentHash), item);
            }
        }
    }

    /// <summary>Adds items that are in order and older than all here, which spares the search for their places.</summary>
    public void Append(IReadOnlyCollection<MediaItem> olderItems)
    {
        lock (Gate)
        {
            _byKey.EnsureCapacity(_byKey.Count + olderItems.Count);
            foreach (MediaItem item in olderItems)
            {
                _byKey.Add(item.Key, item);
            }

            _newestFirst.AddRange(olderItems);
        }
    }

    public bool Remove(MediaItem item)
    {
        lock (Gate)
        {
            foreach (Album album in _albums)
            {
                album.Remove(item);
            }

            foreach ((string User, string Hash) hash in _byHash.Where(pair => pair.Value == item).Select(pair => pair.Key).ToList())
            {
                _byHash.Remove(hash);
            }

            return _byKey.Remove(item.Key) && _newestFirst.Remove(item);
        }
    }

    public MediaItem? Find(ulong key)
    {
        lock (Gate)
        {
            return _byKey.GetValueOrDefault(key);
        }
    }

    /// <summary>The item, if it is the caller's to see.</summary>
    public MediaItem? Find(string id, Caller caller) => Find(id) is MediaItem item && item.Owner == caller ? item : null;

    /// <summary>The item, whoever may see it.</summary>
    public MediaItem? Find(string id) =>
        Identifier.TryGetKey(id, out ulong key) && Find(key) is MediaItem item && item.Id == id ? item : null;

    /// <summary>The item, by the Library's id of it or by the Picker's.</summary>
    public MediaItem? FindByAnyId(string id) =>
        Identifier.TryGetKey(id, out ulong key) && Find(key) is MediaItem item && (item.Id == id || item.PickerId == id) ? item : null;

    /// <summary>All that a user has, newest first: of every project, and what no project made.</summary>
    public IReadOnlyList<MediaItem> AllOf(string user)
    {
        lock (Gate)
        {
            return [.. _newestFirst.Where(item => item.Owner.User == user)];
        }
    }

    /// <summary>The ids of the albums that each item is in; to be asked for with the gate held.</summary>
    public ILookup<MediaItem, string> AlbumIds() => _albums
        .SelectMany(album => album.Items.Select(item => (item, album.Id)))
        .ToLookup(pair => pair.item, pair => pair.Id);

    /// <summary>The user's item that already holds these bytes, whoever may see it.</summary>
    public bool TryFindByHash(string user, string contentHash, [NotNullWhen(true)] out MediaItem? item)
    {
        lock (Gate)
        {
            return _byHash.TryGetValue((user, contentHash), out item);
        }
    }

    public Album CreateAlbum(string title, Caller owner)
    {
        ulong key = Identifier.NewKey();
        Album album = new() { Key = key, Id = Identifier.ForAlbum(key), Owner = owner, Title = title };
        lock (Gate)
        {
            _albums.Add(album);
            _albumsByKey.Add(key, album);
        }

        return album;
    }

    public Album? FindAlbum(ulong key)
    {
        lock (Gate)
        {
            return _albumsByKey.GetValueOrDefault(key);
        }
    }

    /// <summary>The album, if it is the caller's to see.</summary>
    public Album? FindAlbum(string id, Caller caller) => FindAlbum(id) is Album album && album.Owner == caller ? album : null;

    /// <summary>The album, whoever may see it.</summary>
    public Album? FindAlbum(string id) =>
        Identifier.TryGetKey(id, out ulong key) && FindAlbum(key) is Album album && album.Id == id ? album : null;
}
