using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using GPhotos.Core.Journal;
using GPhotos.Core.Media;
using GPhotos.Core.Uploads;

namespace GPhotos.Core.Comparison;

/// <summary>The local files: looks at them, asks journal and catalogs who they are, and reads what the unknown ones say of themselves.</summary>
internal sealed class LocalSide(SendJournal? journal, KnownFolders folders)
{
    private readonly HashSet<string> _seen = new(LocalFile.PathComparer);
    private readonly ConcurrentDictionary<LocalPicture, FileReadFailedException> _failed = [];
    private readonly List<ComparisonFinding> _errors = [];
    private readonly List<string> _unreadable = [];
    private List<LocalPicture> _pictures = [];

    /// <summary>The files, in the order they came.</summary>
    public IReadOnlyList<LocalPicture> Pictures => _pictures;

    /// <summary>Files that could be any item of their name.</summary>
    public IReadOnlyList<string> Unreadable => _unreadable;

    /// <summary>What went wrong, file by file.</summary>
    public IReadOnlyList<ComparisonFinding> Errors => _errors;

    /// <summary>How many files were seen so far.</summary>
    public int Count => _pictures.Count;

    /// <summary>Looks at the files as they come, many at a time.</summary>
    public async Task LookAtAsync(IAsyncEnumerable<string> paths, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(PicturesAt(paths, cancellationToken), Options(cancellationToken), (picture, _) =>
        {
            // Who is known need not be read, in most cases.
            if (picture.KnownItems.TrueForAll(static k => k.HasGrown))
            {
                ReadFacts(picture);
            }

            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        DropUnreadable();
    }

    /// <summary>Reads those that were left out since they were known, and are still not paired.</summary>
    public void ReadTheRest(CancellationToken cancellationToken)
    {
        Parallel.ForEach(_pictures.Where(static p => p.IsOpen && !p.HasFacts), Options(cancellationToken), ReadFacts);
        DropUnreadable();
    }

    /// <summary>Takes an error with one file.</summary>
    public void Add(GPhotosException error, string path) => _errors.Add(new ComparisonFinding(null, error, path));

    /// <summary>As many at a time as the machine has processors for: what is read is small, and is taken apart.</summary>
    public static ParallelOptions Options(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 2, 8), CancellationToken = cancellationToken };

    private async IAsyncEnumerable<LocalPicture> PicturesAt(IAsyncEnumerable<string> paths, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (string path in paths.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (_seen.Add(path) && PictureAt(path) is { } picture)
            {
                await RecognizeAsync(picture, cancellationToken).ConfigureAwait(false);
                _pictures.Add(picture);
                yield return picture;
            }
        }
    }

    private LocalPicture? PictureAt(string path)
    {
        try
        {
            return new LocalPicture(FileSource.At(path, "compared"));
        }
        catch (FileReadFailedException e)
        {
            AddUnreadable(e, path);
        }
        catch (MediaRejectedException e)
        {
            Add(e, path);
        }

        return null;
    }

    private async Task RecognizeAsync(LocalPicture picture, CancellationToken cancellationToken)
    {
        if (journal?.KnownAt(picture.Path, picture.Source.Stamp) is { } known)
        {
            picture.Identity = known.Identity;
            if (known.MediaItemId is { } id)
            {
                picture.KnownItems.Add(new KnownItem(id, ComparisonMatch.JournalId));
            }
        }

        if (await folders.FindAsync(picture.Folder, picture.Path, picture.Source.Length, cancellationToken).ConfigureAwait(false) is { } saved)
        {
            picture.KnownItems.Add(new KnownItem(saved.ItemId, ComparisonMatch.CatalogId, saved.IsPart, picture.Source.Length > saved.Length));
        }
    }

    private void ReadFacts(LocalPicture picture)
    {
        try
        {
            picture.ReadFacts();
        }
        catch (FileReadFailedException e)
        {
            _failed.TryAdd(picture, e);
        }
    }

    private void DropUnreadable()
    {
        foreach (LocalPicture picture in _pictures.Where(_failed.ContainsKey))
        {
            AddUnreadable(_failed[picture], picture.Path);
        }

        _pictures = [.. _pictures.Where(p => !_failed.ContainsKey(p))];
        _failed.Clear();
    }

    private void AddUnreadable(FileReadFailedException error, string path)
    {
        Add(error, path);
        _unreadable.Add(path);
    }
}
