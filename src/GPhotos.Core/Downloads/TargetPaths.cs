using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace GPhotos.Core.Downloads;

/// <summary>Gives each media item of a run its own path in the destination. Names are compared as Windows and macOS do.</summary>
internal sealed class TargetPaths(string destination)
{
    private readonly ConcurrentDictionary<string, string> _ownerByName = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _lanes = new(StringComparer.Ordinal);

    /// <summary>The names an item may have, best first: the plain one, then two with a marker that depends on nothing but its id.</summary>
    public static IEnumerable<string> Candidates(MediaItem item)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(item.Id)));
        string name = SafeFileName.Clean(item.FileName, "item-" + hash[..12]);
        return [name, SafeFileName.Mark(name, hash[..6]), SafeFileName.Mark(name, hash[..16])];
    }

    /// <summary>Takes a name for an item, unless another item of this run has it.</summary>
    public bool TryClaim(string name, string id) => _ownerByName.GetOrAdd(name, id) == id;

    /// <summary>Whether a name was taken for an item.</summary>
    public bool IsClaimedBy(string name, string id) => _ownerByName.TryGetValue(name, out string? owner) && owner == id;

    /// <summary>Does one thing at a time for an item: the same item may come in twice.</summary>
    public async Task<T> AloneAsync<T>(string id, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        SemaphoreSlim lane = _lanes.GetOrAdd(id, static _ => new SemaphoreSlim(1, 1));
        await lane.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            lane.Release();
        }
    }

    /// <summary>Where a name stands.</summary>
    public string PathOf(string name) => Path.Combine(destination, name);
}
