using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace GPhotos.Core.Downloads;

/// <summary>
/// Gives each media item of a run its own name in the destination. Names are compared as Windows and macOS do. Claims are made in the
/// order of the input, so that the same listing gives the same names whatever the lanes do.
/// </summary>
internal sealed class TargetPaths(string destination)
{
    private readonly ConcurrentDictionary<string, string> _claims = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _found = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names an item may have, best first: the plain one, then two with a marker that depends on nothing but its id.</summary>
    public static IReadOnlyList<string> Candidates(MediaItem item)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(item.Id)));
        string name = SafeFileName.Clean(item.FileName, "item-" + hash[..12]);
        return [name, SafeFileName.Mark(name, hash[..6]), SafeFileName.Mark(name, hash[..16])];
    }

    /// <summary>Takes the best name that no other item of this run has taken.</summary>
    public void Claim(MediaItem item) => _ = Candidates(item).Any(name => IsClaimed(name, item.Id));

    /// <summary>Whether the name is the item's, or free and now the item's.</summary>
    public bool IsClaimed(string name, string id) => _claims.GetOrAdd(name, id) == id;

    /// <summary>Notes that the file of that name is, or is about to be, this item. False: it is another's.</summary>
    public bool Recognise(string name, string id) => _found.GetOrAdd(name, id) == id;

    /// <summary>Where a name stands.</summary>
    public string PathOf(string name) => Path.Combine(destination, name);
}
