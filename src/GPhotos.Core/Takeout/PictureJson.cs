namespace GPhotos.Core.Takeout;

/// <summary>What a JSON says of a picture or video; or that it cannot be read, and then nothing.</summary>
internal sealed class PictureJson(TakeoutEntry entry)
{
    /// <summary>The JSON itself.</summary>
    public TakeoutEntry Entry { get; } = entry;

    /// <summary>Why it cannot be used; null for a good one.</summary>
    public string? Flaw { get; init; }

    /// <summary>The name the picture had when it was uploaded.</summary>
    public string Title { get; init; } = "";

    public string? Description { get; init; }

    /// <summary>When it was taken, in seconds since 1970; null where Google knew no time.</summary>
    public long? Taken { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    public double? Altitude { get; init; }

    public IReadOnlyList<string> People { get; init; } = [];

    public bool IsFavorite { get; init; }

    public bool IsArchived { get; init; }

    public bool IsTrashed { get; init; }

    /// <summary>Its page on photos.google.com; the same in all its JSONs.</summary>
    public string? Address { get; init; }

    /// <summary>The number in its name, as in "IMG_0001.JPG(1).json"; 0 without one.</summary>
    public int Number { get; set; }

    /// <summary>Whether its name is one that its title makes.</summary>
    public bool IsNamedByTitle { get; set; }

    /// <summary>The picture of that title; edits and moving halves come on top.</summary>
    public TakeoutEntry? Picture { get; set; }

    /// <summary>Whether it tells of anything that is there.</summary>
    public bool IsJoined { get; set; }

    /// <summary>How many characters it takes to keep what it says.</summary>
    public long TextLength => Title.Length + (Description?.Length ?? 0) + (Address?.Length ?? 0) + People.Sum(p => (long)p.Length);

    /// <summary>Whether another one says nothing else: of the same item, for a file of the same number.</summary>
    public bool SaysTheSame(PictureJson other) =>
        Agrees(other)
        && NameRules.NumberOf(Entry.FileName, Title).Number == NameRules.NumberOf(other.Entry.FileName, other.Title).Number
        && (Description, Latitude, Longitude, Altitude, IsFavorite, IsArchived, IsTrashed)
            == (other.Description, other.Latitude, other.Longitude, other.Altitude, other.IsFavorite, other.IsArchived, other.IsTrashed)
        && People.SequenceEqual(other.People);

    /// <summary>Whether two tell of the same media item.</summary>
    public bool Agrees(PictureJson other) =>
        ReferenceEquals(this, other)
        || (Title == other.Title && Taken == other.Taken && (Address is null || other.Address is null || Address == other.Address));
}

/// <summary>What a JSON says of the album whose folder it lies in.</summary>
internal sealed record AlbumJson(TakeoutEntry Entry, string? Title);
