using System.Collections.Concurrent;
using GPhotos.Core.Data;
using GPhotos.Core.Journal;

namespace GPhotos.Core.Api;

/// <summary>
/// Turns the names of albums into albums, making those that are missing, once each: also when several lanes, several runs or several
/// processes of this machine want the same one. Lists the albums once, however many names are asked for.
/// </summary>
internal sealed class AlbumDirectory(Albums albums, SendJournal journal, MachineLock making)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Album>>> _wanted = new(StringComparer.Ordinal);

    private List<Album>? _listed;
    private DateTimeOffset _listedAt;

    /// <summary>The album of an id or title.</summary>
    /// <exception cref="AlbumNotFoundException">It looks like an id, and no album has it: a title like that is nobody's wish.</exception>
    /// <exception cref="AlbumTitleAmbiguousException">Several bear the title.</exception>
    public async Task<Album> FindOrCreateAsync(string idOrTitle, CancellationToken cancellationToken)
    {
        Lazy<Task<Album>> wanted = _wanted.GetOrAdd(
            idOrTitle, name => new Lazy<Task<Album>>(() => LookUpAsync(name, cancellationToken)));
        try
        {
            return await wanted.Value.ConfigureAwait(false);
        }
        catch (GPhotosException e) when (e is not (AlbumNotFoundException or AlbumTitleAmbiguousException))
        {
            // What failed for another reason may do better at the next try.
            _wanted.TryRemove(KeyValuePair.Create(idOrTitle, wanted));
            throw;
        }
    }

    /// <summary>Whether the name was asked for before, so that it costs no call now.</summary>
    public bool Knows(string idOrTitle) => _wanted.ContainsKey(idOrTitle);

    private async Task<Album> LookUpAsync(string idOrTitle, CancellationToken cancellationToken)
    {
        if (Albums.LooksLikeId(idOrTitle))
        {
            try
            {
                return await albums.GetAsync(idOrTitle, cancellationToken).ConfigureAwait(false);
            }
            catch (AlbumNotFoundException)
            {
                // A title may look like an id, and is then looked for; but none is made that looks so.
            }
        }

        using IDisposable held = await making.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (_listed is null)
        {
            _listedAt = journal.Now;
            _listed = await albums.ListAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        // What was made since, here or by another process, is in the journal: no need to list again for each.
        IEnumerable<Album> known = _listed.Concat(journal.AlbumsMadeSince(_listedAt)).DistinctBy(a => a.Id);
        if (Albums.Match(known, idOrTitle) is { } album)
        {
            return album;
        }

        if (Albums.LooksLikeId(idOrTitle))
        {
            throw Albums.NotFound(idOrTitle);
        }

        Album made = await albums.CreateAsync(idOrTitle, cancellationToken).ConfigureAwait(false);
        _listed.Add(made);
        try
        {
            journal.AlbumMade(made);
        }
        catch (FileWriteFailedException)
        {
            // The album is there and known to this run. Another process will list it, or make a second one: an error now would help neither.
        }

        return made;
    }
}
