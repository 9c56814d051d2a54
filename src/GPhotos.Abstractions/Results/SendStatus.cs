namespace GPhotos;

/// <summary>What became of a file that was to be sent.</summary>
public enum SendStatus
{
    /// <summary>Google made a media item of it, or found that it already had these bytes (it does not say which).</summary>
    Created,

    /// <summary>Google had these bytes already, by this client's journal: none were sent. It was put into the album if it was not there.</summary>
    AlreadyInLibrary,

    /// <summary>Google said that the bytes exist already; it does not always say as which media item.</summary>
    Duplicate,

    /// <summary>Not created: the run ended early. Run again.</summary>
    Pending,
}
