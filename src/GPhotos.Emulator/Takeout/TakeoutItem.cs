namespace GPhotos.Emulator.Takeout;

/// <summary>What is wrong with the JSON of a media item.</summary>
internal enum JsonFlaw
{
    None,
    Missing,
    Empty,
    EmptyObject,
    Broken,
}

/// <summary>A file beside the picture that shares its JSON.</summary>
/// <param name="Suffix">Added to the picture's stem.</param>
/// <param name="Extension">In place of the picture's; null keeps it.</param>
/// <param name="MimeType">What its bytes are.</param>
/// <param name="IsEdit">Made from the picture; else it is the moving half of it.</param>
internal sealed record Companion(string Suffix, string? Extension, string MimeType, bool IsEdit);

/// <summary>A media item of the library that is exported.</summary>
internal sealed record TakeoutItem
{
    public required string Case { get; init; }

    public required string Title { get; init; }

    /// <summary>The file's name before cut and number, where it is not the title's.</summary>
    public string? FileName { get; init; }

    /// <summary>The name that the JSON's is made of, where it is not the title's.</summary>
    public string? JsonName { get; init; }

    /// <summary>What the bytes are, whatever the name says.</summary>
    public string MimeType { get; init; } = "image/jpeg";

    public required DateTime Taken { get; init; }

    /// <summary>Google does not know when it was taken.</summary>
    public bool IsTimeUnknown { get; init; }

    public TimeSpan UploadedAfter { get; init; } = TimeSpan.FromHours(30);

    public TakeoutPlace? Place { get; init; }

    public TakeoutPlace? PlaceOfFile { get; init; }

    public string Description { get; init; } = "";

    public IReadOnlyList<string> People { get; init; } = [];

    public bool IsFavorite { get; init; }

    public bool IsArchived { get; init; }

    public bool IsTrashed { get; init; }

    /// <summary>The one property of googlePhotosOrigin.</summary>
    public string Origin { get; init; } = "mobileUpload";

    public TakeoutNaming Naming { get; init; } = TakeoutNaming.New;

    public JsonFlaw Flaw { get; init; }

    /// <summary>There is a JSON and nothing else.</summary>
    public bool IsWithoutPicture { get; init; }

    public IReadOnlyList<Companion> Companions { get; init; } = [];

    /// <summary>The keys of albums whose folders hold the item.</summary>
    public IReadOnlyList<string> Albums { get; init; } = [];

    /// <summary>The keys of albums whose folders hold its JSON alone.</summary>
    public IReadOnlyList<string> AlbumsByJson { get; init; } = [];

    /// <summary>The folder in place of that of the year.</summary>
    public string? Folder { get; init; }

    public string NameOfFile => FileName ?? TakeoutNames.Replace(Title);

    public string NameOfJson => JsonName ?? TakeoutNames.Replace(Title);
}
