using GPhotos.Core.Auth;
using GPhotos.Core.Quota;

namespace GPhotos.Core;

/// <summary>How a client is set up.</summary>
public sealed class GPhotosClientOptions
{
    /// <summary>Where the services are.</summary>
    public GPhotosEndpoints Endpoints { get; init; } = GPhotosEndpoints.Google;

    /// <summary>Where access tokens come from.</summary>
    public required IAccessTokenSource Tokens { get; init; }

    /// <summary>The scopes granted, in short form. A call that needs another fails before it is sent. Null: not known, all are tried.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>What to tell where the sign-in does not carry a scope; null where it does, or nobody knows.</summary>
    public ScopeMissingException? Lacks(string scope) => Scopes is { } granted && !granted.Contains(scope)
        ? new ScopeMissingException($"The sign-in does not carry the scope {scope}, which this needs.", [scope])
        : null;

    /// <summary>
    /// Names the Google account and project as far as they are known (profile, client id). Clients of one account write one at a
    /// time, since Google takes one at a time.
    /// </summary>
    public string Account { get; init; } = "";

    /// <summary>
    /// Differs from one sign-in to the next, so that a journal is not believed for another account that signed in under the same profile.
    /// Empty: not checked. No secret.
    /// </summary>
    public string SignInId { get; init; } = "";

    /// <summary>Whose journal is kept: one per profile.</summary>
    public string ProfileName { get; init; } = "";

    /// <summary>
    /// The Cloud project whose quota the calls count against: the number a client id begins with. Empty where it is not known.
    /// </summary>
    public string Project { get; init; } = "";

    /// <summary>
    /// Where what must outlive this process is kept and what must be known to others: the journal, the ledger of calls, the locks.
    /// Null: in memory only, for this client alone.
    /// </summary>
    public string? DataFolder { get; init; }

    /// <summary>The clock that retry waits, time-outs and the age of base URLs go by. Tests hand in one that does not wait.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How often a call is repeated after its first failure.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>How many writes may be sent in a minute: Google allows an account 30. 0: as many as there are.</summary>
    public int WritesPerMinute { get; init; } = WritePace.Google;

    /// <summary>How long an answer may take to begin, and a stalled transfer to move again.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(100);
}
