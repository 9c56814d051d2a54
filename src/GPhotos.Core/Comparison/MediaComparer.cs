using GPhotos.Core.Downloads;
using GPhotos.Core.Journal;

namespace GPhotos.Core.Comparison;

/// <summary>Compares local files with media items, without a byte downloaded.</summary>
public sealed class MediaComparer
{
    private readonly JournalEntries _journal;
    private readonly MediaSaver _saver;

    internal MediaComparer(JournalEntries journal, MediaSaver saver) => (_journal, _saver) = (journal, saver);

    /// <summary>Begins a comparison. Journal and catalogs are read, and nothing is written.</summary>
    /// <exception cref="FileWriteFailedException">The journal cannot be opened, or is damaged.</exception>
    public ComparisonRun Begin() => new(_journal.IfThere, _saver);
}
