using GPhotos.Core.Storage;

namespace GPhotos.Core.Destinations;

/// <summary>An object on its way into a bucket: no temporary file, no more memory than a chunk. It is there when its last byte is acknowledged.</summary>
internal sealed class ObjectSink(StorageClient client, ObjectUpload upload, Catalog catalog, string itemId, string path) : SaveSink
{
    private bool _isBroken;

    public override bool IsBroken => _isBroken;

    public override async ValueTask SealAsync(CancellationToken cancellationToken)
    {
        string sha256 = Sha256;
        bool fitsIntoOne = !upload.IsStarted;
        if (fitsIntoOne)
        {
            upload.SetMetadata(ObjectFacts.Sha256, sha256);
        }

        StoredObject stored = await GuardedAsync(() => CompleteOrFindAsync(cancellationToken)).ConfigureAwait(false);
        catalog.NoteGeneration(path, stored.Generation);
        if (!fitsIntoOne)
        {
            try
            {
                // Known only now; an object without it is whole all the same.
                await client.PatchMetadataAsync(
                    stored.Name, stored.Generation, new Dictionary<string, string?> { [ObjectFacts.Sha256] = sha256 }, cancellationToken).ConfigureAwait(false);
            }
            catch (GPhotosException)
            {
                // A role that creates objects need not change them, and no fault of the line makes the object less whole.
            }
        }
    }

    public override ValueTask<string?> CompleteAsync(CancellationToken cancellationToken) => new((string?)null);

    public override ValueTask AbandonAsync() => default;

    public override async ValueTask DisposeAsync()
    {
        await upload.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override async ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await GuardedAsync(async () =>
        {
            await upload.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);

    // What stands there may be this very item: of another run, or of a session whose last answer was lost.
    private async Task<StoredObject> CompleteOrFindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await upload.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FileExistsException)
        {
            await foreach (IReadOnlyList<StoredObject> page in client.ListAsync(upload.Name, cancellationToken).ConfigureAwait(false))
            {
                foreach (StoredObject stored in page)
                {
                    if (stored.Name == upload.Name && ObjectFacts.ItemOf(stored.Metadata)?.Item.Id == itemId && upload.IsSame(stored))
                    {
                        return stored;
                    }
                }

                // Names come in order: the one that is the prefix itself comes first.
                break;
            }

            throw;
        }
    }

    // Whatever went wrong with a session, the upload is not gone on with: a fault of the line was repeated below already.
    private async Task<T> GuardedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch
        {
            _isBroken = true;
            throw;
        }
    }
}
