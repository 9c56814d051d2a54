using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GPhotos.Core.Api;

namespace GPhotos.Core.Downloads;

/// <summary>Keeps base URLs young. They live 60 minutes, so older than 50 they are asked for anew, 50 items a call.</summary>
/// <remarks>See https://developers.google.com/photos/library/guides/access-media-items#base-urls.</remarks>
internal sealed class BaseUrls(MediaItems mediaItems, TimeProvider time)
{
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(50);

    // How long a batch that is not full waits for company.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(200);

    /// <summary>Passes young items on at once, and gathers the others into calls of 50.</summary>
    public async IAsyncEnumerable<MediaItemLookup> FreshAsync(
        ChannelReader<SaveRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<string> old = [];
        while (await MoreAsync(requests, old.Count > 0, cancellationToken).ConfigureAwait(false) is var more)
        {
            while (more == true && old.Count < MediaItems.MaxBatchSize && requests.TryRead(out SaveRequest? request))
            {
                if (request.MediaItem is { BaseUrl.Length: > 0 } item && time.GetUtcNow() - item.BaseUrlTime < Young)
                {
                    yield return new MediaItemLookup(item.Id, item, null);
                }
                else
                {
                    old.Add(request.Id);
                }
            }

            if (old.Count == MediaItems.MaxBatchSize || (more != true && old.Count > 0))
            {
                foreach (MediaItemLookup lookup in await LookUpAsync(old, cancellationToken).ConfigureAwait(false))
                {
                    yield return lookup;
                }

                old.Clear();
            }

            if (more == false)
            {
                yield break;
            }
        }
    }

    /// <summary>The item with a new base URL.</summary>
    public async Task<MediaItem> RenewAsync(MediaItem item, CancellationToken cancellationToken)
    {
        MediaItemLookup lookup = (await mediaItems.BatchGetAsync([item.Id], cancellationToken).ConfigureAwait(false))[0];
        return lookup.MediaItem ?? throw lookup.Error!;
    }

    // A call that fails whole fails each of its items: every one must come out.
    private async Task<IReadOnlyList<MediaItemLookup>> LookUpAsync(List<string> ids, CancellationToken cancellationToken)
    {
        try
        {
            return await mediaItems.BatchGetAsync(ids, cancellationToken).ConfigureAwait(false);
        }
        catch (GPhotosException e)
        {
            return [.. ids.Select(id => new MediaItemLookup(id, null, e))];
        }
    }

    /// <summary>True: there is something to read. False: no more comes. Null: nothing for now, and somebody waits.</summary>
    private async Task<bool?> MoreAsync(ChannelReader<SaveRequest> requests, bool someWait, CancellationToken cancellationToken)
    {
        Task<bool> more = requests.WaitToReadAsync(cancellationToken).AsTask();
        if (someWait && !more.IsCompleted)
        {
            await Task.WhenAny(more, Task.Delay(Linger, time, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return more.IsCompleted ? await more.ConfigureAwait(false) : null;
        }

        return await more.ConfigureAwait(false);
    }
}
