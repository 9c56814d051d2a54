using System.Security;
using System.Security.Cryptography;
using System.Text.Json;

namespace GPhotos.Core.Profiles;

/// <summary>A profile to and from the bytes of an exported file: JSON that says what it is, with the profile in it encrypted by a passphrase.</summary>
/// <remarks>
/// The key is made with PBKDF2-HMAC-SHA256 (RFC 8018) and a random salt; the profile, as JSON, is encrypted with AES-256-GCM (NIST SP 800-38D) and a random
/// nonce. The head (format, version, kdf, iterations, salt, cipher) is authenticated with it.
/// </remarks>
public static class ProfileEnvelope
{
    /// <summary>How large a file may be, in bytes. One of Google's is about 1 KB.</summary>
    public const int MaximumLength = 64 * 1024;

    /// <summary>
    /// How often the hash is repeated in what is written, and the least that is read: what OWASP's Password Storage Cheat Sheet asks for since 2023.
    /// </summary>
    public const int Iterations = 600_000;

    /// <summary>The most that is read, so that a hostile file takes seconds at worst.</summary>
    public const int MaximumIterations = 10_000_000;

    private const string Format = "GPhotos profile";
    private const int Version = 1;
    private const string Kdf = "PBKDF2-HMAC-SHA256";
    private const string Cipher = "AES-256-GCM";
    private const int SaltLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Encrypts a profile, but for the name of its vault. No two times with the same salt or nonce.</summary>
    /// <exception cref="InvalidRequestException">The passphrase is empty or not text, or the profile too large for a file.</exception>
    public static byte[] Seal(Profile profile, SecureString passphrase)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(passphrase);
        return Seal(profile, head => PassphraseKey.Derive(passphrase, head.Salt, head.Iterations));
    }

    /// <summary>Decrypts a profile.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="passphrase">That with which it was made.</param>
    /// <param name="path">The file's name in what is said of it.</param>
    /// <exception cref="PassphraseWrongException">The passphrase is another, or the file was changed.</exception>
    /// <exception cref="ProfileExportInvalidException">It is no exported profile, or of a version not known here.</exception>
    /// <exception cref="InvalidRequestException">The passphrase is empty or not text.</exception>
    public static Profile Open(ReadOnlySpan<byte> file, SecureString passphrase, string path)
    {
        ArgumentNullException.ThrowIfNull(passphrase);
        return Open(file, head => PassphraseKey.Derive(passphrase, head.Salt, head.Iterations), path);
    }

    internal static byte[] Seal(Profile profile, Func<WireEnvelope, byte[]> makeKey)
    {
        WireEnvelope head = new()
        {
            Format = Format,
            Version = Version,
            Kdf = Kdf,
            Iterations = Iterations,
            Salt = RandomNumberGenerator.GetBytes(SaltLength),
            Cipher = Cipher,
        };
        byte[] key = makeKey(head);
        // A vault is this machine's. Its name means nothing elsewhere.
        byte[] plaintext = JsonSerializer.SerializeToUtf8Bytes(profile with { Vault = null }, EnvelopeJson.Compact.Profile);
        try
        {
            byte[] nonce = RandomNumberGenerator.GetBytes(NonceLength);
            byte[] tag = new byte[TagLength];
            byte[] ciphertext = new byte[plaintext.Length];
            using AesGcm cipher = new(key, TagLength);
            cipher.Encrypt(nonce, plaintext, ciphertext, tag, head.ToAssociatedData());
            byte[] file = (head with { Nonce = nonce, Tag = tag, Ciphertext = ciphertext }).ToFile();
            return file.Length <= MaximumLength
                ? file
                : throw new InvalidRequestException($"The profile '{profile.Name}' is too large to be exported: {file.Length} bytes, of {MaximumLength} at most.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    internal static Profile Open(ReadOnlySpan<byte> file, Func<WireEnvelope, byte[]> makeKey, string path)
    {
        WireEnvelope envelope = Read(file, path);
        byte[] key = makeKey(envelope);
        byte[] plaintext = GC.AllocateUninitializedArray<byte>(envelope.Ciphertext!.Length, pinned: true);
        try
        {
            using AesGcm cipher = new(key, TagLength);
            cipher.Decrypt(envelope.Nonce!, envelope.Ciphertext, envelope.Tag!, plaintext, envelope.ToAssociatedData());
            return ProfileOf(plaintext, path);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new PassphraseWrongException($"'{path}' cannot be opened: the passphrase is wrong, or the file was changed since it was exported.", path, e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    private static WireEnvelope Read(ReadOnlySpan<byte> file, string path)
    {
        if (file.Length > MaximumLength)
        {
            throw NoExport(path);
        }

        byte[] text = AsWritten(file);
        WireEnvelope envelope;
        try
        {
            CheckVersion(text, path);
            envelope = JsonSerializer.Deserialize(text, EnvelopeJson.File.WireEnvelope)!;
        }
        catch (JsonException e)
        {
            throw NoExport(path, e);
        }

        if (envelope is not { Kdf: Kdf, Cipher: Cipher, Salt.Length: SaltLength, Nonce.Length: NonceLength, Tag.Length: TagLength, Ciphertext: not null })
        {
            throw NoExport(path);
        }

        if (envelope.Iterations is < Iterations or > MaximumIterations)
        {
            throw new ProfileExportInvalidException(
                $"'{path}' asks for {envelope.Iterations} iterations of {Kdf}; GPhotos reads from {Iterations} to {MaximumIterations}. "
                + "It was changed, or not made by GPhotos.",
                path);
        }

        // One form alone: white space, order, what stands twice and the spare bits of Base64 leave no room for changes that nobody authenticates.
        return envelope.ToFile().AsSpan().SequenceEqual(text)
            ? envelope
            : throw new ProfileExportInvalidException($"'{path}' was changed since it was exported: it is not in the form that GPhotos writes.", path);
    }

    // First of all: a newer version may look different in everything else.
    private static void CheckVersion(byte[] text, string path)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        if (json.RootElement.ValueKind != JsonValueKind.Object
            || !json.RootElement.TryGetProperty("format", out JsonElement format) || format.ValueKind != JsonValueKind.String || !format.ValueEquals(Format)
            || !json.RootElement.TryGetProperty("version", out JsonElement number) || number.ValueKind != JsonValueKind.Number
            || !number.TryGetInt32(out int version) || version < Version)
        {
            throw NoExport(path);
        }

        if (version > Version)
        {
            throw new ProfileExportInvalidException(
                $"'{path}' was written by a newer GPhotos: its format has version {version}, and this GPhotos reads version {Version}. Update the module here.",
                path);
        }
    }

    // What mail and editors do to a text on its way is not held against it: a byte order mark, line ends of Windows, more line ends after the last.
    private static byte[] AsWritten(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        List<byte> text = new(file.Length);
        file = file.StartsWith(mark) ? file[mark.Length..] : file;
        file = file.TrimEnd("\r\n"u8);
        for (int i = 0; i < file.Length; i++)
        {
            if (file[i] != '\r' || i + 1 == file.Length || file[i + 1] != '\n')
            {
                text.Add(file[i]);
            }
        }

        return [.. text];
    }

    // Whoever knew the passphrase wrote this; it is looked at all the same before it is kept.
    private static Profile ProfileOf(byte[] plaintext, string path)
    {
        try
        {
            Profile profile = JsonSerializer.Deserialize(plaintext, EnvelopeJson.Compact.Profile) ?? throw NoExport(path);
            return profile is { ClientId.Length: > 0, ClientSecret.Length: > 0, RefreshToken.Length: > 0 }
                && ProfileStore.IsName(profile.Name) && GPhotosEndpoints.At(profile.Endpoint).Root == profile.Endpoint
                ? profile with { Vault = null }
                : throw NoExport(path);
        }
        catch (Exception e) when (e is JsonException or InvalidRequestException)
        {
            // Not as the cause: its words may show what could not be read.
            throw NoExport(path);
        }
    }

    private static ProfileExportInvalidException NoExport(string path, Exception? cause = null) =>
        new($"'{path}' is no exported profile of GPhotos, or not the whole of one.", path, cause);
}
