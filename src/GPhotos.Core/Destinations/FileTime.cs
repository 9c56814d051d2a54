namespace GPhotos.Core.Destinations;

/// <summary>The time a saved file gets, and is known again by.</summary>
internal static class FileTime
{
    // What ext4 can hold; NTFS and APFS hold more. A picture that is said to be older gets the earliest time there is.
    private static readonly DateTime Earliest = new(1902, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Latest = new(2400, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    // FAT keeps times to two seconds.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>The time for the file system, or null when Google gave none.</summary>
    public static DateTime? Of(DateTimeOffset creationTime) =>
        creationTime == default ? null
        : creationTime.UtcDateTime < Earliest ? Earliest
        : creationTime.UtcDateTime > Latest ? Latest
        : creationTime.UtcDateTime;

    /// <summary>Gives a file its times.</summary>
    public static void Set(string path, DateTimeOffset creationTime)
    {
        if (Of(creationTime) is { } time)
        {
            // Creation first: where a system keeps none, setting it moves the other.
            File.SetCreationTimeUtc(path, time);
            File.SetLastWriteTimeUtc(path, time);
        }
    }

    /// <summary>Whether the file has the time that a save would give it. True where a save would give it none.</summary>
    public static bool Fits(FileInfo file, DateTimeOffset creationTime) =>
        Of(creationTime) is not { } time || (file.LastWriteTimeUtc - time).Duration() <= Tolerance;
}
