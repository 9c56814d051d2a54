namespace GPhotos;

/// <summary>What became of a file that was to be sent.</summary>
public enum SendStatus
{
    /// <summary>Google made a media item of it, or found that it already had these bytes (it does not say which).</summary>
    Created,

    /// <summary>The same bytes stood twice in one call; the media item is the other file's.</summary>
    Duplicate,

    /// <summary>Not created: the run ended early. Run again.</summary>
    Pending,
}
