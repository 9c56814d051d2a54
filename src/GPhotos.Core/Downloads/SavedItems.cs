using GPhotos.Core.Destinations;

namespace GPhotos.Core.Downloads;

/// <summary>What a destination holds by its catalog.</summary>
public sealed class SavedItems : IDisposable
{
    private readonly OpenDestinations.Lease? _lease;
    private readonly MediaForm _form;

    internal SavedItems(OpenDestinations.Lease? lease, MediaForm form) => (_lease, _form) = (lease, form);

    /// <summary>Whether the item is saved there and its file stands, at least as long as it was saved.</summary>
    public bool Holds(MediaItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return _lease is { Destination: { } destination }
            && destination.Catalog.Find(item.Id, _form.Key) is { Path: { } path } file
            && destination.Look(path, file.Length) != Standing.Damaged;
    }

    /// <inheritdoc/>
    public void Dispose() => _lease?.Dispose();
}
