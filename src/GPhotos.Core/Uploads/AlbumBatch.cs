using GPhotos.Core.Journal;

namespace GPhotos.Core.Uploads;

/// <summary>
/// What waits to be written to one album (or to the library alone): new media items, or known ones to be put in. One kind at a time, so that
/// the album gets them in the order of the input.
/// </summary>
internal sealed class AlbumBatch(string? albumId)
{
    private readonly Dictionary<ContentIdentity, CreationEntry> _byIdentity = [];

    public string? AlbumId => albumId;

    public List<CreationEntry> Creations { get; } = new(MediaItemCreation.MaxBatchSize);

    public List<Prepared> Placements { get; } = [];

    public int Count => Creations.Count + Placements.Count;

    public bool IsFull => Count >= MediaItemCreation.MaxBatchSize;

    /// <summary>The entry that waits with these bytes, or null.</summary>
    public CreationEntry? Find(ContentIdentity identity) => _byIdentity.GetValueOrDefault(identity);

    /// <summary>How many of them calls were set aside for.</summary>
    public int Planned { get; private set; }

    public void Add(Prepared prepared)
    {
        Planned += prepared.IsPlanned ? 1 : 0;
        if (prepared.File is null)
        {
            Placements.Add(prepared);
        }
        else
        {
            CreationEntry entry = new(prepared.Request, prepared.File);
            Creations.Add(entry);
            _byIdentity[entry.Identity] = entry;
        }
    }

    public void Clear()
    {
        Creations.Clear();
        Placements.Clear();
        _byIdentity.Clear();
        Planned = 0;
    }
}
