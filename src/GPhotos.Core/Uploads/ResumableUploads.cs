using System.Net;
using GPhotos.Core.Http;
using GPhotos.Core.Journal;

namespace GPhotos.Core.Uploads;

/// <summary>
/// Brings large files up in sessions that survive broken lines and dead processes: one call for the whole file while all goes well; after a
/// break, a question how far Google has got, and on from there.
/// </summary>
internal sealed class ResumableUploads(UploadSessions sessions, RetryPolicy retry, SendJournal journal, int maxRetries)
{
    // A session that Google ends again and again is not the line's fault.
    private const int MaxSessions = 3;

    private static readonly CallTraits Traits = new("uploads.send");

    /// <summary>Sends the file. The upload token.</summary>
    /// <param name="source">The file.</param>
    /// <param name="identity">Under which the journal keeps the session; null when nobody knows it before the end.</param>
    /// <param name="kept">A session that an earlier run left, to be gone on with.</param>
    /// <param name="sha1">What Google shall check on arrival, or null.</param>
    /// <param name="hash">Takes the bytes as they pass.</param>
    /// <param name="context">For errors.</param>
    /// <param name="cancellationToken">Ends it; the session stays in the journal.</param>
    public async Task<string> UploadAsync(
        UploadSource source, ContentIdentity? identity, SessionRecord? kept, string? sha1, ContentHash hash, CallContext context, CancellationToken cancellationToken)
    {
        Progress progress = new();
        SessionRecord? session = kept;
        bool isAsked = session is null;
        for (int begun = 0; ;)
        {
            if (session is null)
            {
                if (begun++ == MaxSessions)
                {
                    throw new ServiceUnavailableException($"{context.Subject}: Google ended the upload session {MaxSessions} times.");
                }

                session = await sessions.StartAsync(source, context, cancellationToken).ConfigureAwait(false);
                Note(i => journal.Began(i, session));
                (progress, isAsked) = (new Progress(), true);
            }

            if (!isAsked)
            {
                SessionReply answer = await sessions.QueryAsync(session, context, cancellationToken).ConfigureAwait(false);
                if (answer.IsFinal && answer.Body.Length > 0)
                {
                    return answer.Body;
                }

                if (answer.IsFinal || answer.IsGone || answer.Status == HttpStatusCode.Forbidden || (answer.IsActive && !(answer.Received <= source.Length)))
                {
                    // Also when it is final without a token: the receipt is lost, and with it the upload.
                    session = null;
                    Note(journal.Abandoned);
                    continue;
                }

                if (!answer.IsActive)
                {
                    throw GoogleError.ToException(answer.Status, answer.Body, context);
                }

                progress.Reached(answer.Received!.Value);
                Note(i => journal.Received(i, progress.Offset));
            }

            (SessionReply? reply, GPhotosException? fault) = await SendAsync(session, source, progress, identity, sha1, hash, context, cancellationToken)
                .ConfigureAwait(false);
            if (reply is { IsFinal: true, Body.Length: > 0 })
            {
                return reply.Body;
            }

            if (reply is { IsActive: true } && progress.IsAccepted(reply.Received, source.Length))
            {
                isAsked = true;
                Note(i => journal.Received(i, progress.Offset));
                continue;
            }

            fault ??= reply is { IsFinal: true }
                ? new UnexpectedResponseException($"{context.Subject}: Google took the bytes but gave no upload token.")
                : GoogleError.ToException(reply!.Status, reply.Body, context);
            if (reply is { IsGone: true } && fault is { EndsTheRun: false } and not RateLimitedException && !IsAboutChecksum(reply))
            {
                session = null;
                Note(journal.Abandoned);
                continue;
            }

            if (reply is { MayGoOn: false } || progress.Failures == maxRetries)
            {
                throw fault;
            }

            await retry.WaitAsync(Traits, reply is null ? "the connection broke" : $"Google answered {(int)reply.Status}", progress.Failures++, cancellationToken)
                .ConfigureAwait(false);
            isAsked = false;
        }

        void Note(Action<ContentIdentity> write)
        {
            if (identity is { } known)
            {
                write(known);
            }
        }
    }

    private static bool IsAboutChecksum(SessionReply reply) => reply.Body.Contains("checksum", StringComparison.OrdinalIgnoreCase);

    private async Task<(SessionReply? Reply, GPhotosException? Fault)> SendAsync(
        SessionRecord session, UploadSource source, Progress progress, ContentIdentity? identity, string? sha1, ContentHash hash, CallContext context,
        CancellationToken cancellationToken)
    {
        Heartbeat heartbeat = new();
        using UploadContent content = new(source, hash, identity?.Sha256, heartbeat)
        {
            Offset = progress.Offset,
            Count = progress.Next(source.Length),
        };
        try
        {
            source.ThrowIfChanged();
            return (
                await sessions.SendAsync(
                    session, content, heartbeat, content.Offset + content.Count == source.Length, sha1, context, cancellationToken).ConfigureAwait(false),
                null);
        }
        catch (ConnectionFailedException e)
        {
            return (null, e);
        }
        catch (FileReadFailedException) when (identity is not null)
        {
            // What Google has in this session may be of a file that is no more.
            journal.Abandoned(identity.Value);
            throw;
        }
        finally
        {
            progress.Tried(content.Sent, session.Granularity);
        }
    }

    /// <summary>How far it has got, and how much to try next.</summary>
    private sealed class Progress
    {
        private long _chunk = long.MaxValue;
        private long _sent;
        private long _granularity = 1;
        private long _count;

        /// <summary>Up to where Google has it.</summary>
        public long Offset { get; private set; }

        /// <summary>How many tries in a row brought nothing.</summary>
        public int Failures { get; set; }

        public long Next(long length) => _count = Math.Min(_chunk, length - Offset);

        public void Tried(long sent, long granularity) => (_sent, _granularity) = (sent, granularity);

        /// <summary>Google said how far it has got. If it kept nothing of a try that broke, the next is smaller, so that one gets through.</summary>
        public void Reached(long received)
        {
            if (received > Offset)
            {
                Failures = 0;
            }
            else if (_sent > 0)
            {
                _chunk = Math.Max(_granularity, _sent / 2 / _granularity * _granularity);
            }

            Offset = received;
        }

        /// <summary>Google took a chunk that was not the last. False when there was nothing left but to finish.</summary>
        public bool IsAccepted(long? received, long length)
        {
            long reached = received ?? Offset + _count;
            if (reached <= Offset || reached >= length)
            {
                return false;
            }

            Offset = reached;
            Failures = 0;
            _chunk *= 2;
            return true;
        }
    }
}
