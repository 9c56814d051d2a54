namespace GPhotos;

/// <summary>One thing that Update-GPhotoJournal changed.</summary>
public sealed class JournalChange
{
    /// <summary>What was done.</summary>
    public JournalChangeAction Action { get; init; }

    /// <summary>The entry: as it is now, or as it was before it was forgotten.</summary>
    public required JournalEntry Entry { get; init; }

    /// <summary>The path of the file; null where none is known.</summary>
    public string? FullName => Entry.FullName;

    /// <summary>The length in bytes.</summary>
    public long Length => Entry.Length;

    /// <summary>The id of the media item.</summary>
    public string? Id => Entry.Id;

    /// <summary>The path, or the hash where none is known.</summary>
    public override string ToString() => Entry.ToString();
}
