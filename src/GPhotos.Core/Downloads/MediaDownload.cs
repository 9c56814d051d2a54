using System.Buffers;
using GPhotos.Core.Http;
using Polly.Timeout;

namespace GPhotos.Core.Downloads;

/// <summary>Brings one media item to its place in the destination.</summary>
internal sealed class MediaDownload(GPhotosClientOptions options, MediaBytes bytes, RetryPolicy retry)
{
    private const int BufferSize = 128 * 1024;

    private static readonly CallTraits Traits = new("media.get");

    /// <summary>Saves the item under the name it claimed, or finds that it stands there already.</summary>
    /// <exception cref="FileExistsException">Other files have every name it could have.</exception>
    public async Task<SaveResult> SaveAsync(MediaItem item, TargetPaths targets, bool force, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = TargetPaths.Candidates(item);
        SaveResult? standing = await FindAsync(item, names, targets, cancellationToken).ConfigureAwait(false);
        if (standing is not null)
        {
            // Force replaces the item's own file before it takes any other's name.
            return force ? await DownloadAsync(item, standing.FullName!, force, cancellationToken).ConfigureAwait(false) : standing;
        }

        foreach (string name in names)
        {
            string path = targets.PathOf(name);
            if (targets.IsClaimed(name, item.Id) && (force || !File.Exists(path)))
            {
                targets.Recognise(name, item.Id);
                return await DownloadAsync(item, path, force, cancellationToken).ConfigureAwait(false);
            }
        }

        string last = targets.PathOf(names[^1]);
        throw new FileExistsException($"'{item.FileName}' was not saved: other files have every name it could have, last '{last}'.", last);
    }

    // An earlier run may have met the items in another order, so every name it could have given is looked at.
    private async Task<SaveResult?> FindAsync(
        MediaItem item, IReadOnlyList<string> names, TargetPaths targets, CancellationToken cancellationToken)
    {
        foreach (string name in names)
        {
            FileInfo file = new(targets.PathOf(name));
            if (file.Exists && await IsSameAsync(item, file, cancellationToken).ConfigureAwait(false) && targets.Recognise(name, item.Id))
            {
                return new SaveResult
                {
                    Status = SaveStatus.AlreadySaved,
                    FullName = file.FullName,
                    Length = file.Length,
                    RenamedFrom = RenamedFrom(item),
                    MediaItem = item,
                };
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a file is this item: it has the item's time (which a save sets last) and the length Google announces. One HEAD, no
    /// download.
    /// </summary>
    private async Task<bool> IsSameAsync(MediaItem item, FileInfo file, CancellationToken cancellationToken)
    {
        if (!FileTime.Fits(file, item.CreationTime))
        {
            return false;
        }

        using HttpResponseMessage head = await bytes.SendAsync(HttpMethod.Head, item, cancellationToken).ConfigureAwait(false);
        return head.Content.Headers.ContentLength == file.Length;
    }

    private async Task<SaveResult> DownloadAsync(MediaItem item, string path, bool force, CancellationToken cancellationToken)
    {
        if (item.VideoStatus == VideoStatus.Processing)
        {
            return new SaveResult { Status = SaveStatus.Pending, FullName = path, MediaItem = item };
        }

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
                FullName = path,
                Length = file.Length,
                Sha256 = sha256,
                RenamedFrom = RenamedFrom(item),
                MediaItem = item,
            };
        }
    }

    private async Task TransferAsync(MediaItem item, PartialFile file, CancellationToken cancellationToken)
    {
        file.Rewind();
        using HttpResponseMessage response = await bytes.SendAsync(HttpMethod.Get, item, cancellationToken).ConfigureAwait(false);
        long? announced = response.Content.Headers.ContentLength;
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await CopyAsync(body, file, cancellationToken).ConfigureAwait(false);
        if (announced is not null && announced != file.Length)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, $"{file.Length} of {announced} bytes came.");
        }
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
