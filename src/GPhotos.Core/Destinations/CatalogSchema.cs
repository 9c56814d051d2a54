namespace GPhotos.Core.Destinations;

/// <summary>The tables of a catalog. Paths are relative to the destination and have slashes on every system, so that it can be carried elsewhere.</summary>
internal static class CatalogSchema
{
    public static readonly IReadOnlyList<string> Steps =
    [
        """
        -- A media item in one form (the original, a size). Without a path it is not saved yet.
        CREATE TABLE file (
            key            INTEGER PRIMARY KEY,
            item_id        TEXT    NOT NULL,
            form           TEXT    NOT NULL,
            claim          TEXT,
            path           TEXT,
            length         INTEGER,
            sha256         TEXT,
            motion_path    TEXT,
            motion_length  INTEGER,
            saved_at       INTEGER,
            file_name      TEXT    NOT NULL DEFAULT '',
            created_at     INTEGER NOT NULL DEFAULT 0,
            media_type     INTEGER NOT NULL DEFAULT 0,
            mime_type      TEXT    NOT NULL DEFAULT '',
            partial_path   TEXT,
            partial_tag    TEXT,
            partial_length INTEGER,
            partial_safe   INTEGER,
            partial_sha256 TEXT,
            UNIQUE (item_id, form)
        );

        -- Whose a name is, folded as Windows and macOS compare names. File 0: somebody else's. The generation is that of a bucket's object.
        CREATE TABLE name (
            folded      TEXT PRIMARY KEY,
            file        INTEGER NOT NULL,
            generation  INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID;
        CREATE INDEX name_file ON name (file);
        """,
    ];
}
