using GPhotos.Core.Api;

namespace GPhotos.Core.Journal;

/// <summary>
/// What this profile knows of the files it sent or began to send, to be looked at and to be forgotten. Only <see cref="Reconcile"/> is about
/// Google; the rest makes no call, and what is forgotten stays in the library.
/// </summary>
public sealed class JournalEntries
{
    private readonly Lazy<SendJournal> _journal;
    private readonly MediaItems _mediaItems;
    private readonly TimeProvider _time;
    private readonly string? _path;

    internal JournalEntries(GPhotosClientOptions options, Lazy<SendJournal> journal, MediaItems mediaItems) =>
        (_journal, _mediaItems, _time, _path) = (journal, mediaItems, options.TimeProvider, JournalFile.PathOf(options));

    /// <summary>Finds entries, those that changed last first.</summary>
    /// <exception cref="FileWriteFailedException">The journal cannot be opened, or is damaged.</exception>
    public IEnumerable<JournalEntry> Find(JournalFilter filter) => FindPages(filter).SelectMany(static page => page);

    /// <summary>The same, a page at a time: memory stays flat however long the journal is. A page may be empty.</summary>
    public IEnumerable<IReadOnlyList<JournalEntry>> FindPages(JournalFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return IsThere ? _journal.Value.Queries.FindPages(filter) : [];
    }

    /// <summary>Forgets a content under whatever names: it would be hashed and sent anew. Whether there was such an entry.</summary>
    public bool Forget(string sha256, long length)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        return IsThere && _journal.Value.Queries.Forget(new ContentIdentity(Lower(sha256), length));
    }

    /// <summary>Forgets all entries, at once. How many there were.</summary>
    public int ForgetAll() => IsThere ? _journal.Value.Queries.ForgetAll() : 0;

    /// <summary>How many entries there are.</summary>
    public long Count() => IsThere ? _journal.Value.Queries.Count() : 0;

    /// <summary>Compares the journal with the account. What is found changes nothing until it is applied.</summary>
    public JournalReconciliation Reconcile() => new(_mediaItems, IfThere, () => _journal.Value, _time.GetUtcNow());

    /// <summary>The journal, to be read; null where nothing was written in it yet.</summary>
    internal SendJournal? IfThere => IsThere ? _journal.Value : null;

    // A journal is made by what writes in it; to read, one that is not there yet is an empty one.
    private bool IsThere => _journal.IsValueCreated || _path is null || File.Exists(_path);

    internal static string Lower(string sha256) => string.Create(sha256.Length, sha256, static (to, from) => from.AsSpan().ToLowerInvariant(to));
}
