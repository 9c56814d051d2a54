namespace GPhotos.Core.Takeout;

/// <summary>An entry as a part tells of it, before anybody knows what it is.</summary>
/// <param name="Part">The part.</param>
/// <param name="Position">Its place in the part.</param>
/// <param name="Name">Its path in the part.</param>
/// <param name="Length">The number of bytes that are announced.</param>
internal readonly record struct FoundEntry(TakeoutPart Part, int Position, string Name, long Length)
{
    /// <summary>The CRC-32 that the part tells.</summary>
    public uint? Crc { get; init; }

    public bool IsFolder { get; init; }

    /// <summary>Why it is not touched; null when nothing is wrong with it.</summary>
    public string? Flaw { get; init; }

    /// <summary>Opens its bytes; of a tgz only while the part tells of it.</summary>
    public required Func<Stream> Open { get; init; }
}
