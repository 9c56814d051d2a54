using System.IO.Hashing;
using System.Text.Json;
using GPhotos.Core.Downloads;
using GPhotos.Core.Uploads;

namespace GPhotos.Core.Takeout;

/// <summary>What is in all parts of an export: every entry counted once, pictures and JSONs by folder. No bytes of pictures are kept.</summary>
internal sealed class TakeoutIndex
{
    /// <summary>The largest JSON that is read, in bytes. Google's have some thousand.</summary>
    public const int MaxJsonLength = 1024 * 1024;

    private readonly Dictionary<string, TakeoutFolder> _folders = new(StringComparer.Ordinal);
    private readonly byte[] _head = new byte[ContentKind.HeadLength];
    private long _text;

    /// <summary>How many characters are kept of all JSONs together. Half a million pictures have some hundred million.</summary>
    public long MaxJsonText { get; init; } = 200_000_000;

    /// <summary>What is wrong with parts, a line each.</summary>
    public List<GPhotosException> Errors { get; } = [];

    /// <summary>Entries that are not touched, and why.</summary>
    public List<TakeoutFinding> Refused { get; } = [];

    public int Entries { get; private set; }

    public int Folders { get; private set; }

    /// <summary>What belongs to no folder of a product.</summary>
    public int Others { get; private set; }

    /// <summary>All folders, in the order they were met.</summary>
    public IReadOnlyCollection<TakeoutFolder> All => _folders.Values;

    /// <summary>Notes what is wrong with a part.</summary>
    public void Tell(GPhotosException error) => Errors.Add(error);

    /// <summary>Takes in an entry.</summary>
    public async Task AddAsync(FoundEntry found, CancellationToken cancellationToken)
    {
        Entries++;
        if ((found.Flaw ?? EntryName.Flaw(found.Name)) is { } flaw)
        {
            Refused.Add(new TakeoutFinding(found.Part.Path, found.Name, flaw));
            return;
        }

        if (found.IsFolder)
        {
            Folders++;
            return;
        }

        (string? product, string path, string fileName) = EntryName.Place(found.Name, found.Part is FolderPart part ? part.Above : []);
        if (product is null)
        {
            Others++;
            return;
        }

        if (!_folders.TryGetValue(path, out TakeoutFolder? folder))
        {
            _folders.Add(path, folder = new TakeoutFolder(path, product));
        }

        if (EntryName.IsJson(fileName))
        {
            await AddJsonAsync(found, folder, fileName, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            AddFile(found, folder, fileName);
        }
    }

    private void AddFile(FoundEntry found, TakeoutFolder folder, string fileName)
    {
        string? mimeType;
        try
        {
            mimeType = MimeTypeOf(found, fileName);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException)
        {
            Refused.Add(new TakeoutFinding(found.Part.Path, found.Name, $"It cannot be read: {e.Message}"));
            return;
        }

        if (mimeType is null)
        {
            folder.Others++;
        }
        else
        {
            folder.Media.Add(new TakeoutEntry(found.Part, found.Position, found.Name, fileName, found.Length) { Crc = found.Crc, MimeType = mimeType, Folder = folder });
        }
    }

    private async Task AddJsonAsync(FoundEntry found, TakeoutFolder folder, string fileName, CancellationToken cancellationToken)
    {
        TakeoutEntry entry = new(found.Part, found.Position, found.Name, fileName, found.Length) { Crc = found.Crc, Folder = folder };
        if (found.Length > MaxJsonLength)
        {
            folder.Jsons.Add(new PictureJson(entry) { Flaw = $"It has {found.Length:N0} bytes, and no more than {MaxJsonLength:N0} are read." });
            return;
        }

        WireTakeout? wire;
        try
        {
            byte[] text = new byte[found.Length];
            Stream stream = found.Open();
            await using (stream.ConfigureAwait(false))
            {
                await stream.ReadExactlyAsync(text, cancellationToken).ConfigureAwait(false);
            }

            entry.Crc = Crc32.HashToUInt32(text);
            if (found.Crc is { } told && told != entry.Crc)
            {
                throw new InvalidDataException("Its bytes do not have the checksum that the archive tells.");
            }

            wire = JsonSerializer.Deserialize(WithoutMark(text), TakeoutJsonContext.Default.WireTakeout);
        }
        catch (Exception e) when (e is JsonException or IOException or InvalidDataException or NotSupportedException or UnauthorizedAccessException)
        {
            folder.Jsons.Add(new PictureJson(entry) { Flaw = e is JsonException ? "It is no JSON of a picture." : $"It cannot be read: {e.Message}" });
            return;
        }

        if (wire?.PhotoTakenTime is { } taken)
        {
            folder.Jsons.Add(Kept(Picture(entry, wire, taken)));
        }
        else if (wire is { Title: not null } or { Access: not null } or { AlbumData: not null })
        {
            folder.AlbumJsons.Add(new AlbumJson(entry, wire.AlbumData?.Title ?? wire.Title));
        }
        else if (MediaFileType.Of(NameRules.WithoutJsonEnding(fileName)) is not null)
        {
            folder.Jsons.Add(new PictureJson(entry) { Flaw = "It says nothing of a picture." });
        }
        else
        {
            folder.Others++;
        }
    }

    // Packed, text without end takes no room; unpacked it would take all there is.
    private PictureJson Kept(PictureJson json)
    {
        long text = json.TextLength;
        if (text > MaxJsonText - _text)
        {
            return new PictureJson(json.Entry) { Flaw = $"The JSON files before it hold {_text:N0} characters, and no more than {MaxJsonText:N0} are kept." };
        }

        _text += text;
        return json;
    }

    private static PictureJson Picture(TakeoutEntry entry, WireTakeout wire, WireTakeoutTime taken)
    {
        WireTakeoutPlace? place = Array.Find([wire.GeoData, wire.GeoDataExif], p => p?.IsKnown == true);
        return new PictureJson(entry)
        {
            Title = wire.Title ?? "",
            Description = string.IsNullOrEmpty(wire.Description) ? null : wire.Description,
            Taken = taken.Seconds is { } seconds and not 0 && IsTime(seconds) ? seconds : null,
            Latitude = place?.Latitude,
            Longitude = place?.Longitude,
            Altitude = place?.Altitude is { } altitude and not 0 && double.IsFinite(altitude) ? altitude : null,
            People = wire.People is { Count: > 0 } people ? [.. people.Select(p => p?.Name).OfType<string>().Where(n => n.Length > 0)] : [],
            IsFavorite = wire.Favorited,
            IsArchived = wire.Archived,
            IsTrashed = wire.Trashed,
            Address = wire.Url,
        };
    }

    private static bool IsTime(long seconds) =>
        seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8) ? text[3..] : text;

    // By its name; by its bytes where that says nothing: a title without extension may have come without one.
    private string? MimeTypeOf(FoundEntry found, string fileName)
    {
        if (MediaFileType.Of(fileName) is { } type)
        {
            return type.MimeType;
        }

        if (NameRules.IsMovingHalf(fileName))
        {
            return NameRules.MovingHalfType;
        }

        using Stream stream = found.Open();
        return ContentKind.MimeTypeOf(_head.AsSpan(0, stream.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false)));
    }
}
