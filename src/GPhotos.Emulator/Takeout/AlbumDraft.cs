namespace GPhotos.Emulator.Takeout;

/// <summary>How the JSON of an album looks.</summary>
internal enum AlbumShape
{
    /// <summary>All fields.</summary>
    Full,

    /// <summary>All fields inside albumData, as before 2020.</summary>
    Wrapped,

    /// <summary>The title alone, as often since 2025.</summary>
    TitleOnly,
}

/// <summary>An album that is to be exported.</summary>
/// <param name="Key">What media items call it.</param>
/// <param name="Title">As its owner wrote it; null when the JSON says null.</param>
internal sealed record AlbumDraft(string Key, string? Title)
{
    public AlbumShape Shape { get; init; }

    /// <summary>Somebody commented on it.</summary>
    public bool IsShared { get; init; }

    /// <summary>Its JSON comes twice, the second as metadata(1).json.</summary>
    public bool IsTwice { get; init; }
}
