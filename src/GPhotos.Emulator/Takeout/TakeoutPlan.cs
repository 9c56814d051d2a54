using System.Globalization;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.Media;

namespace GPhotos.Emulator.Takeout;

/// <summary>An entry that is to be written.</summary>
/// <param name="Truth">What it is.</param>
/// <param name="Content">Its bytes, made when they are asked for.</param>
internal sealed record PlannedEntry(TakeoutEntry Truth, Func<byte[]> Content);

/// <summary>Lays media items out in folders and parts, and notes what is true of each entry.</summary>
internal sealed class TakeoutPlan
{
    private const int RepeatedOneIn = 300;

    private readonly TakeoutOptions _options;
    private readonly TakeoutLocale _locale;
    private readonly Dictionary<string, TakeoutFolder> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TakeoutFolder> _albums = new(StringComparer.Ordinal);
    private readonly List<PlannedEntry> _entries = [];
    private ulong _dice;
    private int _items;

    public TakeoutPlan(TakeoutOptions options)
    {
        _options = options;
        _locale = TakeoutLocale.For(options);
        _dice = (ulong)options.Seed;
        string extension = options.Format switch { TakeoutFormat.Zip => ".zip", TakeoutFormat.Tgz => ".tgz", _ => "" };
        Archives = [.. Enumerable.Range(1, options.Parts).Select(part =>
            string.Create(CultureInfo.InvariantCulture, $"takeout-20240712T112341Z-{(options.Seed % 9) + 1}-{part:D3}{extension}"))];
    }

    /// <summary>The names of the parts.</summary>
    public IReadOnlyList<string> Archives { get; }

    public IReadOnlyList<PlannedEntry> Entries => _entries;

    /// <summary>The folder of Google Photos.</summary>
    public string Root => $"Takeout/{_locale.Root}";

    public void Add(AlbumDraft album)
    {
        string title = string.IsNullOrEmpty(album.Title) ? _locale.Untitled : album.Title;
        int number = 0;
        while (_folders.ContainsKey($"{Root}/{TakeoutNames.Folder(title, number)}"))
        {
            number++;
        }

        TakeoutFolder folder = new($"{Root}/{TakeoutNames.Folder(title, number)}") { Album = album };
        _folders.Add(folder.Path, folder);
        _albums.Add(album.Key, folder);
        for (int copy = 0; copy <= (album.IsTwice ? 1 : 0); copy++)
        {
            string path = folder.Claim(TakeoutNames.File(_locale.AlbumJson + ".json", copy));
            Add(new TakeoutEntry
            {
                Archive = AnyArchive(),
                Path = path,
                Role = TakeoutRole.AlbumMetadata,
                Case = "album",
                Readable = true,
                Album = AlbumOf(folder),
            }, () => TakeoutJson.Album(album));
        }

        if (album.IsShared)
        {
            AddOther(folder.Claim("shared_album_comments.json"), TakeoutJson.Comments);
        }
    }

    /// <summary>Adds a file that is no picture of Google Photos.</summary>
    public void AddOther(string path, Func<byte[]> content) => Add(
        new TakeoutEntry { Archive = AnyArchive(), Path = path, Role = TakeoutRole.Other, Case = "other" }, content);

    public void Add(TakeoutItem item)
    {
        int number = ++_items;
        string name = item.Folder ?? FolderOf(item);
        if (!_folders.TryGetValue($"{Root}/{name}", out TakeoutFolder? folder))
        {
            folder = new TakeoutFolder($"{Root}/{name}");
            _folders.Add(folder.Path, folder);
        }

        Place(item, number, folder, item.IsWithoutPicture);
        foreach (string album in item.Albums)
        {
            Place(item, number, _albums[album], item.IsWithoutPicture);
        }

        foreach (string album in item.AlbumsByJson)
        {
            Place(item, number, _albums[album], isWithoutPicture: true);
        }
    }

    /// <summary>Repeats some entries in another part, as Takeout does now and then.</summary>
    public void RepeatSome()
    {
        if (Archives.Count == 1)
        {
            return;
        }

        foreach (PlannedEntry entry in _entries.Where((_, index) => index % RepeatedOneIn is 0 or 1).ToArray())
        {
            int part = (Archives.ToList().IndexOf(entry.Truth.Archive) + 1) % Archives.Count;
            Add(entry.Truth with { Archive = Archives[part], RepeatOf = entry.Truth.Archive }, entry.Content);
        }
    }

    private void Place(TakeoutItem item, int number, TakeoutFolder folder, bool isWithoutPicture)
    {
        PlacedNames names = folder.Place(item);
        string archive = AnyArchive();
        string jsonArchive = Roll(4) == 0 ? AnyArchive() : archive;
        bool isReadable = item.Flaw == JsonFlaw.None;
        ulong key = Identifier.Mix(((ulong)_options.Seed << 32) + (ulong)number);
        TakeoutEntry json = new()
        {
            Archive = jsonArchive,
            Path = folder.PathOf(names.Json),
            Role = TakeoutRole.Json,
            Case = item.Case,
            Readable = isReadable,
            Item = number,
        };
        if (item.Flaw != JsonFlaw.Missing)
        {
            Add(json, () => Flawed(TakeoutJson.Picture(item, key), item.Flaw));
        }

        if (isWithoutPicture)
        {
            return;
        }

        TakeoutPath? join = isReadable ? new(json.Archive, json.Path) : null;
        TakeoutEntry picture = Told(json with { Archive = archive, Role = TakeoutRole.Picture, Readable = null, Json = join }, item, folder);
        string main = folder.PathOf(names.Main);
        string? half = item.Companions.Index().Where(pair => !pair.Item.IsEdit).Select(pair => names.Companions[pair.Index]).FirstOrDefault();
        Add(
            picture with { Path = main, LivePartner = half is null ? null : folder.PathOf(half) },
            () => SyntheticBytes.Make(item.MimeType, key, item.Taken, 0));
        foreach ((int index, Companion companion) in item.Companions.Index())
        {
            Add(
                picture with
                {
                    Archive = Roll(4) == 0 ? AnyArchive() : archive,
                    Path = folder.PathOf(names.Companions[index]),
                    EditedOf = companion.IsEdit ? main : null,
                    LivePartner = companion.IsEdit ? null : main,
                },
                () => SyntheticBytes.Make(companion.MimeType, key + (ulong)index + 1, item.Taken, 0));
        }
    }

    private TakeoutEntry Told(TakeoutEntry entry, TakeoutItem item, TakeoutFolder folder)
    {
        entry = entry with
        {
            Album = folder.Album is null ? null : AlbumOf(folder),
            Albums = [.. item.Albums.Concat(item.AlbumsByJson).Select(album => AlbumOf(_albums[album]))],
        };
        return entry.Json is null ? entry : entry with
        {
            Title = item.Title,
            Taken = item.IsTimeUnknown ? null : item.Taken,
            Created = item.Taken + item.UploadedAfter,
            Location = item.Place,
            LocationExif = item.PlaceOfFile,
            Description = item.Description.Length == 0 ? null : item.Description,
            People = item.People,
            Favorited = item.IsFavorite,
            Archived = item.IsArchived,
            Trashed = item.IsTrashed,
        };
    }

    private string FolderOf(TakeoutItem item) => item switch
    {
        { IsTrashed: true } => _locale.Trash,
        { IsArchived: true } => _locale.Archive,
        _ => _locale.FolderOf(item.Taken.Year),
    };

    private static TakeoutAlbum AlbumOf(TakeoutFolder folder) => new(folder.Album!.Title, folder.Path);

    private static byte[] Flawed(byte[] json, JsonFlaw flaw) => flaw switch
    {
        JsonFlaw.Empty => [],
        JsonFlaw.EmptyObject => [.. "{}"u8],
        JsonFlaw.Broken => json[..(json.Length * 3 / 5)],
        _ => json,
    };

    private void Add(TakeoutEntry truth, Func<byte[]> content) => _entries.Add(new PlannedEntry(truth, content));

    private string AnyArchive() => Archives[Roll(Archives.Count)];

    private int Roll(int sides) => (int)((_dice = Identifier.Mix(_dice)) % (ulong)sides);
}
