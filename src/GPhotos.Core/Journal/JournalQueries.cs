using System.Globalization;
using System.Text.Json;
using GPhotos.Core.Data;
using Microsoft.Data.Sqlite;

namespace GPhotos.Core.Journal;

/// <summary>Looks at the journal as a whole, and takes out of it. What is secret in it is never read here.</summary>
internal sealed class JournalQueries(LocalDatabase database, TimeProvider time)
{
    private const int PageSize = 500;

    // A session or token past its life is of no use any more, so a state that rests on one is not told.
    private const string StateNow =
        """
        CASE WHEN content.state = 1 AND coalesce(content.session_at, 0) <= $sessions THEN 0 WHEN content.state = 2 AND coalesce(content.token_at, 0) <= $tokens THEN 0 ELSE content.state END
        """;

    // Windows takes a name whatever its case.
    private static readonly string ThisPath = OperatingSystem.IsWindows() ? "path = $path COLLATE NOCASE" : "path = $path";

    /// <summary>
    /// Finds entries by pages, those that changed last first. Each page begins where the one before it ended, whatever was changed or forgotten
    /// between the two; what changes meanwhile and was not given yet is not given any more.
    /// </summary>
    public IEnumerable<IReadOnlyList<JournalEntry>> FindPages(JournalFilter filter)
    {
        (long ChangedAt, long RowId) after = (long.MaxValue, long.MaxValue);
        while (true)
        {
            List<Row> rows = Page(filter, after);
            if (rows.Count == 0)
            {
                yield break;
            }

            yield return Entries(rows, filter);
            if (rows.Count < PageSize)
            {
                yield break;
            }

            after = (rows[^1].ChangedAt, rows[^1].RowId);
        }
    }

    /// <summary>Forgets a content, its paths, and the albums of its media item when no other content has that.</summary>
    /// <param name="identity">The content.</param>
    /// <param name="unlessChangedSince">Leaves the entry alone when it changed after this moment: somebody is at work with it.</param>
    public bool Forget(ContentIdentity identity, DateTimeOffset? unlessChangedSince = null) => database.InTransaction(() =>
    {
        long moment = unlessChangedSince?.ToUnixTimeMilliseconds() ?? long.MaxValue;
        const string This = "sha256 = $sha256 AND length = $length AND changed_at <= $moment";
        List<string?> ids = database.Query(
            $"SELECT media_item_id FROM content WHERE {This}",
            static r => r.IsDBNull(0) ? null : r.GetString(0),
            ("$sha256", identity.Sha256), ("$length", identity.Length), ("$moment", moment));
        if (ids.Count == 0)
        {
            return false;
        }

        // The paths go with it: ON DELETE CASCADE.
        database.Execute(
            $"DELETE FROM content WHERE {This}", ("$sha256", identity.Sha256), ("$length", identity.Length), ("$moment", moment));
        if (ids[0] is { } id)
        {
            database.Execute(
                "DELETE FROM album_item WHERE media_item_id = $id AND NOT EXISTS (SELECT 1 FROM content WHERE media_item_id = $id)", ("$id", id));
        }

        return true;
    });

    /// <summary>Forgets every content. The albums made on this machine are no entries: they stay, lest another shell makes a second one.</summary>
    public int ForgetAll() => database.InTransaction(() =>
    {
        database.Execute("DELETE FROM album_item");
        return database.Execute("DELETE FROM content");
    });

    /// <summary>
    /// Remembers that these files are a media item. False, and nothing is changed, when more is known of the content than who it is, or the media
    /// item is another content's.
    /// </summary>
    public bool Record(ContentIdentity identity, string mediaItemId, IReadOnlyList<(string Path, string Stamp)> files) => database.InTransaction(() =>
    {
        DateTimeOffset now = time.GetUtcNow();
        (string, object?) at = ("$now", now.ToUnixTimeMilliseconds());
        int changed = HasMediaItem(mediaItemId) ? 0 : database.Execute(
            $"""
            INSERT INTO content (sha256, length, state, media_item_id, changed_at) VALUES ($sha256, $length, {(int)JournalState.Created}, $id, $now)
            ON CONFLICT (sha256, length) DO UPDATE SET
                state = excluded.state, media_item_id = excluded.media_item_id, changed_at = excluded.changed_at,
                session = NULL, granularity = NULL, session_at = NULL, received = NULL, token = NULL, token_at = NULL
            WHERE {StateNow} = 0 AND content.media_item_id IS NULL
            """,
            ("$sha256", identity.Sha256), ("$length", identity.Length), ("$id", mediaItemId), at,
            ("$sessions", (now - SendJournal.SessionLife).ToUnixTimeMilliseconds()), ("$tokens", (now - SendJournal.TokenLife).ToUnixTimeMilliseconds()));
        foreach ((string path, string stamp) in changed == 0 ? [] : files)
        {
            database.Execute(
                """
                INSERT INTO path (path, content_id, stamp, seen_at) SELECT $path, id, $stamp, $now FROM content WHERE sha256 = $sha256 AND length = $length
                ON CONFLICT (path) DO UPDATE SET content_id = excluded.content_id, stamp = excluded.stamp, seen_at = excluded.seen_at
                """,
                ("$path", path), ("$stamp", stamp), at, ("$sha256", identity.Sha256), ("$length", identity.Length));
        }

        return changed > 0;
    });

    /// <summary>Whether a content is this media item.</summary>
    public bool HasMediaItem(string mediaItemId) => Any("media_item_id = $value", mediaItemId);

    /// <summary>Whether there is a media item that was made at this moment or earlier.</summary>
    public bool HasCreatedBefore(DateTimeOffset moment) =>
        Any($"state = {(int)JournalState.Created} AND changed_at <= $value", moment.ToUnixTimeMilliseconds());

    public long Count() => database.Query("SELECT count(*) FROM content", static r => r.GetInt64(0))[0];

    private bool Any(string condition, object value) =>
        database.Query($"SELECT 1 FROM content WHERE {condition} LIMIT 1", static r => true, ("$value", value)).Count > 0;

    private List<Row> Page(JournalFilter filter, (long ChangedAt, long RowId) after)
    {
        List<string> conditions = ["(changed_at, id) < ($changed, $row)"];
        DateTimeOffset now = time.GetUtcNow();
        List<(string Name, object? Value)> parameters =
        [
            ("$changed", after.ChangedAt), ("$row", after.RowId),
            ("$sessions", (now - SendJournal.SessionLife).ToUnixTimeMilliseconds()),
            ("$tokens", (now - SendJournal.TokenLife).ToUnixTimeMilliseconds()),
        ];
        Where(filter.Path, "$path", $"id IN (SELECT content_id FROM path WHERE {ThisPath})");
        Where(filter.Sha256 is { } hash ? JournalEntries.Lower(hash) : null, "$sha256", "sha256 = $sha256");
        Where(filter.Length, "$length", "length = $length");
        Where(
            filter.MediaItemIds is { } ids ? JsonSerializer.Serialize(ids, JournalJson.Default.IReadOnlyListString) : null,
            "$ids", "media_item_id IN (SELECT value FROM json_each($ids))");
        Where(filter.ChangedSince?.ToUnixTimeMilliseconds(), "$since", "changed_at >= $since");
        if (filter.States is { } states)
        {
            conditions.Add($"{StateNow} IN ({string.Join(", ", states.Select(s => ((int)s).ToString(CultureInfo.InvariantCulture)))})");
        }

        return database.Query(
            $"""
            SELECT id, sha256, length, {StateNow}, received, media_item_id, refusal, changed_at
            FROM content WHERE {string.Join(" AND ", conditions)} ORDER BY changed_at DESC, id DESC LIMIT {PageSize}
            """,
            static r => new Row(
                r.GetInt64(0), new ContentIdentity(r.GetString(1), r.GetInt64(2)), (JournalState)r.GetInt32(3),
                r.IsDBNull(4) ? null : r.GetInt64(4), Text(r, 5), Text(r, 6), r.GetInt64(7)),
            [.. parameters]);

        void Where(object? value, string name, string condition)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                parameters.Add((name, value));
            }
        }
    }

    private List<JournalEntry> Entries(List<Row> rows, JournalFilter filter)
    {
        ILookup<string, string> paths = Pairs(
            "SELECT content_id, path FROM path WHERE content_id IN (SELECT value FROM json_each($keys)) ORDER BY seen_at DESC, path",
            JsonSerializer.Serialize(rows.Select(r => r.RowId), JournalJson.Default.IEnumerableInt64));
        ILookup<string, string> albums = Pairs(
            "SELECT media_item_id, album_id FROM album_item WHERE media_item_id IN (SELECT value FROM json_each($keys)) ORDER BY album_id",
            JsonSerializer.Serialize([.. rows.Where(r => r.MediaItemId is not null).Select(r => r.MediaItemId!)], JournalJson.Default.IReadOnlyListString));
        List<JournalEntry> entries = new(rows.Count);
        foreach (Row row in rows)
        {
            string[] seen = [.. paths[row.RowId.ToString(CultureInfo.InvariantCulture)]];
            string? asked = filter.PathMatches is { } matches ? seen.FirstOrDefault(matches)
                : filter.Path is { } path ? seen.FirstOrDefault(p => p == path) ?? seen.FirstOrDefault(p => p.Equals(path, StringComparison.OrdinalIgnoreCase))
                : seen.FirstOrDefault();
            if (asked is not null || filter is { PathMatches: null, Path: null })
            {
                entries.Add(row.ToEntry(asked, seen, row.MediaItemId is null ? [] : [.. albums[row.MediaItemId]]));
            }
        }

        return entries;
    }

    private ILookup<string, string> Pairs(string sql, string keys) => database.Query(
        sql, static r => (Key: Convert.ToString(r.GetValue(0), CultureInfo.InvariantCulture)!, Value: r.GetString(1)), ("$keys", keys))
        .ToLookup(p => p.Key, p => p.Value);

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private sealed record Row(
        long RowId, ContentIdentity Identity, JournalState State, long? Received, string? MediaItemId, string? Refusal, long ChangedAt)
    {
        public JournalEntry ToEntry(string? fullName, string[] paths, string[] albumIds) => new()
        {
            State = State,
            Sha256 = Identity.Sha256,
            Length = Identity.Length,
            FullName = fullName,
            Paths = paths,
            Id = MediaItemId,
            AlbumIds = albumIds,
            BytesReceived = State == JournalState.Uploading ? Received : null,
            Refusal = State == JournalState.Refused ? Refusal : null,
            ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(ChangedAt),
        };
    }
}
