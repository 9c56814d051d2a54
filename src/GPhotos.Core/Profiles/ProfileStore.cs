using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using GPhotos.Core.Data;

namespace GPhotos.Core.Profiles;

/// <summary>
/// Profiles on disk, one file each, readable by their owner only: mode 0600 in a folder of mode 0700, and encrypted for the user
/// (DPAPI) on Windows. Where a profile names a vault, its secrets are there and not in the file.
/// </summary>
/// <param name="folder">Where the files are.</param>
/// <param name="vault">Asks the user's vaults; null where none can be asked.</param>
public sealed class ProfileStore(string folder, ISecretVault? vault = null)
{
    /// <summary>What a name may be, for a message that refuses one.</summary>
    internal const string NameRule = "use letters, digits, '-', '_' and '.', 64 at most.";

    private const string Extension = ".profile.json";

    /// <summary>The store in the user's folder.</summary>
    public static ProfileStore ForUser(ISecretVault? vault) => new(UserFolder.Path, vault);

    /// <summary>Which of the profiles is used where none is named.</summary>
    public DefaultProfile Default => new(folder, name => File.Exists(PathOf(name)));

    /// <summary>The names of the profiles that are kept.</summary>
    /// <exception cref="FileReadFailedException">The folder is there but cannot be looked into.</exception>
    public IReadOnlyList<string> Names()
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateFiles(folder, "*" + Extension).Select(NameIn).Order(StringComparer.OrdinalIgnoreCase)]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileReadFailedException($"The profiles in '{folder}' cannot be looked for: {e.Message}", folder, e);
        }
    }

    /// <summary>A profile's name as it is kept, which may be in another case; the name itself where there is none.</summary>
    /// <exception cref="FileReadFailedException">The folder is there but cannot be looked into.</exception>
    /// <exception cref="InvalidRequestException">No profile can be named so.</exception>
    public string NameOf(string name) => NameIn(PathOf(name));

    /// <summary>The profile with its secrets, or null when there is none of that name.</summary>
    /// <exception cref="FileReadFailedException">The file is there but cannot be read.</exception>
    /// <exception cref="ProfileExposedException">Others can read it.</exception>
    /// <exception cref="ProfileDamagedException">It is no profile, or one of a later version.</exception>
    /// <exception cref="NotConnectedException">The vault has no secrets of it any more.</exception>
    /// <exception cref="VaultFailedException">The vault does not answer.</exception>
    public Profile? Load(string name) => Read(name) is { } kept ? kept.ToProfile(SecretsOf(kept)) : null;

    /// <summary>The profile without asking a vault: its secrets are empty where one has them.</summary>
    /// <inheritdoc cref="Load"/>
    public Profile? Describe(string name) => Read(name) is { } kept ? kept.ToProfile(kept.Vault is null ? SecretsOf(kept) : new ProfileSecrets("", "")) : null;

    /// <summary>
    /// The vault that holds a profile's secrets: what is signed in anew stays there, and does not come to stand in a file for want of a word. Null for a file,
    /// a damaged one too, and where there is no such profile.
    /// </summary>
    /// <inheritdoc cref="Describe"/>
    public string? VaultOf(string name)
    {
        try
        {
            return Read(name)?.Vault;
        }
        catch (ProfileDamagedException)
        {
            return null;
        }
    }

    /// <summary>Fails where <see cref="Save"/> would, before anybody is asked to sign in.</summary>
    /// <param name="name">The profile.</param>
    /// <param name="toVault">The vault that is to hold its secrets; null for the profile's own file.</param>
    /// <exception cref="ProfileExposedException">Others can read the profile that is there, or write to its folder.</exception>
    /// <exception cref="VaultFailedException">No vault can be asked from here.</exception>
    public void Check(string name, string? toVault = null)
    {
        PrivateFile.Check(PathOf(name));
        if (toVault is not null)
        {
            Ask(toVault).Check(toVault);
        }
    }

    /// <summary>Keeps the profile, whole or not at all. A damaged one that is in its place is set aside.</summary>
    /// <exception cref="FileWriteFailedException">The file cannot be written.</exception>
    /// <exception cref="ProfileExposedException">Others could read it. Nothing was written.</exception>
    /// <exception cref="VaultFailedException">
    /// The vault does not take the secrets, and nothing is kept; or the profile is kept, but another vault, which had them before, does not let them go.
    /// </exception>
    public void Save(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        string path = PathOf(profile.Name);
        try
        {
            WireProfile? before = SetDamagedAside(profile.Name);
            if (profile.Vault is { } named)
            {
                PrivateFile.Check(path);
                PutInVault(named, profile);
            }

            PrivateFile.Write(path, Protect(JsonSerializer.SerializeToUtf8Bytes(WireProfile.From(profile), ProfileJsonContext.Default.WireProfile)));
            Default.Claim(profile.Name);
            if (before?.Vault is { } vaultBefore && vaultBefore != profile.Vault)
            {
                TakeFromVault(vaultBefore, before.Name);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new FileWriteFailedException($"The profile '{profile.Name}' cannot be kept in '{path}': {e.Message}", path, e);
        }
    }

    /// <summary>Forgets the profile, its secrets in a vault and the access token that was kept beside it. Whether there was one.</summary>
    /// <param name="name">The profile.</param>
    /// <param name="leaveSecrets">Whether to ask no vault: what it holds stays there.</param>
    /// <exception cref="FileWriteFailedException">The file cannot be removed.</exception>
    /// <exception cref="VaultFailedException">The vault does not let the secrets go. The profile is still there.</exception>
    public bool Remove(string name, bool leaveSecrets = false)
    {
        string path = PathOf(name);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            if (!leaveSecrets && ReadIfWhole(name) is { Vault: { } named } kept)
            {
                Ask(named).Remove(named, SecretNameOf(kept.Name));
            }

            File.Delete(path);
            new AccessTokenFile(folder, NameIn(path)).Remove();
            Default.Release(name);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteFailedException($"The profile '{name}' cannot be removed from '{path}': {e.Message}", path, e);
        }
    }

    /// <summary>Whether a profile can be named so: a file of that name stays in the folder.</summary>
    internal static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && !name.StartsWith('.');

    /// <summary>The name of a profile's secrets in a vault. Some, such as Azure Key Vault, take letters, digits and dashes only.</summary>
    internal static string SecretNameOf(string name) => "GPhotos-" + name;

    private WireProfile? Read(string name)
    {
        string path = PathOf(name);
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            PrivateFile.Check(path);
            WireProfile kept = JsonSerializer.Deserialize(Unprotect(File.ReadAllBytes(path)), ProfileJsonContext.Default.WireProfile)
                ?? throw new JsonException("It holds no profile.");
            if (kept.Version > WireProfile.CurrentVersion)
            {
                throw new ProfileDamagedException($"The profile '{name}' in '{path}' was written by a later version of GPhotos.", path);
            }

            // Null is read where a name is required.
            if (kept is not { Name.Length: > 0, Endpoint.IsAbsoluteUri: true, ClientId.Length: > 0, Scopes: not null })
            {
                throw new JsonException("It is not whole.");
            }

            // A copy goes by its own name. In a vault the secrets have that of the sign-in.
            return kept.Vault is not null ? kept
                : kept is { ClientSecret.Length: > 0, RefreshToken.Length: > 0 } ? kept with { Name = NameIn(path) }
                : throw new JsonException("Its secrets are missing.");
        }
        catch (Exception e) when (e is JsonException or CryptographicException)
        {
            throw new ProfileDamagedException($"The profile '{name}' in '{path}' is damaged: {e.Message}", path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileReadFailedException($"The profile '{name}' cannot be read from '{path}': {e.Message}", path, e);
        }
    }

    private ProfileSecrets SecretsOf(WireProfile kept)
    {
        if (kept.Vault is not { } named)
        {
            return new ProfileSecrets(kept.ClientSecret!, kept.RefreshToken!);
        }

        string text = Ask(named).Read(named, SecretNameOf(kept.Name))
            ?? throw new NotConnectedException(
                $"The vault '{named}' holds no secret '{SecretNameOf(kept.Name)}' any more, so nobody is signed in under the profile '{kept.Name}'.", kept.Name);
        try
        {
            return JsonSerializer.Deserialize(text, ProfileJsonContext.Default.ProfileSecrets) is { ClientSecret.Length: > 0, RefreshToken.Length: > 0 } secrets
                ? secrets
                : throw new JsonException();
        }
        catch (JsonException)
        {
            // Not as an inner exception: it may quote what it could not read.
            throw new VaultFailedException($"The secret '{SecretNameOf(kept.Name)}' in the vault '{named}' is not what GPhotos keeps there.", named);
        }
    }

    private void PutInVault(string named, Profile profile)
    {
        try
        {
            Ask(named).Write(named, SecretNameOf(profile.Name), JsonSerializer.Serialize(
                new ProfileSecrets(profile.ClientSecret, profile.RefreshToken), ProfileJsonContext.Default.ProfileSecrets));
        }
        catch (VaultFailedException e)
        {
            throw new VaultFailedException($"The sign-in is not kept: {e.Message}", e.Vault, e.InnerException);
        }
    }

    // From the vault that a kept profile had its secrets in before.
    private void TakeFromVault(string named, string name)
    {
        try
        {
            Ask(named).Remove(named, SecretNameOf(name));
        }
        catch (VaultFailedException e)
        {
            throw new VaultFailedException($"The sign-in is kept, but that before it is still in the vault '{named}': {e.Message}", e.Vault, e.InnerException);
        }
    }

    // The profile that is to be replaced.
    private WireProfile? SetDamagedAside(string name)
    {
        try
        {
            return Read(name);
        }
        catch (ProfileDamagedException e)
        {
            string time = DateTime.UtcNow.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
            File.Move(e.Path, $"{e.Path}.{time}.damaged");
            return null;
        }
    }

    // A profile that cannot be read is removed all the same.
    private WireProfile? ReadIfWhole(string name)
    {
        try
        {
            return Read(name);
        }
        catch (Exception e) when (e is ProfileDamagedException or ProfileExposedException or FileReadFailedException)
        {
            return null;
        }
    }

    private ISecretVault Ask(string named) =>
        vault ?? throw new VaultFailedException($"The vault '{named}' cannot be asked from here.", named);

    private static string NameIn(string path) => Path.GetFileName(path)[..^Extension.Length];

    // Names in PowerShell have no case, and a profile that is not found is not forgotten. Where none is, the folder was looked into: one that cannot be
    // is not an empty one.
    private string PathOf(string name)
    {
        string exact = IsName(name)
            ? Path.Combine(folder, name + Extension)
            : throw new InvalidRequestException($"'{name}' cannot be a profile name: {NameRule}");
        return !File.Exists(exact) && Names().FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } kept
            ? Path.Combine(folder, kept + Extension)
            : exact;
    }

    private static byte[] Protect(byte[] bytes) =>
        OperatingSystem.IsWindows() ? ProtectedData.Protect(bytes, null, DataProtectionScope.CurrentUser) : bytes;

    private static byte[] Unprotect(byte[] bytes) =>
        OperatingSystem.IsWindows() ? ProtectedData.Unprotect(bytes, null, DataProtectionScope.CurrentUser) : bytes;
}
