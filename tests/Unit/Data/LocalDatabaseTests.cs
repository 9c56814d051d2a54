using System.Diagnostics;
using GPhotos.Core.Data;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Data;

public sealed class LocalDatabaseTests : IDisposable
{
    private static readonly string[] FirstVersion = ["CREATE TABLE word (text TEXT NOT NULL)"];
    private static readonly string[] SecondVersion = [.. FirstVersion, "ALTER TABLE word ADD COLUMN language TEXT"];

    private readonly TempFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "data", "words.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_there_when_it_is_opened_again()
    {
        using (LocalDatabase database = new(File, FirstVersion))
        {
            database.Execute("INSERT INTO word VALUES ($text)", ("$text", "été"));
        }

        using LocalDatabase again = new(File, FirstVersion);
        Assert.Equal(["été"], again.Query("SELECT text FROM word", r => r.GetString(0)));
    }

    [Fact]
    public void An_older_database_is_upgraded_and_keeps_its_rows()
    {
        using (LocalDatabase database = new(File, FirstVersion))
        {
            database.Execute("INSERT INTO word VALUES ('one')");
        }

        using LocalDatabase again = new(File, SecondVersion);
        Assert.Equal([("one", true)], again.Query("SELECT text, language FROM word", r => (r.GetString(0), r.IsDBNull(1))));
    }

    [Fact]
    public void A_database_of_a_newer_version_is_refused()
    {
        new LocalDatabase(File, SecondVersion).Dispose();

        FileWriteFailedException error = Assert.Throws<FileWriteFailedException>(() => new LocalDatabase(File, FirstVersion));
        Assert.Contains("newer GPhotos", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_told_and_left_as_it_is()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        byte[] noise = [.. Enumerable.Range(0, 5000).Select(i => (byte)i)];
        System.IO.File.WriteAllBytes(File, noise);

        FileWriteFailedException error = Assert.Throws<FileWriteFailedException>(() => new LocalDatabase(File, FirstVersion));
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        Assert.Equal(noise, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void A_transaction_that_fails_leaves_nothing()
    {
        using LocalDatabase database = new(File, FirstVersion);

        Assert.Throws<InvalidOperationException>(() => database.InTransaction<int>(() =>
        {
            database.Execute("INSERT INTO word VALUES ('half')");
            throw new InvalidOperationException();
        }));

        Assert.Empty(database.Query("SELECT text FROM word", r => r.GetString(0)));
    }

    [Fact]
    public void Two_that_write_at_once_lose_nothing()
    {
        using LocalDatabase one = new(File, FirstVersion);
        using LocalDatabase other = new(File, FirstVersion);

        Parallel.For(0, 200, i => (i % 2 == 0 ? one : other).InTransaction(() =>
            (i % 2 == 0 ? one : other).Execute("INSERT INTO word VALUES ($text)", ("$text", i))));

        Assert.Equal(200, one.Query("SELECT count(*) FROM word", r => r.GetInt32(0))[0]);
    }

    /// <summary>Without it another process that closes the database takes itself for the last, and deletes the log under this one.</summary>
    [Fact]
    public async Task To_open_it_twice_in_a_process_lets_go_of_no_lock()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using LocalDatabase one = new(File, FirstVersion);
        using Process stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%i", File]) { RedirectStandardOutput = true })!;
        string node = (await stat.StandardOutput.ReadToEndAsync()).Trim();
        Assert.True(IsLocked(), "While it is open SQLite holds a lock on it.");

        using LocalDatabase other = new(File, FirstVersion);
        Assert.True(IsLocked(), "The second has let go of the lock of the first.");

        bool IsLocked() => System.IO.File.ReadLines("/proc/locks").Any(l =>
            l.Contains($" {Environment.ProcessId} ", StringComparison.Ordinal) && l.Contains($":{node} ", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_its_owner_may_read_it_and_its_log()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using LocalDatabase database = new(File, FirstVersion);
        database.Execute("INSERT INTO word VALUES ('secret')");

        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(File)!))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file));
        }
    }
}
