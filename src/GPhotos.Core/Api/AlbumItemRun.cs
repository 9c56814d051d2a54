using GPhotos.Core.Http;

namespace GPhotos.Core.Api;

/// <summary>The work on one album, and what is known of each id by now.</summary>
/// <remarks>
/// A call is all or nothing, and a refusal does not say which id was wrong: a refused call is halved until that id stands alone.
/// </remarks>
internal sealed class AlbumItemRun(
    LibraryCaller caller, MediaItems items, RetryPolicy retry, int maxRetries, AlbumItemCall call, string albumId, CancellationToken cancellationToken)
{
    /// <summary>Null where it is done.</summary>
    public Dictionary<string, GPhotosException?> Outcomes { get; } = new(StringComparer.Ordinal);

    /// <summary>Does one batch. What is done of it stays done, whatever becomes of the rest. Gives the failure that ends the run.</summary>
    public async Task<GPhotosException?> BatchAsync(string[] ids)
    {
        try
        {
            await TryAsync(ids).ConfigureAwait(false);
            return null;
        }
        catch (GPhotosException e)
        {
            foreach (string id in Open(ids))
            {
                Outcomes[id] = e;
            }

            return AlbumErrors.EndsTheRun(e) ? e : null;
        }
    }

    /// <summary>Tries them in one call, and in ever smaller ones when an id is refused. Whether the one call did it.</summary>
    private async Task<bool> TryAsync(string[] ids)
    {
        try
        {
            await CallAsync(ids).ConfigureAwait(false);
            return true;
        }
        catch (GPhotosException e) when (AlbumErrors.IsAboutItems(e))
        {
            await HalveAsync(Open(ids), e).ConfigureAwait(false);
            return false;
        }
    }

    private async Task HalveAsync(string[] ids, GPhotosException refusal)
    {
        if (ids is [var alone])
        {
            Outcomes[alone] = new MediaItemNotFoundException($"{refusal.Message} {call.Meaning}", alone, refusal) { HttpStatus = refusal.HttpStatus };
            return;
        }

        // Left before right, so that an album keeps the order.
        string[] left = ids[..(ids.Length / 2)], right = ids[left.Length..];
        bool leftIsGood = await TryAsync(left).ConfigureAwait(false);
        if (leftIsGood && right.Length > 1)
        {
            // The bad one is in here: asking for all of it again would be a call for nothing.
            await HalveAsync(right, refusal).ConfigureAwait(false);
        }
        else
        {
            await TryAsync(right).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// One call, seen through to an answer. After a lost reply the album is looked at: a second removal would be refused, and a second
    /// addition might add twice.
    /// </summary>
    private async Task CallAsync(string[] ids)
    {
        for (int attempt = 0; ; attempt++)
        {
            GPhotosException failure;
            try
            {
                await SendAsync(ids).ConfigureAwait(false);
                Done(ids);
                return;
            }
            catch (GPhotosException e) when (AlbumErrors.IsLost(e) || (attempt > 0 && AlbumErrors.IsAboutItems(e)))
            {
                // A refusal after a lost reply may only mean that the lost call came through late.
                failure = e;
            }

            bool mayRepeat = attempt < maxRetries && AlbumErrors.IsLost(failure);
            if (mayRepeat)
            {
                string reason = failure.HttpStatus is { } status ? $"Google answered {status}" : "the reply was lost";
                await retry.WaitAsync(call.Traits, reason, attempt, cancellationToken).ConfigureAwait(false);
            }

            ids = AlbumErrors.WasNeverSent(failure) ? ids : await LeftAsync(ids, failure).ConfigureAwait(false);
            if (ids.Length == 0)
            {
                return;
            }

            if (!mayRepeat)
            {
                throw failure;
            }
        }
    }

    private async Task SendAsync(string[] ids)
    {
        string what = ids is [var one] ? $"media item '{one}'" : $"{ids.Length} media items";
        CallContext context = new($"{call.Doing} album '{albumId}', {what}", caller.AnyOf(call.Scopes), caller.Now)
        {
            AlbumId = albumId,
            MediaItemId = ids.Length == 1 ? ids[0] : null,
        };
        await AlbumErrors.TellApartAsync(caller.PostAsync(
            call.Traits, context, $"v1/albums/{Uri.EscapeDataString(albumId)}:{call.Method}", new WireMediaItemIds(ids),
            WireJsonContext.Default.WireMediaItemIds, WireJsonContext.Default.WireNothing, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>What the album shows to be undone still.</summary>
    private async Task<string[]> LeftAsync(string[] ids, GPhotosException failure)
    {
        HashSet<string> inAlbum;
        try
        {
            inAlbum = await InAlbumAsync(ids).ConfigureAwait(false);
        }
        catch (GPhotosException e) when (e is not AlbumNotFoundException)
        {
            throw new OutcomeUnknownException(
                $"{failure.Message} It is not known whether the album was changed, and looking at it failed, too: {e.Message}", albumId, e);
        }

        if (call.Wants)
        {
            Done(ids.Where(inAlbum.Contains));
            return [.. ids.Where(id => !inAlbum.Contains(id))];
        }

        // All or nothing: one that is in the album still shows that nothing was removed, and the others are for Google to judge.
        if (inAlbum.Count > 0)
        {
            return ids;
        }

        Done(ids);
        return [];
    }

    private async Task<HashSet<string>> InAlbumAsync(string[] ids)
    {
        HashSet<string> sought = [.. ids], found = [];
        await foreach (MediaItem item in items.ListAsync(new MediaItemQuery { AlbumId = albumId }, cancellationToken).ConfigureAwait(false))
        {
            if (sought.Contains(item.Id) && found.Add(item.Id) && (!call.Wants || found.Count == sought.Count))
            {
                break;
            }
        }

        return found;
    }

    private void Done(IEnumerable<string> ids)
    {
        foreach (string id in ids)
        {
            Outcomes[id] = null;
        }
    }

    private string[] Open(string[] ids) => [.. ids.Where(id => !Outcomes.ContainsKey(id))];
}
