using GPhotos.Core.Data;
using Microsoft.Data.Sqlite;

namespace GPhotos.Core.Journal;

/// <summary>
/// What became of every content this profile sent or began to send. It outlives the process, however that ends, and several processes may write
/// in it at once. A row is written after the fact it tells of, so it never claims what is not so.
/// </summary>
internal sealed class SendJournal(string? path, TimeProvider time) : IDisposable
{
    /// <summary>Google keeps upload tokens about 24 hours; one that might die on the way is not used.</summary>
    public static readonly TimeSpan TokenLife = TimeSpan.FromHours(23);

    /// <summary>Google keeps upload sessions 7 days.</summary>
    public static readonly TimeSpan SessionLife = TimeSpan.FromDays(6);

    private const string ThisContent = "sha256 = $sha256 AND length = $length";

    private readonly LocalDatabase _database = new(path, JournalSchema.Steps);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>What is asked of the whole journal, for those who look at it and clear it up.</summary>
    public JournalQueries Queries => new(_database, time);

    /// <summary>The content a path had when it was last seen with this stamp, or null.</summary>
    public ContentIdentity? IdentityOf(string path, string stamp) => _database.Query<ContentIdentity?>(
        "SELECT sha256, length FROM path JOIN content ON content.id = content_id WHERE path = $path AND stamp = $stamp",
        static r => new ContentIdentity(r.GetString(0), r.GetInt64(1)),
        ("$path", path), ("$stamp", stamp)).FirstOrDefault();

    /// <summary>The content a path had when it was last seen with this stamp, and the media item it is, if it is one; null where it was not seen.</summary>
    public (ContentIdentity Identity, string? MediaItemId)? KnownAt(string path, string stamp) => _database.Query<(ContentIdentity, string?)?>(
        "SELECT sha256, length, media_item_id FROM path JOIN content ON content.id = content_id WHERE path = $path AND stamp = $stamp",
        static r => (new ContentIdentity(r.GetString(0), r.GetInt64(1)), Text(r, 2)),
        ("$path", path), ("$stamp", stamp)).FirstOrDefault();

    /// <summary>The media items whose contents have this length, with the SHA-256 of each.</summary>
    public IReadOnlyList<(string Sha256, string MediaItemId)> MediaItemsOfLength(long length) => _database.Query(
        "SELECT sha256, media_item_id FROM content WHERE length = $length AND media_item_id IS NOT NULL",
        static r => (r.GetString(0), r.GetString(1)),
        ("$length", length));

    /// <summary>Whether any content of this length is known: if not, there is no need to look closer.</summary>
    public bool KnowsLength(long length) =>
        _database.Query("SELECT 1 FROM content WHERE length = $length LIMIT 1", static r => true, ("$length", length)).Count > 0;

    /// <summary>Remembers that a path has this content now, and tells what is known of it.</summary>
    public ContentRecord Seen(ContentIdentity identity, string path, string stamp) => _database.InTransaction(() =>
    {
        long now = Milliseconds();
        _database.Execute(
            "INSERT INTO content (sha256, length, state, changed_at) VALUES ($sha256, $length, 0, $now) ON CONFLICT DO NOTHING",
            ("$sha256", identity.Sha256), ("$length", identity.Length), ("$now", now));
        _database.Execute(
            $"""
            INSERT INTO path (path, content_id, stamp, seen_at) SELECT $path, id, $stamp, $now FROM content WHERE {ThisContent}
            ON CONFLICT (path) DO UPDATE SET content_id = excluded.content_id, stamp = excluded.stamp, seen_at = excluded.seen_at
            """,
            ("$path", path), ("$stamp", stamp), ("$now", now), ("$sha256", identity.Sha256), ("$length", identity.Length));
        return Find(identity)!;
    });

    /// <summary>What is known of a content, or null. A session or token past its life is not told.</summary>
    public ContentRecord? Find(ContentIdentity identity)
    {
        DateTimeOffset now = Now;
        return _database.Query(
            $"""
            SELECT state, session, granularity, session_at, token, token_at, media_item_id, refusal_code, refusal, changed_at, token_shared
            FROM content WHERE {ThisContent}
            """,
            r => new ContentRecord(identity, (JournalState)r.GetInt32(0))
            {
                Session = IsYoung(r, 3, now, SessionLife) ? new SessionRecord(new Uri(r.GetString(1)), r.GetInt64(2)) : null,
                UploadToken = IsYoung(r, 5, now, TokenLife) ? r.GetString(4) : null,
                IsTokenShared = r.GetBoolean(10),
                MediaItemId = Text(r, 6),
                RefusalCode = r.IsDBNull(7) ? null : r.GetInt32(7),
                Refusal = Text(r, 8),
                ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(9)),
            },
            ("$sha256", identity.Sha256), ("$length", identity.Length)).FirstOrDefault();
    }

    /// <summary>A session was begun, and Google has nothing of the content yet.</summary>
    public void Began(ContentIdentity identity, SessionRecord session) => Change(
        identity, JournalState.Uploading, "session = $session, granularity = $granularity, session_at = $now, received = 0",
        ("$session", session.Address.OriginalString), ("$granularity", session.Granularity));

    /// <summary>Google said how much of the content it has.</summary>
    public void Received(ContentIdentity identity, long bytes) =>
        Change(identity, JournalState.Uploading, "received = $bytes", ("$bytes", bytes));

    /// <summary>The session is of no use any more.</summary>
    public void Abandoned(ContentIdentity identity) => Change(identity, JournalState.Hashed, NoSession);

    /// <summary>All bytes are at Google.</summary>
    public void Uploaded(ContentIdentity identity, string token) =>
        Change(identity, JournalState.Uploaded, NoSession + ", token = $token, token_at = $now, token_shared = 0", ("$token", token));

    /// <summary>This process is about to use a token that another one got. If both live, either may find it spent.</summary>
    public void SharesToken(ContentIdentity identity) => _database.Execute(
        $"UPDATE content SET token_shared = 1 WHERE {ThisContent}", ("$sha256", identity.Sha256), ("$length", identity.Length));

    /// <summary>The upload token is of no use any more.</summary>
    public void TokenSpent(ContentIdentity identity) => Change(identity, JournalState.Hashed, NoToken);

    /// <summary>Google refused the content, in these words.</summary>
    /// <remarks>What is a media item stays one: it was sent again on demand, and that is what was refused.</remarks>
    public void Refused(ContentIdentity identity, int? code, string words) => Change(
        identity,
        JournalState.Refused,
        $"""
        {NoSession}, {NoToken},
        refusal_code = CASE WHEN media_item_id IS NULL THEN $code END, refusal = CASE WHEN media_item_id IS NULL THEN $words END
        """,
        ("$code", code),
        ("$words", words));

    /// <summary>Google made media items, or found that it had them.</summary>
    public void Created(IEnumerable<(ContentIdentity Identity, string MediaItemId)> items, string? albumId) => _database.InTransaction(() =>
    {
        foreach ((ContentIdentity identity, string id) in items)
        {
            Change(
                identity, JournalState.Created, $"{NoSession}, {NoToken}, refusal_code = NULL, refusal = NULL, media_item_id = $id", ("$id", id));
            Place(id, albumId);
        }

        return 0;
    });

    /// <summary>Media items were put into an album.</summary>
    public void Placed(IEnumerable<string> mediaItemIds, string albumId) => _database.InTransaction(() =>
    {
        foreach (string id in mediaItemIds)
        {
            Place(id, albumId);
        }

        return 0;
    });

    /// <summary>Media items were taken out of an album.</summary>
    public void Unplaced(IEnumerable<string> mediaItemIds, string albumId) => _database.InTransaction(() => mediaItemIds.Sum(id =>
        _database.Execute("DELETE FROM album_item WHERE media_item_id = $id AND album_id = $album", ("$id", id), ("$album", albumId))));

    /// <summary>Whether this profile put the media item into the album.</summary>
    public bool IsPlaced(string mediaItemId, string albumId) => _database.Query(
        "SELECT 1 FROM album_item WHERE media_item_id = $id AND album_id = $album", static r => true, ("$id", mediaItemId), ("$album", albumId)).Count > 0;

    /// <summary>The sign-in that was last seen to own what this journal tells of; null for none.</summary>
    public string? ConfirmedBy
    {
        get => _database.Query("SELECT value FROM note WHERE name = 'confirmed_by'", static r => r.GetString(0)).FirstOrDefault();
        set => _database.Execute("INSERT OR REPLACE INTO note (name, value) VALUES ('confirmed_by', $value)", ("$value", value));
    }

    /// <summary>The ids of the media items that were created last.</summary>
    public IReadOnlyList<string> NewestMediaItems(int count) => _database.Query(
        "SELECT media_item_id FROM content WHERE media_item_id IS NOT NULL GROUP BY media_item_id ORDER BY max(changed_at) DESC LIMIT $count",
        static r => r.GetString(0),
        ("$count", count));

    /// <summary>An album was made.</summary>
    public void AlbumMade(Album album) => _database.Execute(
        "INSERT OR REPLACE INTO album (id, title, made_at) VALUES ($id, $title, $now)", ("$id", album.Id), ("$title", album.Title), ("$now", Milliseconds()));

    /// <summary>The albums made since a moment, by whichever process of this machine.</summary>
    public IReadOnlyList<Album> AlbumsMadeSince(DateTimeOffset moment) => _database.Query(
        "SELECT id, title FROM album WHERE made_at >= $moment", static r => new Album { Id = r.GetString(0), Title = r.GetString(1) },
        ("$moment", moment.ToUnixTimeMilliseconds()));

    private const string NoSession = "session = NULL, granularity = NULL, session_at = NULL, received = NULL";
    private const string NoToken = "token = NULL, token_at = NULL";

    private void Place(string mediaItemId, string? albumId)
    {
        if (albumId is not null)
        {
            _database.Execute("INSERT OR IGNORE INTO album_item (media_item_id, album_id) VALUES ($id, $album)", ("$id", mediaItemId), ("$album", albumId));
        }
    }

    // A content that is a media item stays one while it is sent again on demand.
    private void Change(ContentIdentity identity, JournalState state, string set, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        _database.Execute(
            $"""
            UPDATE content SET {set}, changed_at = $now, state =
                CASE WHEN media_item_id IS NOT NULL THEN {(int)JournalState.Created} ELSE $state END
            WHERE {ThisContent}
            """,
            [.. parameters, ("$state", (int)state), ("$now", Milliseconds()), ("$sha256", identity.Sha256), ("$length", identity.Length)]);

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private long Milliseconds() => Now.ToUnixTimeMilliseconds();

    private static bool IsYoung(SqliteDataReader row, int column, DateTimeOffset now, TimeSpan life) =>
        !row.IsDBNull(column) && now - DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column)) < life;

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
