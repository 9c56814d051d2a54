using GPhotos.Core.Http;

namespace GPhotos.Core.Storage;

/// <summary>
/// Writes one object from bytes that are handed in as they come: no temporary file, and no more memory than one chunk. A broken line is gone
/// on from where the bucket has got to. For one thread at a time; what was not completed is cancelled by <see cref="DisposeAsync"/>.
/// </summary>
internal sealed class ObjectUpload(
    StorageClient client, UploadSession session, WireNewObject metadata, long? length, RetryPolicy retry, int maxRetries) : IAsyncDisposable
{
    /// <summary>How many bytes are kept to be sent again: a multiple of the 256 KiB that the bucket takes them in.</summary>
    public const int ChunkSize = 2 * 1024 * 1024;

    private static readonly CallTraits Wait = new("storage.objects.insert.send", Server: StorageCaller.Server);

    private readonly ObjectHash _hash = new();
    private readonly Dictionary<string, string> _metadata = new(metadata.Metadata ?? new Dictionary<string, string>());
    private readonly ChunkBuffer _chunk = new(ChunkSize);

    /// <summary>The name of the object.</summary>
    public string Name => metadata.Name;

    /// <summary>Whether the session is begun: from then on the metadata stands.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>How many bytes were handed in.</summary>
    public long Length => _chunk.Offset + _chunk.Bytes.Length;

    /// <summary>Whether an object holds the very bytes that were handed in.</summary>
    public bool IsSame(StoredObject stored) => stored.Size == Length && stored.Crc32c == _hash.Crc32c && (stored.Md5 is null || stored.Md5 == _hash.Md5);

    /// <summary>Sets a key of the metadata. What fits into one chunk is not begun before it is complete.</summary>
    public void SetMetadata(string key, string value)
    {
        if (IsStarted)
        {
            throw new InvalidOperationException("The upload is begun, and its metadata sent.");
        }

        _metadata[key] = value;
    }

    /// <summary>Takes the next bytes. Sends when a chunk is full and more come.</summary>
    /// <exception cref="FileExistsException">Something stands there already.</exception>
    /// <exception cref="StorageSessionLostException">All must be sent anew.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        if (Length + bytes.Length > length)
        {
            throw new InvalidOperationException($"More bytes came than the {length} that were announced.");
        }

        while (bytes.Length > 0)
        {
            if (_chunk.IsFull)
            {
                await StartAsync(metadata, cancellationToken).ConfigureAwait(false);
                await SendAsync(isLast: false, cancellationToken).ConfigureAwait(false);
            }

            int count = _chunk.Append(bytes.Span);
            _hash.Append(bytes.Span[..count]);
            bytes = bytes[count..];
        }
    }

    /// <summary>Sends what is left, and makes an object of the whole.</summary>
    /// <exception cref="FileExistsException">Something stands there already.</exception>
    /// <exception cref="StorageSessionLostException">All must be sent anew.</exception>
    /// <exception cref="ObjectDamagedException">Other bytes arrived than were sent.</exception>
    public async Task<StoredObject> CompleteAsync(CancellationToken cancellationToken = default)
    {
        if (length is not null && length != Length)
        {
            throw new InvalidOperationException($"{Length} bytes came instead of the {length} that were announced.");
        }

        // When all is here already the bucket can check both hashes by itself.
        await StartAsync(metadata with { Md5Hash = _hash.Md5, Crc32c = _hash.Crc32c }, cancellationToken).ConfigureAwait(false);
        StoredObject stored = (await SendAsync(isLast: true, cancellationToken).ConfigureAwait(false))!;
        await CheckAsync(stored, cancellationToken).ConfigureAwait(false);
        return stored;
    }

    /// <summary>Gives the buffer back, and cancels what was not completed.</summary>
    public async ValueTask DisposeAsync()
    {
        _chunk.Dispose();
        _hash.Dispose();
        await session.CancelAsync().ConfigureAwait(false);
    }

    private async Task StartAsync(WireNewObject complete, CancellationToken cancellationToken)
    {
        if (!IsStarted)
        {
            await session.StartAsync(complete with { Metadata = _metadata.Count > 0 ? _metadata : null }, cancellationToken).ConfigureAwait(false);
            IsStarted = true;
        }
    }

    // Until the bucket has kept some of the chunk, or has made an object of the whole when it is the last.
    private async Task<StoredObject?> SendAsync(bool isLast, CancellationToken cancellationToken)
    {
        long? total = isLast ? Length : length;
        for (int failures = 0; ;)
        {
            (StorageAnswer? answer, GPhotosException? fault) = await TryAsync(total, isLast, cancellationToken).ConfigureAwait(false);
            if (answer is null or { MayGoOn: true } || (answer.IsIncomplete && answer.Kept == _chunk.Offset))
            {
                if (failures == maxRetries)
                {
                    throw fault ?? Failure(answer!);
                }

                string reason = answer is null ? "the connection broke" : $"{StorageCaller.Server} answered {answer}";
                await retry.WaitAsync(Wait, reason, failures++, cancellationToken).ConfigureAwait(false);
                answer = await session.QueryAsync(total, cancellationToken).ConfigureAwait(false);
            }

            if (answer.IsGood)
            {
                session.Forget();
                return isLast ? StorageCaller.ReadObject(answer, session.Call) : throw Lost("ended before its last byte");
            }

            if (!answer.IsIncomplete)
            {
                throw Failure(answer);
            }

            long before = _chunk.Offset;
            if (!_chunk.DropUpTo(answer.Kept))
            {
                throw Lost($"is at byte {answer.Kept}, where only {before} to {Length} was possible");
            }

            if (_chunk.Offset > before)
            {
                failures = 0;
                if (!isLast)
                {
                    return null;
                }
            }
        }
    }

    private async Task<(StorageAnswer? Answer, GPhotosException? Fault)> TryAsync(long? total, bool isLast, CancellationToken cancellationToken)
    {
        try
        {
            return (
                await session.SendAsync(_chunk.Offset, _chunk.Bytes, total, isLast ? _hash.Crc32c : null, cancellationToken).ConfigureAwait(false),
                null);
        }
        catch (ConnectionFailedException e)
        {
            return (null, e);
        }
    }

    private Exception Failure(StorageAnswer answer)
    {
        if (answer.IsIncomplete)
        {
            return new ServiceUnavailableException($"{session.Call.Subject}: Cloud Storage takes none of the bytes.");
        }

        if (answer.IsGone)
        {
            return Lost($"is gone ({answer})");
        }

        GPhotosException error = StorageError.ToException(answer.Status, answer.Body, session.Call);
        return StorageError.IsAboutHash(answer.Status, answer.Body) ? new ObjectDamagedException(error.Message, error) : error;
    }

    private StorageSessionLostException Lost(string why)
    {
        session.Forget();
        return new StorageSessionLostException($"{session.Call.Subject}: the upload session {why}.");
    }

    private async Task CheckAsync(StoredObject stored, CancellationToken cancellationToken)
    {
        if (IsSame(stored))
        {
            return;
        }

        string what = $"{session.Call.Subject}: other bytes arrived in the bucket ({stored.Size}, MD5 {stored.Md5}) than were sent ({Length}, MD5 {_hash.Md5})";
        try
        {
            await client.DeleteAsync(stored.Name, stored.Generation, cancellationToken).ConfigureAwait(false);
        }
        catch (GPhotosException e)
        {
            throw new ObjectDamagedException($"{what}, and the object could not be deleted: {e.Message}", e);
        }

        throw new ObjectDamagedException($"{what}. The object was deleted.");
    }
}
