using System.Runtime.CompilerServices;
using GPhotos.Core.Api;

namespace GPhotos.Core.Downloads;

/// <summary>Waits for videos that Google still works on, all of a run at once: they hold no lane, and one call asks for fifty.</summary>
internal sealed class VideoWaits(ItemRenewal renewal, TimeProvider time, TimeSpan wanted)
{
    // Far enough not to matter, near enough to be counted with.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    // What was said of a video longer ago than this may be over.
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _timeout = wanted < Longest ? wanted : Longest;
    private readonly Lock _gate = new();
    private readonly List<SaveTicket> _waiting = [];

    /// <summary>Takes a video that is not ready. False: it is not worth asking, since it was not ready a moment ago and nobody is to wait.</summary>
    public bool TryAdd(SaveTicket ticket)
    {
        if (_timeout <= TimeSpan.Zero && time.GetUtcNow() - ticket.Item!.BaseUrlTime < Recent)
        {
            return false;
        }

        lock (_gate)
        {
            _waiting.Add(ticket);
        }

        return true;
    }

    /// <summary>Asks until each is ready, failed or out of time, and gives them as they are settled. All at once when the run is over anyway.</summary>
    public async IAsyncEnumerable<SaveTicket> SettledAsync(Func<bool> isOver, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (TimeSpan pause = FirstPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            List<SaveTicket> batch;
            lock (_gate)
            {
                batch = [.. _waiting];
            }

            if (batch.Count == 0)
            {
                yield break;
            }

            foreach (SaveTicket[] some in batch.GroupBy(ItemRenewal.DoorOf).SelectMany(d => d.Chunk(d.Key is null ? MediaItems.MaxBatchSize : int.MaxValue)).TakeWhile(_ => !isOver()))
            {
                await AskAsync(some, cancellationToken).ConfigureAwait(false);
            }

            DateTimeOffset now = time.GetUtcNow();
            foreach (SaveTicket ticket in batch.Where(t => isOver() || t.Error is not null || !IsWorkedOn(t) || now - t.EnteredAt >= _timeout))
            {
                lock (_gate)
                {
                    _waiting.Remove(ticket);
                }

                yield return ticket;
            }

            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    yield break;
                }

                TimeSpan left = _waiting.Min(t => t.EnteredAt + _timeout - now);
                pause = left < pause ? left : pause;
            }

            await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether Google still works on the item.</summary>
    public static bool IsWorkedOn(SaveTicket ticket) => ticket.Item?.VideoStatus == VideoStatus.Processing;

    private async Task AskAsync(SaveTicket[] tickets, CancellationToken cancellationToken)
    {
        try
        {
            Dictionary<string, MediaItemLookup> lookups =
                (await renewal.AskAsync([.. tickets.DistinctBy(t => t.Request.Id)], cancellationToken).ConfigureAwait(false)).ToDictionary(l => l.Id);
            foreach (SaveTicket ticket in tickets)
            {
                MediaItemLookup lookup = lookups[ticket.Request.Id];
                if (lookup.MediaItem is { } item)
                {
                    ticket.Renew(item);
                }

                ticket.Error = lookup.Error;
            }
        }
        catch (GPhotosException e)
        {
            foreach (SaveTicket ticket in tickets)
            {
                ticket.Error = ItemRenewal.Told(ticket, e);
            }
        }
    }
}
