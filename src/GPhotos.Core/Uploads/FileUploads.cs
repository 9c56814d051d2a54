using System.Collections.Concurrent;
using GPhotos.Core.Data;
using GPhotos.Core.Journal;

namespace GPhotos.Core.Uploads;

/// <summary>
/// The bytes of one run: each content goes up once, however many files have it and whichever process began; the journal is told of every step.
/// </summary>
internal sealed class FileUploads(GPhotosClientOptions options, ByteUploads uploads, SendJournal journal, SendOptions send)
{
    private readonly ConcurrentDictionary<ContentIdentity, Lazy<Task<UploadedFile>>> _underWay = [];

    /// <summary>Brings a content of known identity up, or waits for the lane that does.</summary>
    public async Task<UploadedFile> UploadAsync(UploadSource source, ContentDigest digest, CancellationToken cancellationToken)
    {
        while (true)
        {
            Lazy<Task<UploadedFile>> mine = new(() => UploadOnceAsync(source, digest, cancellationToken));
            Lazy<Task<UploadedFile>> first = _underWay.GetOrAdd(digest.Identity, mine);
            try
            {
                UploadedFile file = (await first.Value.ConfigureAwait(false)) with { Source = source };
                // The other input may have used the token by now, and nobody knows to what end.
                return first == mine ? file : file with { MayBeSpent = true };
            }
            catch (GPhotosException e) when (first != mine && !e.EndsTheRun)
            {
                // The other file's trouble need not be this one's.
                _underWay.TryRemove(KeyValuePair.Create(digest.Identity, first));
            }
        }
    }

    /// <summary>Brings a content up that can be read but once: who it is shows at the end.</summary>
    public async Task<UploadedFile> UploadUnknownAsync(UploadSource source, CancellationToken cancellationToken)
    {
        UploadedFile file = await uploads.UploadAsync(source, null, null, send.ResumableFrom, cancellationToken).ConfigureAwait(false);
        journal.Seen(file.Identity, source.Key, source.Stamp);
        journal.Uploaded(file.Identity, file.UploadToken);
        return file;
    }

    /// <summary>Uses the token that another process got: an earlier one, or one that still runs.</summary>
    public UploadedFile TakeOver(UploadSource source, ContentIdentity identity, string token)
    {
        journal.SharesToken(identity);
        return new UploadedFile(source, identity, token) { MayBeSpent = true };
    }

    /// <summary>Sends bytes again whose token is spent.</summary>
    /// <exception cref="GPhotosException">Nothing can be sent any more.</exception>
    public Task SendAnewAsync(IReadOnlyList<CreationEntry> entries, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        entries,
        new ParallelOptions { MaxDegreeOfParallelism = send.ThrottleLimit, CancellationToken = cancellationToken },
        async (entry, cancellation) =>
        {
            try
            {
                entry.Renew(await SendAsync(
                    entry.File.Source, new ContentDigest(entry.Identity, null), null, cancellation).ConfigureAwait(false));
            }
            catch (GPhotosException e) when (!e.EndsTheRun)
            {
                entry.Failed(e);
            }
        });

    private async Task<UploadedFile> UploadOnceAsync(UploadSource source, ContentDigest digest, CancellationToken cancellationToken)
    {
        if (source.Length < send.ResumableFrom)
        {
            return await SendAsync(source, digest, null, cancellationToken).ConfigureAwait(false);
        }

        // One process at a time in one session. Who waited looks again: the other has most likely brought it up.
        using IDisposable held = await new MachineLock(options.DataFolder, $"upload {options.Account} {digest.Identity.Sha256}")
            .EnterAsync(cancellationToken).ConfigureAwait(false);
        ContentRecord? record = journal.Find(digest.Identity);
        return record?.UploadToken is { } token
            ? TakeOver(source, digest.Identity, token)
            : await SendAsync(source, digest, record?.Session, cancellationToken).ConfigureAwait(false);
    }

    private async Task<UploadedFile> SendAsync(
        UploadSource source, ContentDigest digest, SessionRecord? session, CancellationToken cancellationToken)
    {
        UploadedFile file = await uploads.UploadAsync(source, digest, session, send.ResumableFrom, cancellationToken).ConfigureAwait(false);
        journal.Uploaded(file.Identity, file.UploadToken);
        return file;
    }
}
