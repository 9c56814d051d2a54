using GPhotos.Core.Api;

namespace GPhotos.Core.Journal;

/// <summary>
/// Sees to it that a journal is believed only by the account it was written for. Google tells nobody who is signed in, but it tells whether the
/// media items are there: asked once for each new sign-in, at the cost of one call.
/// </summary>
internal sealed class JournalOwner(GPhotosClientOptions options, SendJournal journal, MediaItems items)
{
    /// <exception cref="JournalMismatchException">None of the media items it tells of is there.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (options.SignInId.Length == 0 || journal.ConfirmedBy == options.SignInId)
        {
            return;
        }

        IReadOnlyList<string> newest = journal.NewestMediaItems(MediaItems.MaxBatchSize);
        if (newest.Count > 0)
        {
            IReadOnlyList<MediaItemLookup> found;
            try
            {
                found = await items.BatchGetAsync(newest, cancellationToken).ConfigureAwait(false);
            }
            catch (ScopeMissingException)
            {
                // A sign-in that may send but not look cannot be asked.
                return;
            }

            if (found.All(f => f.Error is MediaItemNotFoundException))
            {
                throw new JournalMismatchException(
                    $"The journal of the profile '{options.ProfileName}' tells of media items, and this sign-in sees none of the newest {newest.Count}.",
                    options.ProfileName);
            }
        }

        journal.ConfirmedBy = options.SignInId;
    }
}
