namespace GPhotos.Core.Takeout;

/// <summary>
/// Makes one item of a picture that lies in the folder of its year and in those of its albums. Copies are known by their bytes and by what their JSONs say, not
/// by their names, which are numbered anew in each folder.
/// </summary>
internal sealed class AlbumMerge(IReadOnlyList<TakeoutFolder> folders)
{
    private readonly Dictionary<long, List<TakeoutEntry>> _byLength = [];

    /// <summary>The items, in no order.</summary>
    public List<TakeoutEntry> Items { get; } = [];

    /// <summary>How many entries are copies of an item that another entry stands for.</summary>
    public int Copies { get; private set; }

    /// <summary>Merges the folders. Their pictures and JSONs are joined already.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (TakeoutEntry media in folders.Where(f => f.AlbumTitle is null).SelectMany(f => f.Media))
        {
            Add(media);
        }

        foreach (TakeoutFolder album in folders.Where(f => f.AlbumTitle is not null))
        {
            foreach (TakeoutEntry media in album.Media)
            {
                await PlaceAsync(media, album, cancellationToken).ConfigureAwait(false);
            }
        }

        PlaceByJsonAlone();
    }

    private void Add(TakeoutEntry media)
    {
        Items.Add(media);
        if (!_byLength.TryGetValue(media.Length, out List<TakeoutEntry>? same))
        {
            _byLength.Add(media.Length, same = []);
        }

        same.Add(media);
    }

    private async Task PlaceAsync(TakeoutEntry media, TakeoutFolder album, CancellationToken cancellationToken)
    {
        List<TakeoutEntry> like = [.. (_byLength.GetValueOrDefault(media.Length) ?? []).Where(m => MayBe(m, media, album))];
        if (like.Count > 1 || (like.Count == 1 && !IsSure(like[0], media)))
        {
            like = await OfSameBytesAsync(media, like, cancellationToken).ConfigureAwait(false);
        }

        // Several of the same bytes, JSON and all: whichever, in the order of their numbers.
        if (like.FirstOrDefault() is not { } item)
        {
            Add(media);
            (media.Albums ??= []).Add(album.AlbumTitle!);
            (media.CopiedTo ??= []).Add(album);
            return;
        }

        Copies++;
        item.Json ??= media.Json;
        (item.CopiedTo ??= []).Add(album);
        Put(item, album.AlbumTitle!);
    }

    private static void Put(TakeoutEntry item, string title)
    {
        item.Albums ??= [];
        if (!item.Albums.Contains(title))
        {
            item.Albums.Add(title);
        }
    }

    // No two entries of one folder are one item.
    private static bool MayBe(TakeoutEntry item, TakeoutEntry media, TakeoutFolder album) =>
        item.Folder != album && item.CopiedTo?.Contains(album) != true
        && (item.Crc is null || media.Crc is null || item.Crc == media.Crc)
        && (item.Json is null || media.Json is null || item.Json.Agrees(media.Json));

    // With a checksum and a length, or with the page that both are shown on.
    private static bool IsSure(TakeoutEntry item, TakeoutEntry media) =>
        (item.Crc is not null && item.Crc == media.Crc) || (item.Json?.Address is { } page && page == media.Json?.Address);

    private static async Task<List<TakeoutEntry>> OfSameBytesAsync(TakeoutEntry media, List<TakeoutEntry> like, CancellationToken cancellationToken)
    {
        List<TakeoutEntry> same = [];
        foreach (TakeoutEntry item in like)
        {
            if (await item.ChecksumAsync(cancellationToken).ConfigureAwait(false) is { } crc && crc == await media.ChecksumAsync(cancellationToken).ConfigureAwait(false))
            {
                same.Add(item);
            }
        }

        return same;
    }

    // An album may hold the JSON of a picture that lies in its year's folder alone.
    private void PlaceByJsonAlone()
    {
        ILookup<(string, long?), TakeoutEntry> byJson = Items.Where(i => i.Json is not null).ToLookup(i => (i.Json!.Title, i.Json.Taken));
        foreach (TakeoutFolder album in folders.Where(f => f.AlbumTitle is not null))
        {
            foreach (PictureJson json in album.Jsons.Where(j => j is { Flaw: null, IsJoined: false }))
            {
                IGrouping<PictureJson, TakeoutEntry>[] told = [.. byJson[(json.Title, json.Taken)].Where(i => i.Json!.Agrees(json)).GroupBy(i => i.Json!)];
                if (told.Length == 1)
                {
                    json.IsJoined = true;
                    foreach (TakeoutEntry item in told[0])
                    {
                        Put(item, album.AlbumTitle!);
                    }
                }
            }
        }
    }
}
