using System.Text;
using GPhotos.Core.Data;
using Microsoft.Data.Sqlite;

namespace GPhotos.Core.Destinations;

/// <summary>Knows what a destination holds: each media item with its path, length and hash, and whose each name is.</summary>
internal sealed class Catalog(LocalDatabase database, TimeProvider time) : IDisposable
{
    private const string Columns =
        "key, item_id, claim, path, length, sha256, motion_path, motion_length, file_name, created_at, media_type, mime_type, "
        + "partial_path, partial_tag, partial_length, partial_safe, partial_sha256";

    /// <summary>What is known of an item in a form, or null.</summary>
    public CatalogFile? Find(string itemId, string form) => database.Query(
        $"SELECT {Columns} FROM file WHERE item_id = $id AND form = $form", Read, ("$id", itemId), ("$form", form)) is [var file] ? file : null;

    /// <summary>All files that stand, each form of an item and each moving part by itself, the originals first.</summary>
    public IReadOnlyList<(string ItemId, string Path, long Length, bool IsPart)> Saved() => database.Query(
        """
        SELECT item_id, path, length, form <> 'original' AS part FROM file WHERE path IS NOT NULL
        UNION ALL SELECT item_id, motion_path, motion_length, 1 FROM file WHERE coalesce(motion_path, '') <> ''
        ORDER BY part
        """,
        static r => (r.GetString(0), r.GetString(1), r.IsDBNull(2) ? 0L : r.GetInt64(2), r.GetBoolean(3)));

    /// <summary>
    /// Gives an item the first of the names that it may have and no other item has, for this run and all to come. Null when others have all.
    /// </summary>
    /// <param name="item">The item.</param>
    /// <param name="form">Its form.</param>
    /// <param name="folder">The folder it belongs into, with a slash at its end, or empty.</param>
    /// <param name="candidates">Names, best first; with each those that it may turn into and that must be free as well.</param>
    /// <param name="isTaken">Whether the destination holds something else under the path.</param>
    public CatalogFile? Claim(
        MediaItem item, string form, string folder, IEnumerable<(string Name, IReadOnlyList<string> With)> candidates, Func<string, bool> isTaken) =>
        database.InTransaction(() =>
        {
            CatalogFile? known = Find(item.Id, form);
            if (known?.Claim is { } held && (known.Path is not null || FileNames.FolderOf(held) == folder))
            {
                return known;
            }

            long key = known?.Key ?? Insert(item, form);
            if (known is not null)
            {
                database.Execute("DELETE FROM name WHERE file = $key", ("$key", key));
            }

            foreach ((string name, IReadOnlyList<string> with) in candidates)
            {
                string[] paths = [.. with.Prepend(name).Select(n => folder + n).DistinctBy(Folded)];
                if (paths.Any(p => OwnerOf(p) is { } owner && owner != key) || paths.Any(isTaken))
                {
                    continue;
                }

                foreach (string path in paths)
                {
                    Own(path, key);
                }

                database.Execute("UPDATE file SET claim = $claim WHERE key = $key", ("$claim", paths[0]), ("$key", key));
                return (known ?? new CatalogFile(key, item.Id)) with { Claim = paths[0] };
            }

            return null;
        });

    /// <summary>Takes one more name for a file. False: it is another's.</summary>
    public bool TryTake(CatalogFile file, string path)
    {
        if (OwnerOf(path) is null)
        {
            Own(path, file.Key);
        }

        return OwnerOf(path) == file.Key;
    }

    /// <summary>Whether a name is this file's, or nobody's.</summary>
    public bool MayTake(CatalogFile file, string path) => OwnerOf(path) is not { } owner || owner == file.Key;

    /// <summary>Notes a name that is somebody else's.</summary>
    public void NoteStranger(string path) => database.Execute(
        "INSERT OR IGNORE INTO name (folded, file) VALUES ($folded, 0)", ("$folded", Folded(path)));

    /// <summary>Notes a file that stands under its path, whole.</summary>
    public CatalogFile Saved(CatalogFile file, MediaItem item, string path, long length, string? sha256)
    {
        database.Execute(
            """
            UPDATE file SET path = $path, length = $length, sha256 = $sha256, saved_at = $now, file_name = $name, created_at = $created,
                media_type = $type, mime_type = $mime, partial_path = NULL, partial_tag = NULL, partial_length = NULL, partial_safe = NULL,
                partial_sha256 = NULL
            WHERE key = $key
            """,
            ("$path", path), ("$length", length), ("$sha256", sha256), ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()),
            ("$name", item.FileName), ("$created", item.CreationTime.ToUnixTimeMilliseconds()), ("$type", (int)item.MediaType),
            ("$mime", item.MimeType), ("$key", file.Key));
        return file with { Path = path, Length = length, Sha256 = sha256, Item = item, Partial = null };
    }

    /// <summary>Notes an item that a destination was found to hold.</summary>
    public void Found(MediaItem item, string form, string path, long length, string? sha256)
    {
        CatalogFile file = Saved(Row(item, form), item, path, length, sha256);
        database.Execute("UPDATE file SET claim = $path WHERE key = $key", ("$path", path), ("$key", file.Key));
        Own(path, file.Key);
    }

    /// <summary>Notes a moving part that a destination was found to hold; an empty path means that it is known that there is none.</summary>
    public void FoundMotion(MediaItem item, string form, string path, long length)
    {
        CatalogFile file = SavedMotion(Row(item, form), path, length);
        if (path.Length > 0)
        {
            Own(path, file.Key);
        }
    }

    /// <summary>The length of the file of ours that stands under a path, by the catalog; null for none.</summary>
    public long? LengthAt(string path) => database.Query(
        """
        SELECT CASE WHEN f.path = $path THEN f.length WHEN f.motion_path = $path THEN f.motion_length END
        FROM name n JOIN file f ON f.key = n.file WHERE n.folded = $folded
        """,
        static r => r.IsDBNull(0) ? (long?)null : r.GetInt64(0),
        ("$path", path),
        ("$folded", Folded(path))) is [var length] ? length : null;

    /// <summary>Notes which generation of an object a bucket holds under a name of ours.</summary>
    public void NoteGeneration(string path, long generation) => database.Execute(
        "UPDATE name SET generation = $generation WHERE folded = $folded", ("$generation", generation), ("$folded", Folded(path)));

    /// <summary>Which generation of an object a bucket holds under a name; 0 for none.</summary>
    public long GenerationOf(string path) => database.Query(
        "SELECT generation FROM name WHERE folded = $folded", static r => r.GetInt64(0), ("$folded", Folded(path))) is [var generation] ? generation : 0;

    /// <summary>Notes the moving part; an empty path means that the photo has none.</summary>
    public CatalogFile SavedMotion(CatalogFile file, string path, long length)
    {
        database.Execute(
            "UPDATE file SET motion_path = $path, motion_length = $length WHERE key = $key", ("$path", path), ("$length", length), ("$key", file.Key));
        return file with { MotionPath = path, MotionLength = length };
    }

    /// <summary>Forgets what is half there.</summary>
    public CatalogFile ForgetPartial(CatalogFile file)
    {
        database.Execute(
            "UPDATE file SET partial_path = NULL, partial_tag = NULL, partial_length = NULL, partial_safe = NULL, partial_sha256 = NULL WHERE key = $key",
            ("$key", file.Key));
        return file with { Partial = null };
    }

    /// <summary>Notes how much of a file is safe on the disk.</summary>
    public void NotePartial(CatalogFile file, CatalogPartial partial) => database.Execute(
        "UPDATE file SET partial_path = $path, partial_tag = $tag, partial_length = $length, partial_safe = $safe, partial_sha256 = $sha256 WHERE key = $key",
        ("$path", partial.Path), ("$tag", partial.Tag), ("$length", partial.Length), ("$safe", partial.Safe),
        ("$sha256", partial.Sha256), ("$key", file.Key));

    /// <summary>Does many things at the cost of one.</summary>
    public void Together(Action work) => database.InTransaction(() =>
    {
        work();
        return 0;
    });

    /// <inheritdoc/>
    public void Dispose() => database.Dispose();

    private static string Folded(string path) => path.Normalize(NormalizationForm.FormC).ToUpperInvariant();

    private CatalogFile Row(MediaItem item, string form) => Find(item.Id, form) ?? new CatalogFile(Insert(item, form), item.Id);

    private long Insert(MediaItem item, string form)
    {
        database.Execute("INSERT INTO file (item_id, form) VALUES ($id, $form)", ("$id", item.Id), ("$form", form));
        return database.Query("SELECT last_insert_rowid()", static r => r.GetInt64(0))[0];
    }

    private void Own(string path, long key) => database.Execute(
        "INSERT OR IGNORE INTO name (folded, file) VALUES ($folded, $key)", ("$folded", Folded(path)), ("$key", key));

    private long? OwnerOf(string path) =>
        database.Query("SELECT file FROM name WHERE folded = $folded", static r => r.GetInt64(0), ("$folded", Folded(path))) is [var owner] ? owner : null;

    private static CatalogFile Read(SqliteDataReader row) => new(row.GetInt64(0), row.GetString(1))
    {
        Claim = Text(row, 2),
        Path = Text(row, 3),
        Length = row.IsDBNull(4) ? 0 : row.GetInt64(4),
        Sha256 = Text(row, 5),
        MotionPath = Text(row, 6),
        MotionLength = row.IsDBNull(7) ? 0 : row.GetInt64(7),
        Item = row.IsDBNull(3) ? null : new MediaItem
        {
            Id = row.GetString(1),
            FileName = row.GetString(8),
            CreationTime = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(9)),
            MediaType = (MediaType)row.GetInt32(10),
            MimeType = row.GetString(11),
        },
        Partial = row.IsDBNull(12) ? null : new CatalogPartial(row.GetString(12), row.GetString(13), row.GetInt64(14), row.GetInt64(15), row.GetString(16)),
    };

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
