using GPhotos.Core.Destinations;

namespace GPhotos.Core.Downloads;

/// <summary>Tells of names.</summary>
public static class SaveNames
{
    /// <summary>Whether a file can safely bear a name that a server gave.</summary>
    public static bool IsClean(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return SafeFileName.IsClean(name);
    }
}
