namespace GPhotos.Core.Journal;

/// <summary>The tables of a journal. Times are milliseconds since 1970, UTC.</summary>
internal static class JournalSchema
{
    public static readonly IReadOnlyList<string> Steps =
    [
        """
        CREATE TABLE content (
            id             INTEGER PRIMARY KEY,
            sha256         TEXT    NOT NULL,
            length         INTEGER NOT NULL,
            state          INTEGER NOT NULL,
            session        TEXT,
            granularity    INTEGER,
            session_at     INTEGER,
            received       INTEGER,
            token          TEXT,
            token_at       INTEGER,
            token_shared   INTEGER NOT NULL DEFAULT 0,
            media_item_id  TEXT,
            refusal_code   INTEGER,
            refusal        TEXT,
            changed_at     INTEGER NOT NULL,
            UNIQUE (sha256, length)
        );
        CREATE INDEX content_length ON content (length);
        CREATE INDEX content_media_item ON content (media_item_id);

        -- A path means the content it had when it was last seen. The stamp tells whether the file can have changed since.
        CREATE TABLE path (
            path        TEXT PRIMARY KEY,
            content_id  INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
            stamp       TEXT    NOT NULL,
            seen_at     INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX path_content ON path (content_id);

        -- Which media items this profile put into which albums.
        CREATE TABLE album_item (
            media_item_id  TEXT NOT NULL,
            album_id       TEXT NOT NULL,
            PRIMARY KEY (media_item_id, album_id)
        ) WITHOUT ROWID;

        -- The albums made on this machine, so that another shell need not list to learn of one just made.
        CREATE TABLE album (
            id       TEXT PRIMARY KEY,
            title    TEXT    NOT NULL,
            made_at  INTEGER NOT NULL
        ) WITHOUT ROWID;
        """,

        // Pages of entries, those that changed last first: without it each page would sort them all.
        "CREATE INDEX content_changed ON content (changed_at, id)",
        """
        CREATE TABLE note (
            name   TEXT PRIMARY KEY,
            value  TEXT NOT NULL
        ) WITHOUT ROWID;
        """,
    ];
}
