using GPhotos.Core.Destinations;
using GPhotos.Core.Downloads;
using GPhotos.Core.Media;

namespace GPhotos.Core.Comparison;

/// <summary>What the catalogs of folders know of the files in them. A folder is looked up when its first file is.</summary>
internal sealed class KnownFolders(MediaSaver saver)
{
    private readonly Dictionary<string, string?> _rootOf = new(LocalFile.PathComparer);
    private readonly Dictionary<string, Dictionary<string, SavedFile>> _files = new(LocalFile.PathComparer);

    /// <summary>Why catalogs could not be looked into. What they know is done without.</summary>
    public List<string> Unused { get; } = [];

    /// <summary>The media item that was saved as this file; null where nobody knows of one, or the file is shorter than it was.</summary>
    public async Task<SavedFile?> FindAsync(string folder, string path, long length, CancellationToken cancellationToken)
    {
        if (RootOf(folder) is not { } root)
        {
            return null;
        }

        if (!_files.TryGetValue(root, out Dictionary<string, SavedFile>? files))
        {
            _files.Add(root, files = await ReadAsync(root, cancellationToken).ConfigureAwait(false));
        }

        return files.GetValueOrDefault(path) is { } saved && length >= saved.Length ? saved : null;
    }

    // The lock is let go of at once: what comes out may be saved into this very folder.
    private async Task<Dictionary<string, SavedFile>> ReadAsync(string root, CancellationToken cancellationToken)
    {
        Dictionary<string, SavedFile> files = new(LocalFile.PathComparer);
        try
        {
            using SavedItems saved = await saver.OpenSavedAsync(root, new SaveOptions(), cancellationToken).ConfigureAwait(false);
            foreach (SavedFile file in saved.Files())
            {
                files.TryAdd(file.FullName, file);
            }
        }
        catch (Exception e) when (e is DestinationInUseException or FileWriteFailedException)
        {
            Unused.Add($"What was saved into '{root}' is compared by names and times only: {e.Message}");
        }

        return files;
    }

    // A folder may lie in one that was saved into.
    private string? RootOf(string folder)
    {
        if (!_rootOf.TryGetValue(folder, out string? root))
        {
            root = FolderDestination.HasCatalog(folder) ? folder : Path.GetDirectoryName(folder) is { } above ? RootOf(above) : null;
            _rootOf.Add(folder, root);
        }

        return root;
    }
}
