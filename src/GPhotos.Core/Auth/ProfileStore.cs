using System.Security.Cryptography;
using System.Text.Json;
using GPhotos.Core.Data;

namespace GPhotos.Core.Auth;

/// <summary>
/// Profiles on disk, one file each, readable by their owner only: mode 0600 in a folder of mode 0700, and encrypted for the user
/// (DPAPI) on Windows.
/// </summary>
public sealed class ProfileStore(string folder)
{
    private const string Extension = ".profile.json";

    /// <summary>The store in the user's folder.</summary>
    public static ProfileStore ForUser => new(UserFolder.Path);

    /// <summary>The names of the profiles that are kept.</summary>
    public IReadOnlyList<string> Names() =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*" + Extension).Select(f => Path.GetFileName(f)[..^Extension.Length]).Order(StringComparer.OrdinalIgnoreCase)]
            : [];

    /// <summary>The profile, or null when there is none of that name.</summary>
    /// <exception cref="FileReadFailedException">The file is there but cannot be read.</exception>
    public Profile? Load(string name)
    {
        string path = PathOf(name);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(Unprotect(File.ReadAllBytes(path)), ProfileJsonContext.Default.Profile)
                    ?? throw new JsonException("It holds no profile.")
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or CryptographicException)
        {
            throw new FileReadFailedException($"The profile '{name}' cannot be read from '{path}': {e.Message}", path, e);
        }
    }

    /// <summary>Keeps the profile, whole or not at all.</summary>
    /// <exception cref="FileWriteFailedException">The file cannot be written.</exception>
    public void Save(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        string path = PathOf(profile.Name);
        string partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            UserFolder.CreatePrivate(folder);
            using (FileStream stream = new(partial, UserFolder.PrivateFile(FileMode.CreateNew, FileAccess.Write)))
            {
                stream.Write(Protect(JsonSerializer.SerializeToUtf8Bytes(profile, ProfileJsonContext.Default.Profile)));
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            DeleteIfThere(partial);
            throw new FileWriteFailedException($"The profile '{profile.Name}' cannot be kept in '{path}': {e.Message}", path, e);
        }
    }

    /// <summary>Forgets the profile. Whether there was one.</summary>
    /// <exception cref="FileWriteFailedException">The file cannot be removed.</exception>
    public bool Remove(string name)
    {
        string path = PathOf(name);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteFailedException($"The profile '{name}' cannot be removed from '{path}': {e.Message}", path, e);
        }
    }

    // File.Delete forgives a missing file, but not a missing folder.
    private static void DeleteIfThere(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private string PathOf(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && !name.StartsWith('.')
            ? Path.Combine(folder, name + Extension)
            : throw new InvalidRequestException($"'{name}' cannot be a profile name: use letters, digits, '-', '_' and '.', 64 at most.");

    private static byte[] Protect(byte[] bytes) =>
        OperatingSystem.IsWindows() ? ProtectedData.Protect(bytes, null, DataProtectionScope.CurrentUser) : bytes;

    private static byte[] Unprotect(byte[] bytes) =>
        OperatingSystem.IsWindows() ? ProtectedData.Unprotect(bytes, null, DataProtectionScope.CurrentUser) : bytes;
}
