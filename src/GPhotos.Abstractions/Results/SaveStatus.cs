namespace GPhotos;

/// <summary>What became of a media item that was to be saved.</summary>
public enum SaveStatus
{
    /// <summary>Downloaded, checked and under its final name.</summary>
    Saved,

    /// <summary>The same item stood there already; nothing was downloaded.</summary>
    AlreadySaved,

    /// <summary>Not saved yet: Google still works on the video, or the run ended early. Run again.</summary>
    Pending,
}
