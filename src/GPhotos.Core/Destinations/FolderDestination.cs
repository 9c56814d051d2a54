using System.Security.Cryptography;
using GPhotos.Core.Data;

namespace GPhotos.Core.Destinations;

/// <summary>A folder. Its catalog is .gphotos/catalog.db in it, so that it is carried along with the pictures.</summary>
internal sealed class FolderDestination : Destination
{
    /// <summary>Holds the catalog; no media item is ever called so.</summary>
    public const string PrivateFolder = ".gphotos";

    private const string CatalogFile = "catalog.db";
    private const string LockFile = "lock";

    private readonly string _root;
    private readonly IDisposable? _lock;

    private FolderDestination(string root, Catalog catalog, IDisposable? @lock)
        : base(catalog) => (_root, _lock) = (root, @lock);

    /// <summary>Opens a folder to save into, making it where it is missing.</summary>
    /// <param name="root">Its full path.</param>
    /// <param name="useCatalog">Whether what it holds is kept from run to run.</param>
    /// <param name="time">Tells when something was saved.</param>
    /// <exception cref="DestinationInUseException">Another process saves into it.</exception>
    /// <exception cref="FileWriteFailedException">It cannot be made or written, or its catalog is damaged.</exception>
    public static FolderDestination Open(string root, bool useCatalog, TimeProvider time)
    {
        if (!useCatalog)
        {
            LocalFolder.Write(root, () => Directory.CreateDirectory(root));
            return new FolderDestination(root, new Catalog(LocalDatabase.OpenTemporary(CatalogSchema.Steps), time), null);
        }

        string folder = Path.Combine(root, PrivateFolder);
        LocalFolder.Write(folder, () => Directory.CreateDirectory(folder));
        FileStream held = Lock(root, Path.Combine(folder, LockFile));
        try
        {
            if (OperatingSystem.IsWindows())
            {
                File.SetAttributes(folder, FileAttributes.Directory | FileAttributes.Hidden);
            }

            return new FolderDestination(
                root, new Catalog(LocalDatabase.OpenAlone(Path.Combine(folder, CatalogFile), CatalogSchema.Steps), time), held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Whether a folder has a catalog.</summary>
    public static bool HasCatalog(string root) => File.Exists(Path.Combine(root, PrivateFolder, CatalogFile));

    public override string FullNameOf(string path) => Path.Combine(_root, path.Replace('/', Path.DirectorySeparatorChar));

    public override long? LengthOf(string path)
    {
        FileInfo file = FileAt(path);
        return file.Exists ? file.Length : Path.Exists(file.FullName) ? 0 : null;
    }

    public override bool MayBe(string path, MediaItem item)
    {
        FileInfo file = FileAt(path);
        return file.Exists && FileTime.Fits(file, item.CreationTime);
    }

    public override bool IsFolder(string path) => Directory.Exists(FullNameOf(path));

    public override async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        string full = FullNameOf(path);
        try
        {
            FileStream stream = new(full, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await using (stream.ConfigureAwait(false))
            {
                return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileReadFailedException($"'{full}' cannot be read: {e.Message}", full, e);
        }
    }

    public override async ValueTask<SaveSink> BeginAsync(SaveTarget target, CancellationToken cancellationToken) =>
        await DiskThreads.RunAsync(() => FileSink.Begin(this, target)).ConfigureAwait(false);

    public override async ValueTask<SaveSink?> ResumeAsync(SaveTarget target, CancellationToken cancellationToken) =>
        target.File.Partial is { } partial
            ? await FileSink.ResumeAsync(this, target, partial, cancellationToken).ConfigureAwait(false)
            : null;

    public override void DropPartial(string path) => LocalFolder.TryDelete(FullNameOf(path) + SafeFileName.PartialExtension);

    public override async Task WriteTextAsync(MediaItem item, string path, string text, string mark, CancellationToken cancellationToken)
    {
        string full = FullNameOf(path), partial = full + SafeFileName.PartialExtension;
        try
        {
            if (File.Exists(full))
            {
                string stands = await File.ReadAllTextAsync(full, cancellationToken).ConfigureAwait(false);
                if (stands == text)
                {
                    return;
                }

                // An empty one is what a power cut leaves.
                if (stands.Length > 0 && !stands.Contains(mark, StringComparison.Ordinal))
                {
                    throw new FileExistsException($"'{full}' is not a file of GPhotos, and was left alone: the metadata of the picture were not written.", full);
                }
            }

            try
            {
                LocalFolder.RemoveLink(partial);
                WriteSafely(partial, text);
                File.Move(partial, full, overwrite: true);
            }
            catch
            {
                LocalFolder.TryDelete(partial);
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LocalFolder.Failed(full, e);
        }
    }

    private static void WriteSafely(string path, string text)
    {
        using FileStream stream = new(path, FileMode.Create, FileAccess.Write, FileShare.None);
        stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _lock?.Dispose();
        }
    }

    // A file that was moved elsewhere and linked to is still the file.
    private FileInfo FileAt(string path)
    {
        FileInfo file = new(FullNameOf(path));
        return file.Exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint) && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target
            ? target
            : file;
    }

    private static FileStream Lock(string root, string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (MachineLock.IsHeld(e))
        {
            throw new DestinationInUseException($"Another run is saving into '{root}'.", root, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LocalFolder.Failed(path, e);
        }
    }
}
