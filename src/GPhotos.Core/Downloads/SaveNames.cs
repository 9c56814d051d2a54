using GPhotos.Core.Destinations;
using GPhotos.Core.Storage;

namespace GPhotos.Core.Downloads;

/// <summary>Tells of names.</summary>
public static class SaveNames
{
    /// <summary>Whether a destination is meant as a place in Cloud Storage, not as a folder.</summary>
    public static bool IsBucket(string destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return StorageAddress.IsMeantBy(destination);
    }

    /// <summary>Whether a file can safely bear a name that a server gave.</summary>
    public static bool IsClean(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return SafeFileName.IsClean(name);
    }
}
