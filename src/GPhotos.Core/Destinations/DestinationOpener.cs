using GPhotos.Core.Downloads;
using GPhotos.Core.Http;
using GPhotos.Core.Storage;

namespace GPhotos.Core.Destinations;

/// <summary>Opens destinations by the names that users give them.</summary>
internal sealed class DestinationOpener(GPhotosClientOptions client, HttpClient storage, RetryPolicy retry)
{
    /// <summary>Opens a destination to save into, or takes part in the one that is open.</summary>
    /// <exception cref="DestinationInUseException">Another process saves into the folder.</exception>
    /// <exception cref="FileWriteFailedException">The folder cannot be made or written, or its catalog is damaged.</exception>
    /// <exception cref="BucketNotFoundException">There is no such bucket.</exception>
    /// <exception cref="StorageAccessDeniedException">No credential may use the bucket.</exception>
    /// <exception cref="InvalidRequestException">It is no such name, or the options do not go with it.</exception>
    public Task<OpenDestinations.Lease> OpenAsync(string name, SaveOptions options, CancellationToken cancellationToken)
    {
        if (StorageAddress.IsMeantBy(name))
        {
            return OpenBucketAsync(StorageAddress.Parse(name), options, cancellationToken);
        }

        if (options.StorageClass is not null || options.ServiceAccountPath is not null)
        {
            throw new InvalidRequestException($"-StorageClass and -ServiceAccountPath are for buckets (gs://); '{name}' is a folder.");
        }

        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(name));
        return OpenDestinations.OpenAsync(
            options.UseCatalog ? root : "without catalog " + root,
            _ => Task.FromResult<Destination>(FolderDestination.Open(root, options.UseCatalog, client.TimeProvider)),
            cancellationToken);
    }

    /// <summary>The same for looking only: null where nothing was saved yet. Nothing is made.</summary>
    /// <exception cref="DestinationInUseException">Another process saves into it.</exception>
    public async Task<OpenDestinations.Lease?> OpenExistingAsync(string name, SaveOptions options, CancellationToken cancellationToken) =>
        StorageAddress.IsMeantBy(name) || FolderDestination.HasCatalog(name)
            ? await OpenAsync(name, options, cancellationToken).ConfigureAwait(false)
            : null;

    private Task<OpenDestinations.Lease> OpenBucketAsync(StorageAddress address, SaveOptions options, CancellationToken cancellationToken)
    {
        if (options.Verify)
        {
            throw new InvalidRequestException(BucketDestination.NoVerify);
        }

        string? storageClass = options.StorageClass?.ToUpperInvariant();
        return OpenDestinations.OpenAsync(
            $"{client.Endpoints.Storage} {address} {storageClass} {options.ServiceAccountPath}",
            async stop =>
            {
                StorageCredential credential = await StorageCredential.LoadAsync(options.ServiceAccountPath, client.Endpoints, stop).ConfigureAwait(false);
                StorageClient objects = new(address.Bucket, credential, client, storage, retry);
                return await BucketDestination.OpenAsync(address, objects, credential, storageClass, client.TimeProvider, stop).ConfigureAwait(false);
            },
            cancellationToken);
    }
}
