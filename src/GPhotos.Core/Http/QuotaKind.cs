namespace GPhotos.Core.Http;

/// <summary>Which of its limits Google means by a 429.</summary>
internal enum QuotaKind
{
    /// <summary>It does not say, or names one that nobody knew when this was written.</summary>
    Other,

    /// <summary>The project's calls of the day. Waiting does not help before midnight Pacific.</summary>
    Day,

    /// <summary>The user's writes of this minute.</summary>
    Minute,

    /// <summary>Another write of this user is under way; it is over in a moment.</summary>
    ConcurrentWrite,
}
