using System.Runtime.CompilerServices;
using GPhotos.Core.Api;
using GPhotos.Core.Journal;

namespace GPhotos.Core.Uploads;

/// <summary>
/// The writing side of one run: gathers what the lanes bring, by album, and writes a batch when it is full or when nothing more is coming. Used
/// by one task alone.
/// </summary>
internal sealed class SendRun(FilePreparation preparation, BatchWriter writer, Albums albums, SendJournal journal, RunState state)
{
    // Inputs that jump between many albums: what waits longest is written before more is gathered.
    private const int MaxWaiting = 10 * MediaItemCreation.MaxBatchSize;

    private readonly List<AlbumBatch> _batches = [];

    // What this run made, so that the same bytes under another name are recognised also with -Force.
    private readonly Dictionary<ContentIdentity, string> _made = [];

    /// <summary>Takes what a lane brought. The outcomes that are final by then.</summary>
    public async Task<List<SendOutcome>> TakeAsync(Prepared prepared, CancellationToken cancellationToken)
    {
        List<SendOutcome> outcomes = [];
        if (prepared.Error is not null || prepared.IsLeftOut)
        {
            outcomes.Add(prepared.Error is null ? SendOutcome.Pending(prepared.Request, 0) : new SendOutcome(prepared.Request, null, prepared.Error));
            return outcomes;
        }

        AlbumBatch batch = BatchOf(prepared.AlbumId);
        ContentIdentity identity = prepared.Identity!.Value;
        if (batch.Find(identity) is { } twin)
        {
            twin.Add(prepared.Request);
            return outcomes;
        }

        // The same bytes wait for another album: they must be a media item before they can be put into this one.
        foreach (AlbumBatch other in _batches.Where(b => b.Find(identity) is not null))
        {
            outcomes.AddRange(await WriteAsync(other, cancellationToken).ConfigureAwait(false));
        }

        if (_made.TryGetValue(identity, out string? made))
        {
            prepared = prepared with { MediaItemId = made, File = null };
        }

        if (prepared.MediaItemId is { } id && (batch.AlbumId is null || journal.IsPlaced(id, batch.AlbumId)))
        {
            outcomes.Add(SendOutcome.Done(prepared.Request, identity, SendStatus.AlreadyInLibrary, id, null, batch.AlbumId));
            return outcomes;
        }

        if (prepared.File is null ? batch.Creations.Count > 0 : batch.Placements.Count > 0)
        {
            outcomes.AddRange(await WriteAsync(batch, cancellationToken).ConfigureAwait(false));
        }

        if (prepared.File is null)
        {
            batch.Placements.Add(prepared);
        }
        else
        {
            batch.Add(new CreationEntry(prepared.Request, prepared.File));
        }

        if (batch.IsFull || _batches.Sum(b => b.Count) > MaxWaiting)
        {
            AlbumBatch next = batch.IsFull ? batch : _batches.First(b => b.Count > 0);
            outcomes.AddRange(await WriteAsync(next, cancellationToken).ConfigureAwait(false));
        }

        return outcomes;
    }

    /// <summary>Writes what still waits.</summary>
    public async IAsyncEnumerable<SendOutcome> FinishAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (AlbumBatch batch in _batches)
        {
            foreach (SendOutcome outcome in await WriteAsync(batch, cancellationToken).ConfigureAwait(false))
            {
                yield return outcome;
            }
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

    private async Task<List<SendOutcome>> WriteAsync(AlbumBatch batch, CancellationToken cancellationToken)
    {
        List<SendOutcome> outcomes = batch.Creations.Count > 0
            ? await CreateAsync(batch, cancellationToken).ConfigureAwait(false)
            : batch.Placements.Count > 0
                ? await PlaceAsync(batch, cancellationToken).ConfigureAwait(false)
                : [];
        batch.Clear();
        return outcomes;
    }

    private Task<List<SendOutcome>> CreateAsync(AlbumBatch batch, CancellationToken cancellationToken) =>
        CreateAsync([.. batch.Creations], batch.AlbumId, cancellationToken);

    private async Task<List<SendOutcome>> CreateAsync(List<CreationEntry> entries, string? albumId, CancellationToken cancellationToken)
    {
        if (IsOver(albumId))
        {
            entries.ForEach(e => e.Pending());
        }
        else if (await writer.WriteAsync(entries, albumId, cancellationToken).ConfigureAwait(false) is { } error)
        {
            state.Close(albumId, error);
        }

        foreach (CreationEntry entry in entries.Where(e => e.Outcome!.Result?.Id is not null))
        {
            _made[entry.Identity] = entry.Outcome!.Result!.Id!;
        }

        return [.. entries.SelectMany(e => e.Outcomes)];
    }

    /// <summary>
    /// Puts media items that exist into the album. One that Google does not let the app put there (deleted meanwhile, or the user's own picture
    /// with the same bytes) goes the long way: its bytes are sent, and batchCreate puts it in.
    /// </summary>
    private async Task<List<SendOutcome>> PlaceAsync(AlbumBatch batch, CancellationToken cancellationToken)
    {
        string albumId = batch.AlbumId!;
        if (IsOver(albumId))
        {
            return [.. batch.Placements.Select(p => SendOutcome.Pending(p.Request, p.Identity!.Value.Length))];
        }

        IReadOnlyList<AlbumItemOutcome> placed = await albums.AddItemsAsync(
            albumId, [.. batch.Placements.Select(p => p.MediaItemId!).Distinct()], cancellationToken).ConfigureAwait(false);
        Dictionary<string, GPhotosException?> errors = placed.ToDictionary(o => o.Id, o => o.Error);
        if (placed.FirstOrDefault(o => o.EndsTheRun) is { Error: { } ending })
        {
            state.Close(albumId, ending);
        }

        List<SendOutcome> outcomes = [];
        foreach (Prepared known in batch.Placements)
        {
            outcomes.AddRange(errors[known.MediaItemId!] switch
            {
                null => [SendOutcome.Done(known.Request, known.Identity!.Value, SendStatus.AlreadyInLibrary, known.MediaItemId, null, albumId)],
                MediaItemNotFoundException => await SendAnewAsync(known, albumId, cancellationToken).ConfigureAwait(false),
                _ when IsOver(albumId) => [SendOutcome.Pending(known.Request, known.Identity!.Value.Length)],
                var error => [new SendOutcome(known.Request, null, error)],
            });
        }

        return outcomes;
    }

    private async Task<List<SendOutcome>> SendAnewAsync(Prepared known, string albumId, CancellationToken cancellationToken)
    {
        try
        {
            CreationEntry entry = await preparation.PrepareAnewAsync(known.Request, cancellationToken).ConfigureAwait(false);
            return await CreateAsync([entry], albumId, cancellationToken).ConfigureAwait(false);
        }
        catch (GPhotosException e) when (!e.EndsTheRun)
        {
            return [new SendOutcome(known.Request, null, e)];
        }
        catch (GPhotosException e)
        {
            state.End(e);
            return [SendOutcome.Pending(known.Request, known.Identity!.Value.Length)];
        }
    }

    private bool IsOver(string? albumId) => state.EndedBy is not null || (albumId is not null && state.IsClosed(albumId));
}
