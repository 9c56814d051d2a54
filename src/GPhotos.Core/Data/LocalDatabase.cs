using Microsoft.Data.Sqlite;

namespace GPhotos.Core.Data;

/// <summary>
/// A small SQLite database. Write-ahead logging: a process that dies loses nothing it had committed. In the user's own folder only its owner
/// may read it, and several processes may work in it at once.
/// </summary>
/// <remarks>See https://www.sqlite.org/wal.html. Calls are short and block; one at a time per instance.</remarks>
internal sealed class LocalDatabase : IDisposable
{
    // Other processes hold the write lock for less than a millisecond; only a machine that hardly runs makes anyone wait so long.
    private const int BusyTimeoutMilliseconds = 30_000;

    // A checkpoint flushes to the disk: rarer than by default, since nothing is lost with it, and a run writes much.
    private const string Alone = "PRAGMA locking_mode=EXCLUSIVE; PRAGMA wal_autocheckpoint=8000;";

    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private SqliteTransaction? _transaction;

    /// <summary>Opens a private database, making or upgrading it where need be.</summary>
    /// <param name="path">Its file; null for one in memory, which ends with this object.</param>
    /// <param name="steps">One script per version of the schema, the oldest first. A script that was published is never changed.</param>
    /// <exception cref="FileWriteFailedException">It cannot be opened, is damaged, or was written by a newer GPhotos.</exception>
    public LocalDatabase(string? path, IReadOnlyList<string> steps)
        : this(path ?? ":memory:", steps, "")
    {
    }

    private LocalDatabase(string path, IReadOnlyList<string> steps, string pragmas)
    {
        _path = path;
        if (pragmas.Length == 0 && path != ":memory:")
        {
            CreateFile(path);
        }

        _connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = _path, Pooling = false, DefaultTimeout = 60 }.ToString());
        try
        {
            Guarded(() =>
            {
                _connection.Open();
                Command($"PRAGMA busy_timeout={BusyTimeoutMilliseconds}; {pragmas} PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON").ExecuteNonQuery();
                Upgrade(steps);
                return 0;
            });
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a database for this process alone, in a folder that may lie anywhere: on a stick, on a share. Alone, since write-ahead logging among
    /// processes needs shared memory, which shares do not have. Its mode is that of any new file there.
    /// </summary>
    /// <remarks>See https://www.sqlite.org/wal.html#use_of_wal_without_shared_memory.</remarks>
    public static LocalDatabase OpenAlone(string path, IReadOnlyList<string> steps) => new(path, steps, Alone);

    /// <summary>Opens a database for what is too much for memory and not needed afterwards. SQLite keeps it in a file that it deletes.</summary>
    /// <remarks>See https://www.sqlite.org/inmemorydb.html#temp_db.</remarks>
    public static LocalDatabase OpenTemporary(IReadOnlyList<string> steps) => new("", steps, Alone);

    /// <summary>Runs a statement. How many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        lock (_gate)
        {
            return Guarded(Prepared(sql, parameters).ExecuteNonQuery);
        }
    }

    /// <summary>Reads all rows of a query.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        lock (_gate)
        {
            SqliteCommand command = Prepared(sql, parameters);
            return Guarded(() =>
            {
                List<T> rows = [];
                using SqliteDataReader reader = command.ExecuteReader();
                while (reader.Read())
                {
                    rows.Add(read(reader));
                }

                return rows;
            });
        }
    }

    /// <summary>Does several things as one: all of them stand afterwards, or none.</summary>
    public T InTransaction<T>(Func<T> work)
    {
        lock (_gate)
        {
            return Guarded(() =>
            {
                // Immediate: it takes the write lock at once, since a reader that turns writer can only fail when another came first.
                using SqliteTransaction transaction = _transaction = _connection.BeginTransaction(deferred: false);
                try
                {
                    T result = work();
                    transaction.Commit();
                    return result;
                }
                finally
                {
                    _transaction = null;
                }
            });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (SqliteCommand command in _prepared.Values)
            {
                command.Dispose();
            }

            _connection.Dispose();
        }
    }

    // SQLite would make the file by the umask; its -wal and -shm files take the mode of the database. One that is there is not opened:
    // closing it would drop every lock that this process has on it, since POSIX counts locks by process and file, and then another
    // process that ends takes itself for the last and deletes the log under this one.
    private static void CreateFile(string path)
    {
        try
        {
            UserFolder.CreatePrivate(System.IO.Path.GetDirectoryName(path)!);
            if (!File.Exists(path))
            {
                new FileStream(path, UserFolder.PrivateFile(FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite)).Dispose();
            }
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another was quicker.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteFailedException($"'{path}' cannot be made: {e.Message}", path, e);
        }
    }

    private void Upgrade(IReadOnlyList<string> steps)
    {
        if (Version() == steps.Count)
        {
            return;
        }

        InTransaction(() =>
        {
            // Looked at again under the lock: another process may have been quicker.
            long version = Version();
            if (version > steps.Count)
            {
                throw new FileWriteFailedException($"'{_path}' was written by a newer GPhotos. Update the module.", _path);
            }

            foreach (string step in steps.Skip((int)version))
            {
                Execute(step);
            }

            return Execute($"PRAGMA user_version={steps.Count}");
        });
    }

    private long Version() => Query("PRAGMA user_version", static r => r.GetInt64(0))[0];

    // Parsed once: most statements are said over and over.
    private SqliteCommand Prepared(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_prepared.TryGetValue(sql, out SqliteCommand? command))
        {
            command = Command(sql);
            _prepared.Add(sql, command);
        }

        command.Transaction = _transaction;
        command.Parameters.Clear();
        foreach ((string name, object? value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    private SqliteCommand Command(string sql)
    {
        SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of ours; what comes from outside is a parameter.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw new FileWriteFailedException(
                e.SqliteErrorCode is Corrupt or NotADatabase
                    ? $"'{_path}' is damaged ({e.Message}). Move it away and run again: a new one is made."
                    : $"'{_path}' cannot be used: {e.Message}",
                _path,
                e);
        }
    }
}
