namespace GPhotos;

/// <summary>The journal of this profile knows no such path or content.</summary>
public sealed class JournalEntryNotFoundException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public JournalEntryNotFoundException(string message, string entry, Exception? inner = null)
        : base(message, inner) =>
        Entry = entry;

    /// <summary>The path that was asked for, or the hash where there is none.</summary>
    public string Entry { get; }
}
