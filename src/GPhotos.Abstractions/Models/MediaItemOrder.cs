namespace GPhotos;

/// <summary>The order of a listing.</summary>
public enum MediaItemOrder
{
    /// <summary>Google's own: newest first in the library, the album's own order in an album.</summary>
    Default,

    /// <summary>By capture time, oldest first. Google does this only for a listing by date and nothing else.</summary>
    OldestFirst,

    /// <summary>By capture time, newest first. Google does this only for a listing by date and nothing else.</summary>
    NewestFirst,
}
