namespace GPhotos.Core.Destinations;

/// <summary>Opens destinations by the names that users give them.</summary>
internal sealed class DestinationOpener(GPhotosClientOptions client)
{
    /// <summary>Opens a destination to save into, or takes part in the one that is open.</summary>
    /// <exception cref="DestinationInUseException">Another process saves into it.</exception>
    /// <exception cref="FileWriteFailedException">It cannot be made or written, or its catalog is damaged.</exception>
    public Task<OpenDestinations.Lease> OpenAsync(string name, Downloads.SaveOptions options, CancellationToken cancellationToken)
    {
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(name));
        return OpenDestinations.OpenAsync(
            options.UseCatalog ? root : "without catalog " + root,
            () => Task.FromResult<Destination>(FolderDestination.Open(root, options.UseCatalog, client.TimeProvider)),
            cancellationToken);
    }

    /// <summary>The same for looking only: null where nothing was saved yet. Nothing is made.</summary>
    /// <exception cref="DestinationInUseException">Another process saves into it.</exception>
    public async Task<OpenDestinations.Lease?> OpenExistingAsync(string name, Downloads.SaveOptions options, CancellationToken cancellationToken) =>
        FolderDestination.HasCatalog(name) ? await OpenAsync(name, options, cancellationToken).ConfigureAwait(false) : null;
}
