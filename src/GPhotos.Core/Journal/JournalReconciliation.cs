using System.Runtime.CompilerServices;
using GPhotos.Core.Api;
using GPhotos.Core.Media;
using GPhotos.Core.Uploads;

namespace GPhotos.Core.Journal;

/// <summary>
/// Looks for what the journal has that the account does not, and for local files that the account has and the journal does not know.
/// </summary>
public sealed class JournalReconciliation
{
    // What was made a moment ago may not be listed yet.
    private static readonly TimeSpan TooYoung = TimeSpan.FromHours(1);

    private readonly MediaItems _mediaItems;
    private readonly SendJournal? _journal;
    private readonly Func<SendJournal> _open;
    private readonly DateTimeOffset _now;

    internal JournalReconciliation(MediaItems mediaItems, SendJournal? journal, Func<SendJournal> open, DateTimeOffset now) =>
        (_mediaItems, _journal, _open, _now) = (mediaItems, journal, open, now);

    /// <summary>How many media items were listed so far.</summary>
    public int Listed { get; private set; }

    /// <summary>How many local files were looked into so far.</summary>
    public int FilesRead { get; private set; }

    /// <summary>
    /// Finds the changes: first what is to be forgotten, then what is to be recorded. Costs one call for each hundred media items, and one for
    /// each fifty that were not listed; none when there is nothing to compare.
    /// </summary>
    /// <exception cref="ScopeMissingException">The sign-in lacks photoslibrary.readonly.appcreateddata.</exception>
    public async IAsyncEnumerable<JournalFinding> FindChangesAsync(
        IEnumerable<LocalFile> files, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        DateTimeOffset oldEnough = _now - TooYoung;
        bool mayForget = _journal?.Queries.HasCreatedBefore(oldEnough) == true;
        LocalMatches local = new(_journal);
        foreach (LocalFile file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (local.Add(file) is { } error)
            {
                yield return new JournalFinding(error, file.Path);
            }
        }

        if (!mayForget && !local.HasUnknown)
        {
            yield break;
        }

        HashSet<string> listed = new(StringComparer.Ordinal);
        await foreach (IReadOnlyList<MediaItem> page in _mediaItems.ListPagesAsync(new MediaItemQuery(), cancellationToken).ConfigureAwait(false))
        {
            // An item that is listed twice is one item, and no reason for doubt.
            foreach (MediaItem item in page.Where(i => listed.Add(i.Id)))
            {
                local.Add(item);
            }

            Listed = listed.Count;
        }

        if (mayForget)
        {
            await foreach (JournalFinding gone in FindGoneAsync(_journal!, listed, oldEnough, cancellationToken).ConfigureAwait(false))
            {
                yield return gone;
            }
        }

        await foreach (JournalFinding own in FindOwnAsync(local, cancellationToken).ConfigureAwait(false))
        {
            yield return own;
        }
    }

    // Google's listing leaves items out now and then, so what it does not name is asked for by name.
    private async IAsyncEnumerable<JournalFinding> FindGoneAsync(
        SendJournal journal, HashSet<string> listed, DateTimeOffset oldEnough, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IEnumerable<JournalEntry> missing = journal.Queries.FindPages(new JournalFilter { States = [JournalState.Created] })
            .SelectMany(static page => page)
            .Where(e => e.Id is not null && e.ChangedAt <= oldEnough && !listed.Contains(e.Id));
        foreach (JournalEntry[] batch in missing.Chunk(MediaItems.MaxBatchSize))
        {
            IReadOnlyList<MediaItemLookup> lookups =
                await _mediaItems.BatchGetAsync([.. batch.Select(e => e.Id!)], cancellationToken).ConfigureAwait(false);
            foreach ((JournalEntry entry, MediaItemLookup lookup) in batch.Zip(lookups))
            {
                if (lookup.Error is MediaItemNotFoundException)
                {
                    yield return new JournalFinding(
                        new JournalChange { Action = JournalChangeAction.Forgotten, Entry = entry },
                        () => journal.Queries.Forget(new ContentIdentity(entry.Sha256, entry.Length), unlessChangedSince: entry.ChangedAt));
                }
                else if (lookup.Error is { } error)
                {
                    yield return new JournalFinding(error, entry);
                }
            }
        }
    }

    private async IAsyncEnumerable<JournalFinding> FindOwnAsync(LocalMatches local, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (LocalMatches.Name name in local.Names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<JournalFinding> findings = [];
            FilesRead += name.ReadFacts((error, path) => findings.Add(new JournalFinding(error, path)));
            foreach ((MediaItem item, IReadOnlyList<FileSource> sources) in name.Matches())
            {
                ContentIdentity? identity = null;
                try
                {
                    identity = await OneContentAsync(sources, cancellationToken).ConfigureAwait(false);
                }
                catch (FileReadFailedException e)
                {
                    findings.Add(new JournalFinding(e, e.Path));
                }

                if (identity is { } content && !(_journal is not null && LocalMatches.IsKnown(_journal.Find(content))))
                {
                    findings.Add(Recorded(content, item, sources));
                }
            }

            foreach (JournalFinding finding in findings)
            {
                yield return finding;
            }
        }
    }

    private JournalFinding Recorded(ContentIdentity content, MediaItem item, IReadOnlyList<FileSource> sources)
    {
        JournalEntry entry = new()
        {
            State = JournalState.Created,
            Sha256 = content.Sha256,
            Length = content.Length,
            FullName = sources[0].Name,
            Paths = [.. sources.Select(s => s.Name)],
            Id = item.Id,
            ChangedAt = _now,
        };
        return new JournalFinding(
            new JournalChange { Action = JournalChangeAction.Recorded, Entry = entry },
            () => _open().Queries.Record(content, item.Id, [.. sources.Select(s => (s.Name, s.Stamp))]));
    }

    // The same bytes under several names are one file; different bytes are several, and then none of them is unmistakable.
    private static async Task<ContentIdentity?> OneContentAsync(IReadOnlyList<FileSource> sources, CancellationToken cancellationToken)
    {
        if (sources.Any(s => s.Length != sources[0].Length))
        {
            return null;
        }

        ContentIdentity? first = null;
        foreach (FileSource source in sources)
        {
            ContentIdentity identity = (await ContentDigest.OfAsync(source, withSha1: false, cancellationToken).ConfigureAwait(false)).Identity;
            if (first is not null && identity != first)
            {
                return null;
            }

            first = identity;
        }

        return first;
    }
}
