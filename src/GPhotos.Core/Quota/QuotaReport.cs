namespace GPhotos.Core.Quota;

/// <summary>
/// What is spent of Google's daily quota. Sends nothing: these are the calls that this user sent from this machine, and other machines
/// and apps of the same project spend too.
/// </summary>
public sealed class QuotaReport
{
    /// <summary>The Library calls that Google grants a project for a day.</summary>
    public const int LibraryCallLimit = 10_000;

    /// <summary>The requests for media bytes that Google grants a project for a day.</summary>
    public const int MediaRequestLimit = 75_000;

    private readonly CallLedger _ledger;

    internal QuotaReport(CallLedger ledger) => _ledger = ledger;

    /// <summary>Why the ledger's file cannot be used, so that only this client's own calls are known; null while it can.</summary>
    public GPhotosException? Fault => _ledger.Fault;

    /// <summary>What is spent of the day it is at Google.</summary>
    public GPhotosQuota Today()
    {
        DateOnly today = _ledger.Today();
        return Of(today, _ledger.Counts(today), _ledger.Spent(), isToday: true);
    }

    /// <summary>Today and every day that something was sent on, the newest first.</summary>
    public IReadOnlyList<GPhotosQuota> Days()
    {
        DateOnly today = _ledger.Today();
        List<(DateOnly, CallKind)> spent = _ledger.Spent();
        ILookup<DateOnly, CallCount> counts = _ledger.Counts(null).ToLookup(c => c.Day);
        return [.. counts.Select(d => d.Key).Append(today).Distinct().OrderDescending().Select(d => Of(d, counts[d], spent, d == today))];
    }

    private GPhotosQuota Of(DateOnly day, IEnumerable<CallCount> counts, List<(DateOnly, CallKind)> spent, bool isToday)
    {
        List<CallCount> all = [.. counts];
        long library = Sum(CallKind.Library);
        long media = Sum(CallKind.Media);
        SortedDictionary<string, long> calls = new(
            all.GroupBy(c => c.Name).ToDictionary(g => g.Key, g => g.Sum(c => c.Count)), StringComparer.Ordinal);
        return new GPhotosQuota
        {
            Project = _ledger.Project,
            Day = day,
            ResetsAt = PacificDay.EndOf(day),
            LibraryCalls = library,
            LibraryCallLimit = LibraryCallLimit,
            LibraryCallsLeft = Left(LibraryCallLimit, library, CallKind.Library),
            MediaRequests = media,
            MediaRequestLimit = MediaRequestLimit,
            MediaRequestsLeft = Left(MediaRequestLimit, media, CallKind.Media),
            WritesLastMinute = isToday ? _ledger.WritesLastMinute() : null,
            Calls = calls,
        };

        long Sum(CallKind kind) => all.Where(c => c.Kind == kind).Sum(c => c.Count);

        // Google knows better: others may have spent the rest.
        long Left(long limit, long sent, CallKind kind) => spent.Contains((day, kind)) ? 0 : Math.Max(0, limit - sent);
    }
}
