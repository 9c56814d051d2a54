using System.Buffers;
using GPhotos.Core.Http;
using Polly.Timeout;

namespace GPhotos.Core.Downloads;

/// <summary>Brings one media item to its place in the destination.</summary>
internal sealed class MediaDownload(GPhotosClientOptions options, MediaBytes bytes, RetryPolicy retry)
{
    private const int BufferSize = 128 * 1024;

    private static readonly CallTraits Traits = new("media.get");

    // File systems keep times to two seconds at worst (FAT).
    private static readonly TimeSpan TimeTolerance = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Settles who may have a plain name: the first that comes, unless a file stands there that was another item's. Called in the
    /// order of the listing, since the lanes overtake one another.
    /// </summary>
    public static void Claim(MediaItem item, TargetPaths targets, bool force)
    {
        string plain = TargetPaths.Candidates(item).First();
        string path = targets.PathOf(plain);
        if (force || !File.Exists(path) || HasTimeOf(item, path))
        {
            targets.TryClaim(plain, item.Id);
        }
    }

    /// <summary>Saves the item under the first name that is free, or finds that it stands there already.</summary>
    public Task<SaveResult> SaveAsync(MediaItem item, TargetPaths targets, bool force, CancellationToken cancellationToken) =>
        targets.AloneAsync(item.Id, () => SaveAloneAsync(item, targets, force, cancellationToken), cancellationToken);

    private async Task<SaveResult> SaveAloneAsync(MediaItem item, TargetPaths targets, bool force, CancellationToken cancellationToken)
    {
        string? taken = null;
        foreach ((int rank, string name) in TargetPaths.Candidates(item).Index())
        {
            if (!(rank == 0 ? targets.IsClaimedBy(name, item.Id) : targets.TryClaim(name, item.Id)))
            {
                continue;
            }

            string path = targets.PathOf(name);
            bool stands = File.Exists(path);
            if (item is { VideoStatus: VideoStatus.Processing })
            {
                return new SaveResult { Status = SaveStatus.Pending, Path = path, MediaItem = item };
            }

            if (!stands || force)
            {
                return await DownloadAsync(item, path, force, cancellationToken).ConfigureAwait(false);
            }

            if (await IsSameAsync(item, path, cancellationToken).ConfigureAwait(false))
            {
                return new SaveResult
                {
                    Status = SaveStatus.AlreadySaved,
                    Path = path,
                    Length = new FileInfo(path).Length,
                    RenamedFrom = RenamedFrom(item),
                    MediaItem = item,
                };
            }

            taken = path;
        }

        throw new FileExistsException(
            $"'{item.FileName}' was not saved: every name it could have is taken by another file, last '{taken}'.", taken ?? item.FileName);
    }

    /// <summary>
    /// Whether a file is this item: it has the item's time (which a save sets last) and the length Google announces. One HEAD, no
    /// download.
    /// </summary>
    private async Task<bool> IsSameAsync(MediaItem item, string path, CancellationToken cancellationToken)
    {
        if (!HasTimeOf(item, path))
        {
            return false;
        }

        using HttpResponseMessage head = await bytes.SendAsync(HttpMethod.Head, item, cancellationToken).ConfigureAwait(false);
        return head.Content.Headers.ContentLength == new FileInfo(path).Length;
    }

    private static bool HasTimeOf(MediaItem item, string path) =>
        (File.GetLastWriteTimeUtc(path) - item.CreationTime.UtcDateTime).Duration() <= TimeTolerance;

    private async Task<SaveResult> DownloadAsync(MediaItem item, string path, bool force, CancellationToken cancellationToken)
    {
        PartialFile file = PartialFile.Create(path);
        await using (file.ConfigureAwait(false))
        {
            try
            {
                await retry.TransferAsync(Traits, c => TransferAsync(item, file, c), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (RetryPolicy.IsCut(e))
            {
                throw ConnectionGuard.ToException(e, $"'{item.FileName}'");
            }

            string sha256 = file.Commit(item.CreationTime, force);
            return new SaveResult
            {
                Status = SaveStatus.Saved,
                Path = path,
                Length = file.Length,
                Sha256 = sha256,
                RenamedFrom = RenamedFrom(item),
                MediaItem = item,
            };
        }
    }

    private async Task<bool> TransferAsync(MediaItem item, PartialFile file, CancellationToken cancellationToken)
    {
        file.Rewind();
        using HttpResponseMessage response = await bytes.SendAsync(HttpMethod.Get, item, cancellationToken).ConfigureAwait(false);
        long? announced = response.Content.Headers.ContentLength;
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await CopyAsync(body, file, cancellationToken).ConfigureAwait(false);
        return announced is null || announced == file.Length
            ? true
            : throw new HttpIOException(HttpRequestError.ResponseEnded, $"{file.Length} of {announced} bytes came.");
    }

    private async Task CopyAsync(Stream body, PartialFile file, CancellationToken cancellationToken)
    {
        // One clock for the whole copy, wound up again by every byte that comes.
        using CancellationTokenSource stalled = new(Timeout.InfiniteTimeSpan, options.TimeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stalled.Token, cancellationToken);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (true)
            {
                stalled.CancelAfter(options.AnswerTimeout);
                int read = await body.ReadAsync(buffer, either.Token).ConfigureAwait(false);
                if (read == 0)
                {
                    return;
                }

                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutRejectedException("The transfer stood still.", options.AnswerTimeout);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string? RenamedFrom(MediaItem item) => SafeFileName.IsClean(item.FileName) ? null : item.FileName;
}
