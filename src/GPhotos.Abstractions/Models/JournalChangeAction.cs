namespace GPhotos;

/// <summary>What was done to make the journal agree with the account.</summary>
public enum JournalChangeAction
{
    /// <summary>A local file was recorded as the media item that it is.</summary>
    Recorded,

    /// <summary>An entry was forgotten, because its media item is not in the account any more.</summary>
    Forgotten,
}
