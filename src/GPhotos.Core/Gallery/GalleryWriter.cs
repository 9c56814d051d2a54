using System.Runtime.CompilerServices;
using GPhotos.Core.Api;
using GPhotos.Core.Downloads;
using GPhotos.Core.Http;

namespace GPhotos.Core.Gallery;

/// <summary>Makes a page of one file that shows pictures and what is known of them, and asks no server for anything.</summary>
public sealed class GalleryWriter
{
    private readonly GPhotosClientOptions _client;
    private readonly MediaItems _mediaItems;
    private readonly MediaBytes _bytes;
    private readonly RetryPolicy _retry;

    internal GalleryWriter(GPhotosClientOptions client, MediaItems mediaItems, MediaBytes bytes, RetryPolicy retry) =>
        (_client, _mediaItems, _bytes, _retry) = (client, mediaItems, bytes, retry);

    /// <summary>
    /// Each entry comes out once, in the order of completion, and stands in the page whatever its picture's fate. The page has its name when
    /// the last has come out; who stops earlier leaves nothing behind. An error that keeps the pictures of all that follow away (quota, sign-in)
    /// comes once, without an entry.
    /// </summary>
    /// <exception cref="FileExistsException">The page is there, and is to be kept.</exception>
    /// <exception cref="FileWriteFailedException">It cannot be written.</exception>
    public async IAsyncEnumerable<GalleryOutcome> WriteAsync(
        IAsyncEnumerable<GalleryEntry> entries, GalleryOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        PageFile page = await PageFile.CreateAsync(options, _client.TimeProvider.GetLocalNow(), cancellationToken).ConfigureAwait(false);
        await using (page.ConfigureAwait(false))
        {
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using GalleryRun run = new(_client, _mediaItems, _bytes, _retry, options, stop.Token);
            Task lanes = Task.Run(() => run.RunAsync(entries), CancellationToken.None);
            try
            {
                await foreach ((GalleryOutcome outcome, PageItem? item) in run.Outcomes.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                {
                    if (item is not null)
                    {
                        await page.AddAsync(item, cancellationToken).ConfigureAwait(false);
                    }

                    yield return outcome;
                }

                await lanes.ConfigureAwait(false);
                await page.CompleteAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await stop.CancelAsync().ConfigureAwait(false);
                await lanes.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
