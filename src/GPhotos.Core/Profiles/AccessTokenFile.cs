using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GPhotos.Core.Data;
using GPhotos.Core.Destinations;

namespace GPhotos.Core.Profiles;

/// <summary>
/// The access token of a profile on disk, so that processes share one. It is encrypted with a key made from the refresh token: who can read
/// it could make one anyway, and one of another sign-in is not taken for this one's.
/// </summary>
/// <remarks>It only saves a call. What cannot be read is none, and what cannot be written is not kept.</remarks>
internal sealed class AccessTokenFile(string folder, string profileName)
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeadLength = 1 + NonceLength + TagLength;
    private const int LongestFile = 65536;

    private readonly string _path = Path.Combine(folder, profileName + ".token");

    /// <summary>One renewal at a time among the processes of this user.</summary>
    public MachineLock Lock => new(folder, "access token " + profileName);

    /// <summary>The token that was kept last, or null.</summary>
    public AccessGrant? Read(string refreshToken)
    {
        try
        {
            if (!File.Exists(_path) || new FileInfo(_path).Length is <= HeadLength or > LongestFile)
            {
                return null;
            }

            byte[] file = File.ReadAllBytes(_path);
            if (file.Length <= HeadLength || file[0] != Version)
            {
                return null;
            }

            byte[] text = new byte[file.Length - HeadLength];
            using AesGcm cipher = CipherOf(refreshToken);
            cipher.Decrypt(file.AsSpan(1, NonceLength), file.AsSpan(HeadLength), file.AsSpan(1 + NonceLength, TagLength), text);
            return JsonSerializer.Deserialize(text, ProfileJsonContext.Default.AccessGrant);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps a token in place of the one before.</summary>
    public void Write(string refreshToken, AccessGrant grant)
    {
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(grant, ProfileJsonContext.Default.AccessGrant);
        byte[] file = new byte[HeadLength + text.Length];
        file[0] = Version;
        RandomNumberGenerator.Fill(file.AsSpan(1, NonceLength));
        using AesGcm cipher = CipherOf(refreshToken);
        cipher.Encrypt(file.AsSpan(1, NonceLength), text, file.AsSpan(HeadLength), file.AsSpan(1 + NonceLength, TagLength));
        try
        {
            PrivateFile.Write(_path, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ProfileExposedException)
        {
            // The next process renews for itself.
        }
    }

    /// <summary>Forgets it, where that can be done. Without its refresh token nobody can read it.</summary>
    public void Remove() => LocalFolder.TryDelete(_path);

    private static AesGcm CipherOf(string refreshToken) => new(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(refreshToken), 32, info: "GPhotos access token"u8.ToArray()), TagLength);
}
