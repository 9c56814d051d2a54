using System.Collections.Concurrent;
using GPhotos.Core.Api;

namespace GPhotos.Core.Uploads;

/// <summary>
/// Puts media items that are in the library into an album. One that Google does not let the app put there (deleted meanwhile, or the user's own
/// picture with the same bytes) goes the long way: its bytes are sent, and batchCreate puts it in.
/// </summary>
internal sealed class PlacementWriter(MediaItems items, Albums albums, FilePreparation preparation, int lanes)
{
    /// <summary>
    /// Puts in what can be put in. Gives the errors by media item id, null for what is in; those not found are to be sent anew, and those not
    /// mentioned wait for another run, for the reason given beside.
    /// </summary>
    public async Task<(Dictionary<string, GPhotosException?> Errors, GPhotosException? Ending)> PlaceAsync(
        IReadOnlyList<string> ids, string albumId, CancellationToken cancellationToken)
    {
        Dictionary<string, GPhotosException?> errors = [];
        try
        {
            // One call tells which are gone; without it, every one of them would cost a dozen refused ones to find.
            Dictionary<string, GPhotosException?> looked = await LookUpAsync(ids, cancellationToken).ConfigureAwait(false);
            errors = looked.Where(l => l.Value is not null).ToDictionary();
            await AddAsync([.. ids.Except(errors.Keys)], albumId, errors, cancellationToken).ConfigureAwait(false);
            return (errors, null);
        }
        catch (GPhotosException e)
        {
            return (errors, e);
        }
    }

    private async Task AddAsync(string[] ids, string albumId, Dictionary<string, GPhotosException?> errors, CancellationToken cancellationToken)
    {
        if (ids.Length == 0)
        {
            return;
        }

        IReadOnlyList<AlbumItemOutcome> outcomes = await albums.AddItemsAsync(albumId, ids, cancellationToken).ConfigureAwait(false);
        foreach (AlbumItemOutcome outcome in outcomes.Where(o => !o.EndsTheRun))
        {
            errors[outcome.Id] = outcome.Error;
        }

        switch (outcomes.FirstOrDefault(o => o.EndsTheRun)?.Error)
        {
            case null:
                return;
            case AlbumFullException when ids.Length > 1:
                // Some may still fit; who stands alone before a full album ends it.
                await AddAsync(ids[..(ids.Length / 2)], albumId, errors, cancellationToken).ConfigureAwait(false);
                await AddAsync(ids[(ids.Length / 2)..], albumId, errors, cancellationToken).ConfigureAwait(false);
                return;
            case var ending:
                throw ending;
        }
    }

    private async Task<Dictionary<string, GPhotosException?>> LookUpAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        try
        {
            return (await items.BatchGetAsync(ids, cancellationToken).ConfigureAwait(false)).ToDictionary(l => l.Id, l => l.Error);
        }
        catch (ScopeMissingException)
        {
            // A sign-in that may add but not look finds them out the dear way.
            return [];
        }
    }

    /// <summary>Brings the bytes of known files up again, side by side, in the order given.</summary>
    public async Task<(List<CreationEntry> Entries, List<SendOutcome> Failures)> PrepareAnewAsync(
        IReadOnlyList<Prepared> known, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<int, CreationEntry> entries = [];
        ConcurrentBag<SendOutcome> failures = [];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, known.Count),
            new ParallelOptions { MaxDegreeOfParallelism = lanes, CancellationToken = cancellationToken },
            async (i, cancellation) =>
            {
                try
                {
                    entries[i] = await preparation.PrepareAnewAsync(known[i].Request, cancellation).ConfigureAwait(false);
                }
                catch (GPhotosException e) when (!e.EndsTheRun)
                {
                    failures.Add(new SendOutcome(known[i].Request, null, e));
                }
            }).ConfigureAwait(false);
        return ([.. entries.OrderBy(e => e.Key).Select(e => e.Value)], [.. failures]);
    }
}
