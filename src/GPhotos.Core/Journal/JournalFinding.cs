namespace GPhotos.Core.Journal;

/// <summary>A change that would make the journal agree with the account, or what could not be looked at. Nothing is done until it is applied.</summary>
public sealed class JournalFinding
{
    private readonly Func<bool> _apply;

    internal JournalFinding(JournalChange change, Func<bool> apply) => (Change, _apply) = (change, apply);

    internal JournalFinding(GPhotosException error, object? subject) => (Error, Subject, _apply) = (error, subject, static () => false);

    /// <summary>The change; null where there is an error.</summary>
    public JournalChange? Change { get; }

    /// <summary>Why one file or entry could not be judged, and was left alone.</summary>
    public GPhotosException? Error { get; }

    /// <summary>The file or entry that the error is about.</summary>
    public object? Subject { get; }

    /// <summary>Does it. False when the journal was written to meanwhile in a way that speaks against it: then nothing was changed.</summary>
    public bool Apply() => _apply();
}
