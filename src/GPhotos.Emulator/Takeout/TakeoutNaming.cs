namespace GPhotos.Emulator.Takeout;

/// <summary>How the JSONs of pictures are called.</summary>
public enum TakeoutNaming
{
    /// <summary>Each picture in a way of its own: old and new ones occur in one export.</summary>
    Mixed,

    /// <summary><c>name.jpg.json</c>, as until 2024.</summary>
    Old,

    /// <summary><c>name.jpg.supplemental-metadata.json</c>, cut to 51 characters.</summary>
    New,

    /// <summary>The new name, not cut.</summary>
    Uncut,
}
