namespace GPhotos;

/// <summary>What this user sent from this machine on one of Google's days, and what that leaves of the project's daily quota.</summary>
public sealed class GPhotosQuota
{
    /// <summary>The Cloud project whose quota it is: the number its client ids begin with. Empty where it is not known.</summary>
    public required string Project { get; init; }

    /// <summary>The day, which begins and ends at midnight Pacific time.</summary>
    public DateOnly Day { get; init; }

    /// <summary>When the day ends and Google counts anew, in UTC.</summary>
    public DateTimeOffset ResetsAt { get; init; }

    /// <summary>The Library calls that were sent, failed and repeated ones too.</summary>
    public long LibraryCalls { get; init; }

    /// <summary>The Library calls that Google grants a project for a day.</summary>
    public long LibraryCallLimit { get; init; }

    /// <summary>What is left of them if nobody else spent any; 0 once Google said that the day is spent.</summary>
    public long LibraryCallsLeft { get; init; }

    /// <summary>The requests for media bytes that were sent.</summary>
    public long MediaRequests { get; init; }

    /// <summary>The requests for media bytes that Google grants a project for a day.</summary>
    public long MediaRequestLimit { get; init; }

    /// <summary>What is left of them if nobody else spent any; 0 once Google said that the day is spent.</summary>
    public long MediaRequestsLeft { get; init; }

    /// <summary>How often the account in use wrote in the last minute, where Google allows 30; null for a day gone by.</summary>
    public int? WritesLastMinute { get; init; }

    /// <summary>How often each call was sent, by Google's name for it; media.get and media.head are the requests for media bytes.</summary>
    public required IReadOnlyDictionary<string, long> Calls { get; init; }

    /// <summary>The day, and the Library calls spent of those granted.</summary>
    public override string ToString() => FormattableString.Invariant($"{Day:yyyy-MM-dd}: {LibraryCalls} of {LibraryCallLimit}");
}
