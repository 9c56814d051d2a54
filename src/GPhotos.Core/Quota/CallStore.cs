using System.Globalization;
using GPhotos.Core.Data;

namespace GPhotos.Core.Quota;

/// <summary>The tables of the ledger, for one service, project and account.</summary>
internal sealed class CallStore(string? path, string service, string project, string account) : IDisposable
{
    // Rows older than this are of no use to anyone; rows as far ahead come of a clock that was set back.
    private static readonly TimeSpan WritesKept = TimeSpan.FromMinutes(10);

    private static readonly string[] Steps =
    [
        """
        CREATE TABLE call (
            service TEXT NOT NULL, project TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL,
            PRIMARY KEY (service, project, day, kind, name)) WITHOUT ROWID;
        CREATE TABLE spent (
            service TEXT NOT NULL, project TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL,
            PRIMARY KEY (service, project, day, kind)) WITHOUT ROWID;
        CREATE TABLE write_time (service TEXT NOT NULL, account TEXT NOT NULL, milliseconds INTEGER NOT NULL);
        CREATE INDEX write_time_of ON write_time (service, account, milliseconds);
        CREATE TABLE clock (service TEXT PRIMARY KEY, ahead_ticks INTEGER NOT NULL) WITHOUT ROWID;
        """,
    ];

    private readonly LocalDatabase _database = new(path, Steps);

    /// <summary>How far the server's clock is ahead of this machine's.</summary>
    public TimeSpan Ahead() => TimeSpan.FromTicks(
        _database.Query("SELECT ahead_ticks FROM clock WHERE service = $service", static r => r.GetInt64(0), ("$service", service))
            .FirstOrDefault());

    public void SetAhead(TimeSpan ahead) => _database.Execute(
        "INSERT INTO clock VALUES ($service, $ahead) ON CONFLICT DO UPDATE SET ahead_ticks = excluded.ahead_ticks",
        ("$service", service), ("$ahead", ahead.Ticks));

    public void Add(DateOnly day, CallKind kind, string name) => _database.Execute(
        "INSERT INTO call VALUES ($service, $project, $day, $kind, $name, 1) ON CONFLICT DO UPDATE SET count = count + 1",
        ("$service", service), ("$project", project), ("$day", Text(day)), ("$kind", $"{kind}"), ("$name", name));

    /// <summary>Takes one call from the day it was counted under to another.</summary>
    public void Move(CountedCall call, DateOnly to) => _database.InTransaction(() =>
    {
        (string, object?)[] key =
            [("$service", service), ("$project", project), ("$day", Text(call.Day)), ("$kind", $"{call.Kind}"), ("$name", call.Name)];
        const string Where = "WHERE service = $service AND project = $project AND day = $day AND kind = $kind AND name = $name";
        _database.Execute($"UPDATE call SET count = count - 1 {Where}", key);
        _database.Execute($"DELETE FROM call {Where} AND count <= 0", key);
        Add(to, call.Kind, call.Name);
        return true;
    });

    /// <summary>The counts of every day, or of one.</summary>
    public List<CallCount> Counts(DateOnly? day) => _database.Query(
        "SELECT day, kind, name, count FROM call WHERE service = $service AND project = $project AND ($day IS NULL OR day = $day)",
        static r => new CallCount(Day(r.GetString(0)), Enum.Parse<CallKind>(r.GetString(1)), r.GetString(2), r.GetInt64(3)),
        ("$service", service), ("$project", project), ("$day", day is { } one ? Text(one) : null));

    public void MarkSpent(DateOnly day, CallKind kind) => _database.Execute(
        "INSERT INTO spent VALUES ($service, $project, $day, $kind) ON CONFLICT DO NOTHING",
        ("$service", service), ("$project", project), ("$day", Text(day)), ("$kind", $"{kind}"));

    /// <summary>The days that Google called spent.</summary>
    public List<(DateOnly Day, CallKind Kind)> Spent() => _database.Query(
        "SELECT day, kind FROM spent WHERE service = $service AND project = $project",
        static r => (Day(r.GetString(0)), Enum.Parse<CallKind>(r.GetString(1))),
        ("$service", service), ("$project", project));

    public void AddWrite(DateTimeOffset time) => _database.InTransaction(() =>
    {
        _database.Execute(
            "DELETE FROM write_time WHERE milliseconds NOT BETWEEN $oldest AND $newest",
            ("$oldest", (time - WritesKept).ToUnixTimeMilliseconds()), ("$newest", (time + WritesKept).ToUnixTimeMilliseconds()));
        return _database.Execute(
            "INSERT INTO write_time VALUES ($service, $account, $time)",
            ("$service", service), ("$account", account), ("$time", time.ToUnixTimeMilliseconds()));
    });

    /// <summary>When the account wrote within the time up to now, the latest first.</summary>
    public List<DateTimeOffset> Writes(DateTimeOffset now, TimeSpan within) => _database.Query(
        """
        SELECT milliseconds FROM write_time
        WHERE service = $service AND account = $account AND milliseconds > $since AND milliseconds <= $now ORDER BY milliseconds DESC
        """,
        static r => DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(0)),
        ("$service", service), ("$account", account),
        ("$since", (now - within).ToUnixTimeMilliseconds()), ("$now", now.ToUnixTimeMilliseconds()));

    public void Dispose() => _database.Dispose();

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);
}
