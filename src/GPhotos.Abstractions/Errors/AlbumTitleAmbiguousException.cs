namespace GPhotos;

/// <summary>Several albums bear the title.</summary>
public sealed class AlbumTitleAmbiguousException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public AlbumTitleAmbiguousException(string message, string title, IReadOnlyList<string> ids, Exception? inner = null)
        : base(message, inner) =>
        (Title, Ids) = (title, ids);

    /// <summary>The title.</summary>
    public string Title { get; }

    /// <summary>The ids to choose from.</summary>
    public IReadOnlyList<string> Ids { get; }
}
