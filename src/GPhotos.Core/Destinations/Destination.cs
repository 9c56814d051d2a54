using System.Collections.Concurrent;

namespace GPhotos.Core.Destinations;

/// <summary>Where media items are saved: a folder or a bucket, with the catalog of what it holds. Shared by the runs of a process that save into it.</summary>
internal abstract class Destination(Catalog catalog) : IDisposable
{
    private readonly ConcurrentDictionary<string, Task> _underWay = new(StringComparer.Ordinal);

    public Catalog Catalog { get; } = catalog;

    /// <summary>Waits until nobody else is at the item; dispose what it returns to let the next one go on.</summary>
    public async Task<IDisposable> AloneAsync(string itemId, CancellationToken cancellationToken)
    {
        Turn mine = new(this, itemId);
        while (_underWay.GetOrAdd(itemId, mine.Over) is var holder && holder != mine.Over)
        {
            await holder.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return mine;
    }

    /// <summary>The full name of what stands under a path of the catalog.</summary>
    public abstract string FullNameOf(string path);

    /// <summary>The length of what stands under a path; null for nothing.</summary>
    public abstract long? LengthOf(string path);

    /// <summary>Whether a folder stands under a path.</summary>
    public virtual bool IsFolder(string path) => false;

    /// <summary>Whether what stands under a path may be the item, left by a run that could not note it.</summary>
    public abstract bool MayBe(string path, MediaItem item);

    /// <summary>How a saved file stands now.</summary>
    public Standing Look(string path, long length) => LengthOf(path) switch
    {
        null => Standing.Damaged,
        { } now when now < length => Standing.Damaged,
        { } now => now == length ? Standing.Whole : Standing.Changed,
    };

    /// <summary>The SHA-256 of what stands under a path, in lower-case hex.</summary>
    /// <exception cref="FileReadFailedException">It cannot be read.</exception>
    public abstract Task<string> HashAsync(string path, CancellationToken cancellationToken);

    /// <summary>Begins a file. Nothing stands under its path before it is complete.</summary>
    public abstract ValueTask<SaveSink> BeginAsync(SaveTarget target, CancellationToken cancellationToken);

    /// <summary>Goes on with what a run that died left half; null when that cannot be trusted.</summary>
    public abstract ValueTask<SaveSink?> ResumeAsync(SaveTarget target, CancellationToken cancellationToken);

    /// <summary>Takes away what is half there.</summary>
    public virtual void DropPartial(string path)
    {
    }

    /// <summary>Writes a small text that goes with an item, if it is not there as it is. A file that is not ours is left alone.</summary>
    /// <exception cref="FileExistsException">Somebody else's file has the name.</exception>
    public abstract Task WriteTextAsync(MediaItem item, string path, string text, string mark, CancellationToken cancellationToken);

    /// <summary>Notes that a photo has no moving part, where the catalog does not outlive the run.</summary>
    public virtual Task NoteNoMotionAsync(CatalogFile file, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of it.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Catalog.Dispose();
        }
    }

    private sealed class Turn(Destination destination, string itemId) : IDisposable
    {
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Over => _over.Task;

        public void Dispose()
        {
            if (!_over.Task.IsCompleted)
            {
                destination._underWay.TryRemove(itemId, out _);
                _over.SetResult();
            }
        }
    }
}

/// <summary>How a saved file stands.</summary>
internal enum Standing
{
    /// <summary>With the length it was saved with.</summary>
    Whole,

    /// <summary>Somebody made it longer: it was worked on, and is left alone.</summary>
    Changed,

    /// <summary>Shorter than it was saved, or no file at all.</summary>
    Damaged,
}
