namespace GPhotos;

/// <summary>An entry of a Takeout archive, and what is to be said of it.</summary>
/// <param name="ArchivePath">The archive or folder, as a full path.</param>
/// <param name="EntryName">The entry's path in it. Data from the archive: never a path to write to unchecked.</param>
/// <param name="Reason">Why it is listed.</param>
public sealed record TakeoutFinding(string ArchivePath, string EntryName, string Reason)
{
    /// <summary>The entry and the reason.</summary>
    public override string ToString() => $"{EntryName}: {Reason}";
}
