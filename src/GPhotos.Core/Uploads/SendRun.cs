using GPhotos.Core.Journal;

namespace GPhotos.Core.Uploads;

/// <summary>
/// The writing side of one run: gathers what the lanes bring, by album, and writes a batch when it is full or when nothing more is coming. Used
/// by one task alone.
/// </summary>
internal sealed class SendRun(BatchWriter writer, PlacementWriter placing, SendJournal journal, CallPlan plan, RunState state)
{
    // Inputs that jump between many albums: the fullest batch is written before more is gathered.
    private const int MaxWaiting = 40 * MediaItemCreation.MaxBatchSize;

    private readonly List<AlbumBatch> _batches = [];

    // What this run made, so that the same bytes under another name are recognised also with -Force.
    private readonly Dictionary<ContentIdentity, string> _made = [];

    /// <summary>Takes what a lane brought, and adds the outcomes that are final by then.</summary>
    public async Task TakeAsync(Prepared prepared, List<SendOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (prepared.Error is not null || prepared.IsLeftOut)
        {
            outcomes.Add(prepared.Error is null ? SendOutcome.Pending(prepared.Request, 0) : new SendOutcome(prepared.Request, null, prepared.Error));
            return;
        }

        AlbumBatch batch = BatchOf(prepared.AlbumId);
        ContentIdentity identity = prepared.Identity!.Value;
        if (batch.Find(identity) is { } twin)
        {
            plan.Written(prepared.IsPlanned ? 1 : 0, batch.AlbumId);
            twin.Add(prepared.Request);
            return;
        }

        // The same bytes wait for another album: they must be a media item before they can be put into this one.
        foreach (AlbumBatch other in _batches.Where(b => b.Find(identity) is not null))
        {
            await WriteAsync(other, outcomes, cancellationToken).ConfigureAwait(false);
        }

        if (_made.TryGetValue(identity, out string? made))
        {
            prepared = prepared with { MediaItemId = made, File = null };
        }

        if (prepared.MediaItemId is { } id && IsWhereItBelongs(id, batch.AlbumId))
        {
            plan.Written(prepared.IsPlanned ? 1 : 0, batch.AlbumId);
            outcomes.Add(SendOutcome.Done(prepared.Request, identity, SendStatus.AlreadyInLibrary, id, null, batch.AlbumId));
            return;
        }

        if (prepared.File is null ? batch.Creations.Count > 0 : batch.Placements.Count > 0)
        {
            await WriteAsync(batch, outcomes, cancellationToken).ConfigureAwait(false);
        }

        batch.Add(prepared);
        if (batch.IsFull)
        {
            await WriteAsync(batch, outcomes, cancellationToken).ConfigureAwait(false);
        }
        else if (_batches.Sum(b => b.Count) > MaxWaiting)
        {
            await WriteAsync(_batches.MaxBy(b => b.Count)!, outcomes, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what still waits, and adds its outcomes.</summary>
    public async Task FinishAsync(List<SendOutcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (AlbumBatch batch in _batches)
        {
            await WriteAsync(batch, outcomes, cancellationToken).ConfigureAwait(false);
        }
    }

    private AlbumBatch BatchOf(string? albumId)
    {
        AlbumBatch? batch = _batches.Find(b => b.AlbumId == albumId);
        if (batch is null)
        {
            _batches.Add(batch = new AlbumBatch(albumId));
        }

        return batch;
    }

    private async Task WriteAsync(AlbumBatch batch, List<SendOutcome> outcomes, CancellationToken cancellationToken)
    {
        int calls = plan.Writing(batch.Planned, batch.AlbumId);
        if (batch.Creations.Count > 0)
        {
            await CreateAsync(batch.Creations, batch.AlbumId, outcomes, cancellationToken).ConfigureAwait(false);
        }
        else if (batch.Placements.Count > 0)
        {
            await PlaceAsync(batch.Placements, batch.AlbumId!, outcomes, cancellationToken).ConfigureAwait(false);
        }

        plan.Sent(calls);
        batch.Clear();
    }

    private async Task CreateAsync(
        IReadOnlyList<CreationEntry> entries, string? albumId, List<SendOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (IsOver(albumId))
        {
            foreach (CreationEntry entry in entries)
            {
                entry.Pending();
            }
        }
        else if (await writer.WriteAsync(entries, albumId, cancellationToken).ConfigureAwait(false) is { } error)
        {
            state.Close(albumId, error);
        }

        foreach (CreationEntry entry in entries.Where(e => e.Outcome!.Result?.Id is not null))
        {
            _made[entry.Identity] = entry.Outcome!.Result!.Id!;
        }

        outcomes.AddRange(entries.SelectMany(e => e.Outcomes));
    }

    private async Task PlaceAsync(
        IReadOnlyList<Prepared> known, string albumId, List<SendOutcome> outcomes, CancellationToken cancellationToken)
    {
        (Dictionary<string, GPhotosException?> errors, GPhotosException? ending) = IsOver(albumId)
            ? ([], null)
            : await placing.PlaceAsync([.. known.Select(p => p.MediaItemId!).Distinct()], albumId, cancellationToken).ConfigureAwait(false);
        if (ending is not null)
        {
            state.Close(albumId, ending);
        }

        List<Prepared> refused = [];
        foreach (Prepared one in known)
        {
            if (!errors.TryGetValue(one.MediaItemId!, out GPhotosException? error))
            {
                outcomes.Add(SendOutcome.Pending(one.Request, one.Identity!.Value.Length));
            }
            else if (error is MediaItemNotFoundException)
            {
                refused.Add(one);
            }
            else
            {
                outcomes.Add(error is null
                    ? SendOutcome.Done(one.Request, one.Identity!.Value, SendStatus.AlreadyInLibrary, one.MediaItemId, null, albumId)
                    : new SendOutcome(one.Request, null, error));
            }
        }

        await SendAnewAsync(refused, albumId, outcomes, cancellationToken).ConfigureAwait(false);
    }

    private async Task SendAnewAsync(
        List<Prepared> known, string albumId, List<SendOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (known.Count == 0)
        {
            return;
        }

        try
        {
            (List<CreationEntry> entries, List<SendOutcome> failures) = await placing.PrepareAnewAsync(known, cancellationToken).ConfigureAwait(false);
            outcomes.AddRange(failures);
            await CreateAsync(entries, albumId, outcomes, cancellationToken).ConfigureAwait(false);
        }
        catch (GPhotosException e)
        {
            state.End(e);
            outcomes.AddRange(known.Select(k => SendOutcome.Pending(k.Request, k.Identity!.Value.Length)));
        }
    }

    // A journal that cannot be read costs a call that puts in what may be in already, not the run.
    private bool IsWhereItBelongs(string mediaItemId, string? albumId)
    {
        try
        {
            return albumId is null || journal.IsPlaced(mediaItemId, albumId);
        }
        catch (FileWriteFailedException)
        {
            return false;
        }
    }

    private bool IsOver(string? albumId) => state.EndedBy is not null || (albumId is not null && state.IsClosed(albumId));
}
