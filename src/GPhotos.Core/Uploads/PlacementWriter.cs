using System.Collections.Concurrent;
using GPhotos.Core.Api;

namespace GPhotos.Core.Uploads;

/// <summary>
/// Puts media items that are in the library into an album. One that Google does not let the app put there (deleted meanwhile, or the user's own
/// picture with the same bytes) goes the long way: its bytes are sent, and batchCreate puts it in.
/// </summary>
internal sealed class PlacementWriter(MediaItems items, Albums albums, FilePreparation preparation, int lanes)
{
    /// <summary>Puts in what can be put in. Gives the errors by media item id, null for what is in; those not found are to be sent anew.</summary>
    /// <exception cref="GPhotosException">Nothing can be put into this album, or anywhere.</exception>
    public async Task<Dictionary<string, GPhotosException?>> PlaceAsync(
        IReadOnlyList<string> ids, string albumId, CancellationToken cancellationToken)
    {
        // One call tells which are gone; without it, every one of them would cost a dozen refused ones to find.
        Dictionary<string, GPhotosException?> errors = await LookUpAsync(ids, cancellationToken).ConfigureAwait(false);
        string[] there = [.. ids.Where(id => errors.GetValueOrDefault(id) is null)];
        if (there.Length > 0)
        {
            foreach (AlbumItemOutcome outcome in await albums.AddItemsAsync(albumId, there, cancellationToken).ConfigureAwait(false))
            {
                if (outcome.EndsTheRun)
                {
                    throw outcome.Error!;
                }

                errors[outcome.Id] = outcome.Error;
            }
        }

        if (errors.Values.OfType<InvalidRequestException>().FirstOrDefault() is { } refusal
            && (await albums.GetAsync(albumId, cancellationToken).ConfigureAwait(false)).MediaItemsCount >= AlbumFullException.MaxItems)
        {
            throw new AlbumFullException($"The album is full: Google takes {AlbumFullException.MaxItems:N0} media items in one.", albumId, refusal);
        }

        return errors;
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
