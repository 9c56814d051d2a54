namespace GPhotos.Core.Profiles;

/// <summary>What a sign-in leaves behind, so that the next session need not ask.</summary>
public sealed record Profile
{
    /// <summary>The profile used when none is named, unless another was made the default.</summary>
    public const string DefaultName = "default";

    /// <summary>The environment variable that names the default profile for one process.</summary>
    public const string EnvironmentVariable = "GPHOTOS_PROFILE";

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The server it belongs to. Its tokens go nowhere else.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The OAuth client.</summary>
    public required string ClientId { get; init; }

    /// <summary>The OAuth client's secret.</summary>
    public required string ClientSecret { get; init; }

    /// <summary>The lasting credential.</summary>
    public required string RefreshToken { get; init; }

    /// <summary>The scopes granted, in short form.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>When the user signed in, in UTC.</summary>
    public DateTimeOffset SignedInAt { get; init; }

    /// <summary>When the refresh token ends, in UTC, as Google told at the sign-in (refresh_token_expires_in); null where it told of no end.</summary>
    public DateTimeOffset? SignInEndsAt { get; init; }

    /// <summary>The vault that holds the two secrets; null where the profile's own file does.</summary>
    public string? Vault { get; init; }

    /// <summary>Names the profile, never its credentials.</summary>
    public override string ToString() => Name;
}
