using GPhotos.Core.Media;

namespace GPhotos.Core.Takeout;

/// <summary>Makes media items of entries.</summary>
internal sealed class ItemMaker
{
    // Of a larger one nothing is told that it does not tell at its beginning.
    private const long MaxFactsLength = 256L * 1024 * 1024;
    private const int MostInMemory = 4 * 1024 * 1024;

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>Makes the item of an entry; what no JSON says of its time, its own bytes are asked.</summary>
    public async Task<MediaItem> MakeAsync(TakeoutEntry entry, CancellationToken cancellationToken)
    {
        PictureJson? json = entry.Json;
        return new MediaItem
        {
            Id = IdOf(entry),
            FileName = FileNameOf(entry),
            Description = json?.Description,
            MimeType = entry.MimeType!,
            MediaType = entry.IsVideo ? MediaType.Video : MediaType.Photo,
            CreationTime = json?.Taken is { } taken ? DateTimeOffset.FromUnixTimeSeconds(taken) : await CapturedAsync(entry, cancellationToken).ConfigureAwait(false),
            Length = entry.Length,
            Latitude = json?.Latitude,
            Longitude = json?.Longitude,
            Altitude = json?.Altitude,
            People = json?.People ?? [],
            IsFavorite = json?.IsFavorite,
            IsArchived = json?.IsArchived,
            IsTrashed = json?.IsTrashed,
            AlbumTitle = entry.Albums?[0],
            AlbumTitles = entry.Albums ?? (IReadOnlyList<string>)[],
            ArchivePath = entry.Part.Path,
            EntryName = entry.Name,
            ProductAddress = json?.Address,
            Origin = new TakeoutContent(entry),
        };
    }

    // Where it stands in the export, not in which part: another download is split elsewhere, and the next is unpacked.
    private string IdOf(TakeoutEntry entry)
    {
        // By its bytes where its path and length are not its own: the order of the parts must not decide who is who.
        string bytes = entry.HasDouble ? FormattableString.Invariant($"\n{entry.Crc:x8}") : "";
        string id = "takeout-" + TakeoutPart.Digest(FormattableString.Invariant($"{entry.Folder.Path}/{entry.FileName.Normalize()}\n{entry.Length}{bytes}"));
        if (_ids.Add(id))
        {
            return id;
        }

        // Two entries of one path, length and checksum, or that cannot be read.
        int number = 2;
        while (!_ids.Add(FormattableString.Invariant($"{id}-{number}")))
        {
            number++;
        }

        return FormattableString.Invariant($"{id}-{number}");
    }

    // The name it had, unless that is another's: edits, moving halves and the second of a name keep what the archive calls them.
    private static string FileNameOf(TakeoutEntry entry)
    {
        if (entry.Json is not { Title: { Length: > 0 } title } json)
        {
            return entry.FileName;
        }

        (string stem, string extension) = NameRules.Split(title);
        bool isPicture = json.Picture is null || json.Picture == entry || json.Picture.FileName == entry.FileName;
        return isPicture && NameRules.Key(NameRules.Cut(NameRules.Clean(stem), extension.Length) + extension) == NameRules.Key(entry.FileName) ? title : entry.FileName;
    }

    private static async Task<DateTimeOffset> CapturedAsync(TakeoutEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            using SpooledBytes bytes = new(MostInMemory);
            Stream stream = await entry.Part.OpenAsync(entry, cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                byte[] buffer = new byte[128 * 1024];
                for (int read; bytes.Length < MaxFactsLength && (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
                {
                    bytes.Append(buffer.AsSpan(0, read));
                }
            }

            Stream whole = bytes.Open();
            await using (whole.ConfigureAwait(false))
            {
                // A clock without a zone is taken for UTC: the zone of this machine would move the picture whenever the machine moves.
                return MediaFacts.Read(whole).Captured is { } captured ? new DateTimeOffset(DateTime.SpecifyKind(captured.Time, DateTimeKind.Utc)) : default;
            }
        }
        catch (Exception e) when (e is FileReadFailedException or IOException or UnauthorizedAccessException)
        {
            // Whoever saves or sends it is told.
            return default;
        }
    }
}
