namespace GPhotos.Core.Gallery;

/// <summary>One picture of a gallery: a media item, a file on this machine, or both.</summary>
public sealed record GalleryEntry
{
    /// <summary>The media item; null where only a file is known.</summary>
    public MediaItem? MediaItem { get; init; }

    /// <summary>The full path of the file, or the gs:// address of the object; null where it is on this machine nowhere.</summary>
    public string? Path { get; init; }

    /// <summary>On which side a comparison found it (&lt;=, =&gt;, ==, &lt;&gt;); null where none was made.</summary>
    public string? SideIndicator { get; init; }

    /// <summary>How a comparison paired it, or null.</summary>
    public string? MatchedBy { get; init; }

    /// <summary>Why a comparison did not pair it, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>What became of it when it was saved or sent, or null.</summary>
    public string? Status { get; init; }

    /// <summary>What else it may be one with: full paths of files and names of items.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    /// <summary>Whether its picture can only come from Google, so that showing it takes a sign-in and a media request.</summary>
    public bool IsOnlineOnly => MediaItem is { Source: not MediaItemSource.Takeout } && !IsFile;

    internal bool IsFile => Path is { } path && !Downloads.SaveNames.IsBucket(path);

    /// <summary>What messages call it.</summary>
    internal string Name => MediaItem?.FileName is { Length: > 0 } name ? name : Path is { } path ? System.IO.Path.GetFileName(path) : MediaItem?.Id ?? "";
}
