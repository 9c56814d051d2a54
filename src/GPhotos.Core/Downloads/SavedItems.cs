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

    /// <summary>Every file by the catalog, whether it still stands or not.</summary>
    internal IEnumerable<SavedFile> Files() => _lease is not { Destination: { } destination } ? [] : destination.Catalog.Saved()
        .Select(f => new SavedFile(f.ItemId, destination.FullNameOf(f.Path), f.Length, f.IsPart));

    /// <inheritdoc/>
    public void Dispose() => _lease?.Dispose();
}

/// <summary>A file of a media item in a destination.</summary>
/// <param name="ItemId">The id of the media item.</param>
/// <param name="FullName">The full name of the file.</param>
/// <param name="Length">Its length when it was saved.</param>
/// <param name="IsPart">Whether it is the moving part of a photo, or a picture of another size than the original.</param>
internal sealed record SavedFile(string ItemId, string FullName, long Length, bool IsPart);
