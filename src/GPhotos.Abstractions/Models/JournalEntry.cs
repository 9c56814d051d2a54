namespace GPhotos;

/// <summary>What this profile knows of one content: the same bytes under however many names.</summary>
public sealed class JournalEntry
{
    /// <summary>How far it has come.</summary>
    public JournalState State { get; init; }

    /// <summary>SHA-256 of the bytes, in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The length in bytes.</summary>
    public long Length { get; init; }

    /// <summary>The path it was seen under last.</summary>
    public string? FullName { get; init; }

    /// <summary>Every path and address it was seen under, the last first.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>The id of the media item, or null while there is none.</summary>
    public string? Id { get; init; }

    /// <summary>The albums this profile put it in, by id.</summary>
    public IReadOnlyList<string> AlbumIds { get; init; } = [];

    /// <summary>How many bytes Google had of it when last asked, while it is uploading.</summary>
    public long? BytesReceived { get; init; }

    /// <summary>Why Google refused it, in Google's words; null unless it did.</summary>
    public string? Refusal { get; init; }

    /// <summary>When this entry changed last, in UTC.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The path, or the hash where none is known any more.</summary>
    public override string ToString() => FullName ?? Sha256;
}
