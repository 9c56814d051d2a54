namespace GPhotos;

/// <summary>
/// What a Takeout export holds, every entry of every archive counted once: Entries is the sum of Photos, Videos, AlbumCopies, Repeats, JoinedMetadata,
/// UnjoinedMetadata, AlbumMetadata, OtherFiles, Folders and Refused.
/// </summary>
public sealed record TakeoutSummary
{
    /// <summary>The archives and folders that were read, as full paths.</summary>
    public IReadOnlyList<string> Archives { get; init; } = [];

    /// <summary>How many entries they have in all.</summary>
    public int Entries { get; init; }

    /// <summary>How many media items there are: photos and videos.</summary>
    public int Items => Photos + Videos;

    /// <summary>How many photos, each counted once however many albums it is in.</summary>
    public int Photos { get; init; }

    /// <summary>How many videos, the moving halves of photos among them.</summary>
    public int Videos { get; init; }

    /// <summary>How many entries are copies, in the folders of albums, of pictures that are counted already.</summary>
    public int AlbumCopies { get; init; }

    /// <summary>How many entries stand in more than one archive, each counted without the first.</summary>
    public int Repeats { get; init; }

    /// <summary>How many JSON files tell of pictures that are there.</summary>
    public int JoinedMetadata { get; init; }

    /// <summary>How many JSON files tell of albums.</summary>
    public int AlbumMetadata { get; init; }

    /// <summary>How many files belong to other products of Google's, or are none of these.</summary>
    public int OtherFiles { get; init; }

    /// <summary>How many entries are folders.</summary>
    public int Folders { get; init; }

    /// <summary>The titles of the albums, in ordinal order.</summary>
    public IReadOnlyList<string> Albums { get; init; } = [];

    /// <summary>The media items that no JSON tells of, or more than one. They are among Items; their time is that of the file itself.</summary>
    public IReadOnlyList<MediaItem> UnjoinedItems { get; init; } = [];

    /// <summary>The JSON files whose picture is not there, that fit more than one, or that cannot be read.</summary>
    public IReadOnlyList<TakeoutFinding> UnjoinedMetadata { get; init; } = [];

    /// <summary>The entries that were not touched: links, encrypted ones, names that lead out of the archive, what is broken off.</summary>
    public IReadOnlyList<TakeoutFinding> Refused { get; init; } = [];

    /// <summary>The archives that are damaged, as full paths. Of a zip nothing was read, of a tgz what stands before the damage.</summary>
    public IReadOnlyList<string> DamagedArchives { get; init; } = [];

    /// <summary>The numbers of entries and items.</summary>
    public override string ToString() => FormattableString.Invariant($"{Entries} entries, {Items} items");

    internal TakeoutSummary With(IReadOnlyList<MediaItem> unjoinedItems) => this with { UnjoinedItems = unjoinedItems };
}
