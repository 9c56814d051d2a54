using System.Runtime.CompilerServices;
using GPhotos.Core.Api;
using GPhotos.Core.Destinations;
using GPhotos.Core.Http;

namespace GPhotos.Core.Downloads;

/// <summary>Saves media items in lanes while the input still arrives.</summary>
public sealed class MediaSaver
{
    private readonly GPhotosClientOptions _client;
    private readonly MediaItems _mediaItems;
    private readonly MediaBytes _bytes;
    private readonly RetryPolicy _retry;
    private readonly DestinationOpener _opener;

    internal MediaSaver(GPhotosClientOptions client, MediaItems mediaItems, MediaBytes bytes, RetryPolicy retry, DestinationOpener opener) =>
        (_client, _mediaItems, _bytes, _retry, _opener) = (client, mediaItems, bytes, retry, opener);

    /// <summary>
    /// Every request comes out once, as a result or as an error, in the order of completion. An error that ends the run (quota,
    /// sign-in) comes last, without a request, and what was not saved by then comes out as Pending.
    /// </summary>
    /// <exception cref="DestinationInUseException">Another process saves into the destination of the options.</exception>
    /// <exception cref="FileWriteFailedException">The destination of the options cannot be opened.</exception>
    /// <exception cref="InvalidRequestException">Two of the options exclude each other.</exception>
    public async IAsyncEnumerable<SaveOutcome> SaveAsync(
        IAsyncEnumerable<SaveRequest> requests, SaveOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using SaveRun run = new(_client, _mediaItems, _bytes, _retry, _opener, options, stop.Token);
        await run.OpenAsync().ConfigureAwait(false);
        Task lanes = Task.Run(() => run.SaveAllAsync(requests), CancellationToken.None);
        try
        {
            await foreach (SaveOutcome outcome in run.Outcomes.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return outcome;
            }

            await lanes.ConfigureAwait(false);
            if (run.EndedBy is { } error)
            {
                yield return new SaveOutcome(null, null, error);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await lanes.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What a destination holds, so that only what is new to it can be told. Dispose it when done.</summary>
    /// <param name="destination">As <see cref="SaveOptions.Destination"/>.</param>
    /// <param name="options">How it was saved: the size, and for a bucket the account.</param>
    /// <param name="cancellationToken">Ends the listing of a bucket.</param>
    /// <exception cref="DestinationInUseException">Another process saves into it.</exception>
    public async Task<SavedItems> OpenSavedAsync(string destination, SaveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(options);
        return new SavedItems(await _opener.OpenExistingAsync(destination, options, cancellationToken).ConfigureAwait(false), MediaForm.Of(options.Size, options.Crop));
    }
}
