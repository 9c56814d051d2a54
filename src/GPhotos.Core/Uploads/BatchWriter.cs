using GPhotos.Core.Api;

namespace GPhotos.Core.Uploads;

/// <summary>
/// Carries one batch through, whatever it takes: sends bytes anew whose token is spent, halves a batch that fails whole until what poisons it
/// stands alone, and tells a full album from a bad file.
/// </summary>
internal sealed class BatchWriter(MediaItemCreation creation, Albums albums, FileUploads uploads, int maxRetries)
{
    // A poisoned entry in the worst place makes eight calls fail in a row while a batch of 50 is halved; more than that is Google's trouble.
    private const int MaxFailuresInARow = 10;

    // A lost reply, the bytes anew, again a lost reply: bounded like everything else.
    private const int MaxRounds = 3;

    private int _failures;

    /// <summary>Gives each entry its outcome.</summary>
    /// <returns>What keeps entries from being created at all, which are Pending then; null when there is nothing.</returns>
    public async Task<GPhotosException?> WriteAsync(IReadOnlyList<CreationEntry> entries, string? albumId, CancellationToken cancellationToken)
    {
        try
        {
            for (int round = 0; round < MaxRounds; round++)
            {
                await WritePartAsync([.. entries.Where(MediaItemCreation.IsOpen)], albumId, maxRetries, cancellationToken).ConfigureAwait(false);
                await uploads.SendAnewAsync([.. entries.Where(e => e.NeedsBytes)], cancellationToken).ConfigureAwait(false);
            }

            foreach (CreationEntry entry in entries.Where(e => e.Outcome is null))
            {
                entry.Failed(new ServiceUnavailableException($"'{entry.File}': the replies were lost, so it is not known whether it was created."));
            }

            return null;
        }
        catch (GPhotosException e)
        {
            foreach (CreationEntry entry in entries.Where(e => e.Outcome is null))
            {
                entry.Pending();
            }

            return e;
        }
    }

    private async Task WritePartAsync(CreationEntry[] part, string? albumId, int repeats, CancellationToken cancellationToken)
    {
        if (part.Length == 0)
        {
            return;
        }

        try
        {
            await creation.CreateAsync(part, albumId, repeats, cancellationToken).ConfigureAwait(false);
            _failures = 0;
            return;
        }
        catch (AlbumFullException) when (part.Count(MediaItemCreation.IsOpen) > 1)
        {
            // Some may still fit; who stands alone before a full album ends it.
            await WriteHalvesAsync(part, albumId, repeats, cancellationToken).ConfigureAwait(false);
        }
        catch (GPhotosException e) when (MayBeOneOfThem(e) && ++_failures < MaxFailuresInARow)
        {
            if (albumId is not null && e is not ServiceUnavailableException && await IsFullAsync(albumId, cancellationToken).ConfigureAwait(false))
            {
                throw new AlbumFullException($"The album is full: Google takes {AlbumFullException.MaxItems:N0} media items in one.", albumId, e);
            }

            CreationEntry[] open = [.. part.Where(MediaItemCreation.IsOpen)];
            if (open.Length == 1)
            {
                open[0].Failed(Alone(open[0], e));
                return;
            }

            await WriteHalvesAsync(part, albumId, Math.Min(1, repeats), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteHalvesAsync(CreationEntry[] part, string? albumId, int repeats, CancellationToken cancellationToken)
    {
        CreationEntry[] open = [.. part.Where(MediaItemCreation.IsOpen)];
        int half = open.Length / 2;
        await WritePartAsync(open[..half], albumId, repeats, cancellationToken).ConfigureAwait(false);
        await WritePartAsync(open[half..], albumId, repeats, cancellationToken).ConfigureAwait(false);
    }

    // A call that Google refuses as wrong, or fails at every time, may do so for the sake of one entry.
    private static bool MayBeOneOfThem(GPhotosException e) => e is InvalidRequestException or ServiceUnavailableException { HttpStatus: not 409 };

    private static GPhotosException Alone(CreationEntry entry, GPhotosException e) => e is InvalidRequestException
        ? new MediaRejectedException($"'{entry.File}' was refused by Google: {e.Message}", entry.File.Source.Name, null, e)
        : new ServiceUnavailableException($"'{entry.File}' was not created: {e.Message}", e) { HttpStatus = e.HttpStatus };

    // Where Google's words did not tell. A sign-in that may add but not look cannot be told by this either.
    private async Task<bool> IsFullAsync(string albumId, CancellationToken cancellationToken)
    {
        try
        {
            return (await albums.GetAsync(albumId, cancellationToken).ConfigureAwait(false)).MediaItemsCount >= AlbumFullException.MaxItems;
        }
        catch (ScopeMissingException)
        {
            return false;
        }
    }
}
