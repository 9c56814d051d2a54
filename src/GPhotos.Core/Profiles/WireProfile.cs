namespace GPhotos.Core.Profiles;

/// <summary>A profile as its file holds it. The two secrets are missing where a vault has them.</summary>
internal sealed record WireProfile
{
    /// <summary>What this version writes, and the latest that it reads.</summary>
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    public required string Name { get; init; }

    public required Uri Endpoint { get; init; }

    public required string ClientId { get; init; }

    public string? ClientSecret { get; init; }

    public string? RefreshToken { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public DateTimeOffset SignedInAt { get; init; }

    public DateTimeOffset? SignInEndsAt { get; init; }

    public string? Vault { get; init; }

    public static WireProfile From(Profile profile) => new()
    {
        Name = profile.Name,
        Endpoint = profile.Endpoint,
        ClientId = profile.ClientId,
        ClientSecret = profile.Vault is null ? profile.ClientSecret : null,
        RefreshToken = profile.Vault is null ? profile.RefreshToken : null,
        Scopes = profile.Scopes,
        SignedInAt = profile.SignedInAt,
        SignInEndsAt = profile.SignInEndsAt,
        Vault = profile.Vault,
    };

    public Profile ToProfile(ProfileSecrets secrets) => new()
    {
        Name = Name,
        Endpoint = Endpoint,
        ClientId = ClientId,
        ClientSecret = secrets.ClientSecret,
        RefreshToken = secrets.RefreshToken,
        Scopes = Scopes,
        SignedInAt = SignedInAt,
        SignInEndsAt = SignInEndsAt,
        Vault = Vault,
    };

    /// <summary>Without the secrets.</summary>
    public override string ToString() => Name;
}

/// <summary>What of a profile must not be seen: what a vault holds of it.</summary>
internal sealed record ProfileSecrets(string ClientSecret, string RefreshToken)
{
    /// <summary>Names nothing.</summary>
    public override string ToString() => "";
}
