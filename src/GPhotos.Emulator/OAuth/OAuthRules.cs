namespace GPhotos.Emulator.OAuth;

/// <summary>Who may consent, and how long what is granted lives. Google's own rules unless an admin call says other.</summary>
internal sealed record OAuthRules
{
    /// <summary>Live refresh tokens that one user has of one client, at most: Google's number.</summary>
    public const int DefaultMaximumRefreshTokens = 100;

    /// <summary>How many test users a project can list.</summary>
    public const int MaximumTestUsers = 100;

    private static readonly TimeSpan TestingLifetime = TimeSpan.FromDays(7);

    public PublishingStatus PublishingStatus { get; init; }

    /// <summary>Who can consent while the project is in testing.</summary>
    public IReadOnlyList<string> TestUsers { get; init; } = [Caller.DefaultUser];

    /// <summary>How long users give access from now on; null for without end.</summary>
    public TimeSpan? GrantLifetime { get; init; }

    public int MaximumRefreshTokens { get; init; } = DefaultMaximumRefreshTokens;

    /// <summary>The APIs that no project has enabled, by the first word of their host.</summary>
    public IReadOnlyList<string> DisabledApis { get; init; } = [];

    /// <summary>Whom the user's or the client's organization keeps from granting; null where it keeps nobody.</summary>
    public OAuthRestriction? Restricted { get; init; }

    /// <summary>Until when a grant made at a time lives; null for without end.</summary>
    public DateTimeOffset? EndOfGrant(DateTimeOffset grantedAt, IReadOnlyList<string> scopes)
    {
        TimeSpan? lifetime = PublishingStatus == PublishingStatus.Testing && !ScopeNames.AreIdentityOnly(scopes) ? TestingLifetime : null;
        return grantedAt + (GrantLifetime is TimeSpan given && !(given > lifetime) ? given : lifetime);
    }
}
