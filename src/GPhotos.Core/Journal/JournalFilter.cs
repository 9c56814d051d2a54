namespace GPhotos.Core.Journal;

/// <summary>Which entries of the journal are wanted. Everything set must hold.</summary>
public sealed record JournalFilter
{
    /// <summary>Only the entry that was last seen under this very path or address.</summary>
    public string? Path { get; init; }

    /// <summary>Only entries of which a path fits; it is then their <see cref="JournalEntry.FullName"/>.</summary>
    public Func<string, bool>? PathMatches { get; init; }

    /// <summary>Any of these states; null for all.</summary>
    public IReadOnlyList<JournalState>? States { get; init; }

    /// <summary>Only contents of this SHA-256, in hex.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Only contents of this length.</summary>
    public long? Length { get; init; }

    /// <summary>Only what became one of these media items; null for all.</summary>
    public IReadOnlyList<string>? MediaItemIds { get; init; }

    /// <summary>Only entries that changed at this moment or later.</summary>
    public DateTimeOffset? ChangedSince { get; init; }
}
