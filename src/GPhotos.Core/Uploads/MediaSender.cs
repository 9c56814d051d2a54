using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace GPhotos.Core.Uploads;

/// <summary>
/// Sends files: bytes travel in lanes, media items are created in batches of up to 50 in the order of the input, so an album keeps
/// that order.
/// </summary>
public sealed class MediaSender
{
    private readonly ByteUploads _uploads;
    private readonly MediaItemCreation _creation;

    internal MediaSender(ByteUploads uploads, MediaItemCreation creation) => (_uploads, _creation) = (uploads, creation);

    /// <summary>
    /// Sends while the input still arrives. Every file comes out once, as a result or as an error. An error that ends the run
    /// (quota, sign-in, storage) comes last, without a request, and what was not created by then comes out as Pending.
    /// </summary>
    public async IAsyncEnumerable<SendOutcome> SendAsync(
        IAsyncEnumerable<SendRequest> files, SendOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ThrottleLimit, 1, nameof(options));
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using Run run = new(_uploads, options);
        Task feeding = Task.Run(() => run.FeedAsync(files, stop.Token), CancellationToken.None);
        try
        {
            List<UploadedFile> batch = new(MediaItemCreation.MaxBatchSize);
            await foreach (Task<Upload> task in run.Uploads.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                Upload upload = await task.ConfigureAwait(false);
                if (upload.File is { } file)
                {
                    batch.Add(file);
                }
                else
                {
                    yield return Run.Without(upload);
                }

                if (batch.Count == MediaItemCreation.MaxBatchSize)
                {
                    foreach (SendOutcome outcome in await CreateAsync(run, batch, options.AlbumId, cancellationToken).ConfigureAwait(false))
                    {
                        yield return outcome;
                    }

                    batch.Clear();
                }
            }

            await feeding.ConfigureAwait(false);
            foreach (SendOutcome outcome in await CreateAsync(run, batch, options.AlbumId, cancellationToken).ConfigureAwait(false))
            {
                yield return outcome;
            }

            if (run.EndedBy is { } error)
            {
                yield return new SendOutcome(null, null, error);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await run.DrainAsync(feeding).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<SendOutcome>> CreateAsync(
        Run run, List<UploadedFile> batch, string? albumId, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return [];
        }

        if (run.EndedBy is not null)
        {
            return [.. batch.Select(f => SendOutcome.Pending(f.Source, f.Length))];
        }

        CreationResult created = await _creation.CreateAsync(batch, albumId, cancellationToken).ConfigureAwait(false);
        if (created.EndedBy is { } error)
        {
            run.End(error);
        }

        return created.Outcomes;
    }

    /// <summary>What a lane brought back: a file with its token, an error of that file alone, or neither when the run ended first.</summary>
    private sealed record Upload(SendRequest Source, UploadedFile? File, GPhotosException? Error);

    private sealed class Run(ByteUploads uploads, SendOptions options) : IDisposable
    {
        private readonly SemaphoreSlim _lanes = new(options.ThrottleLimit, options.ThrottleLimit);

        // Room for a full batch beyond what travels, so that the lanes go on while a batch is created.
        private readonly Channel<Task<Upload>> _uploads = Channel.CreateBounded<Task<Upload>>(
            new BoundedChannelOptions(MediaItemCreation.MaxBatchSize + options.ThrottleLimit) { SingleReader = true, SingleWriter = true });

        private volatile GPhotosException? _endedBy;

        public ChannelReader<Task<Upload>> Uploads => _uploads.Reader;

        public GPhotosException? EndedBy => _endedBy;

        public void End(GPhotosException error) => _endedBy ??= error;

        public static SendOutcome Without(Upload upload) =>
            upload.Error is null ? SendOutcome.Pending(upload.Source, 0) : new SendOutcome(upload.Source, null, upload.Error);

        public Task FeedAsync(IAsyncEnumerable<SendRequest> files, CancellationToken cancellationToken) =>
            _uploads.Writer.FeedAsync(async () =>
            {
                await foreach (SendRequest file in files.WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    await _lanes.WaitAsync(cancellationToken).ConfigureAwait(false);
                    Task<Upload> upload = Task.Run(() => UploadAsync(file, cancellationToken), CancellationToken.None);
                    await _uploads.Writer.WriteAsync(upload, cancellationToken).ConfigureAwait(false);
                }
            });

        /// <summary>Waits until every lane is home; called after cancellation, so it does not take long.</summary>
        public async Task DrainAsync(Task feeding)
        {
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            for (int i = 0; i < options.ThrottleLimit; i++)
            {
                await _lanes.WaitAsync().ConfigureAwait(false);
            }
        }

        public void Dispose() => _lanes.Dispose();

        private async Task<Upload> UploadAsync(SendRequest source, CancellationToken cancellationToken)
        {
            try
            {
                return new Upload(
                    source, EndedBy is null ? await uploads.UploadAsync(source, cancellationToken).ConfigureAwait(false) : null, null);
            }
            catch (GPhotosException e) when (e.EndsTheRun)
            {
                End(e);
                return new Upload(source, null, null);
            }
            catch (GPhotosException e)
            {
                return new Upload(source, null, e);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // What nobody foresaw costs this file, not the run.
                return new Upload(source, null, new UnexpectedResponseException($"'{source.Path}': {e.Message}", e));
            }
            finally
            {
                _lanes.Release();
            }
        }
    }
}
