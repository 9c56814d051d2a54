using GPhotos.Core.Journal;

namespace GPhotos.Core.Api;

// Which media items an album holds.
public sealed partial class Albums
{
    /// <summary>
    /// Puts media items at the end of an album, in the order given, <see cref="MediaItems.MaxBatchSize"/> a call. One outcome per id in that
    /// order: an id that Google refuses fails alone, and the others are added. An id that stands twice is sent once.
    /// </summary>
    /// <remarks>Failures are told in the outcomes, also those that end the run; only cancellation is thrown.</remarks>
    public Task<IReadOnlyList<AlbumItemOutcome>> AddItemsAsync(
        string albumId, IReadOnlyList<string> ids, CancellationToken cancellationToken = default) =>
        ChangeAsync(AlbumItemCall.Add, albumId, ids, static (journal, done, album) => journal.Placed(done, album), cancellationToken);

    /// <summary>Takes media items out of an album, by the same rules. They stay in the library.</summary>
    /// <remarks>Failures are told in the outcomes, also those that end the run; only cancellation is thrown.</remarks>
    public Task<IReadOnlyList<AlbumItemOutcome>> RemoveItemsAsync(
        string albumId, IReadOnlyList<string> ids, CancellationToken cancellationToken = default) =>
        ChangeAsync(AlbumItemCall.Remove, albumId, ids, static (journal, done, album) => journal.Unplaced(done, album), cancellationToken);

    private async Task<IReadOnlyList<AlbumItemOutcome>> ChangeAsync(
        AlbumItemCall call,
        string albumId,
        IReadOnlyList<string> ids,
        Action<SendJournal, IEnumerable<string>, string> record,
        CancellationToken cancellationToken)
    {
        // Opened first: what is done at Google must not fail to be written down.
        SendJournal journal = _journal.Value;
        IReadOnlyList<AlbumItemOutcome> outcomes = await _items.ChangeAsync(call, albumId, ids, cancellationToken).ConfigureAwait(false);
        try
        {
            record(journal, outcomes.Where(o => o.Error is null).Select(o => o.Id), albumId);
            return outcomes;
        }
        catch (FileWriteFailedException e)
        {
            // Done at Google, and not written down: whoever asked must know, and every other outcome stays told.
            return [.. outcomes.Select(o => o.Error is null ? o with { Error = e } : o)];
        }
    }
}
