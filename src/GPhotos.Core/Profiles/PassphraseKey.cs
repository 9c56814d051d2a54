using System.Globalization;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace GPhotos.Core.Profiles;

/// <summary>The key of a passphrase: PBKDF2 with HMAC-SHA256 (RFC 8018, section 5.2).</summary>
internal static class PassphraseKey
{
    /// <summary>How long it is, in bytes: that of AES-256.</summary>
    public const int Length = 32;

    /// <summary>Makes the key. Who gets it zeroes it.</summary>
    /// <remarks>
    /// The passphrase is prepared as RFC 8265 (section 4.2.2, OpaqueString) has it: every kind of space is a space, and characters are composed (NFC).
    /// So it does not matter on which keyboard, or under which system, the same passphrase is typed.
    /// </remarks>
    /// <exception cref="InvalidRequestException">The passphrase is empty, or not text.</exception>
    public static byte[] Derive(SecureString passphrase, ReadOnlySpan<byte> salt, int iterations)
    {
        byte[] bytes = Prepare(passphrase);
        try
        {
            return Rfc2898DeriveBytes.Pbkdf2(bytes, salt, iterations, HashAlgorithmName.SHA256, Length);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>The bytes that stand for a passphrase. Who gets them zeroes them.</summary>
    /// <exception cref="InvalidRequestException">The passphrase is empty, or not text.</exception>
    internal static byte[] Prepare(SecureString passphrase)
    {
        if (passphrase.Length == 0)
        {
            throw new InvalidRequestException("The passphrase is empty: it must have one character at least.");
        }

        char[] plain = Buffer<char>(passphrase.Length);
        char[] composed = [];
        nint copy = Marshal.SecureStringToGlobalAllocUnicode(passphrase);
        try
        {
            Marshal.Copy(copy, plain, 0, plain.Length);
            foreach (ref char c in plain.AsSpan())
            {
                c = CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator ? ' ' : c;
            }

            composed = Buffer<char>(((ReadOnlySpan<char>)plain).GetNormalizedLength());
            if (!((ReadOnlySpan<char>)plain).TryNormalize(composed, out int length))
            {
                throw new CryptographicException("The passphrase cannot be normalized.");
            }

            UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            byte[] bytes = Buffer<byte>(strict.GetByteCount(composed, 0, length));
            strict.GetBytes(composed, 0, length, bytes, 0);
            return bytes;
        }
        catch (ArgumentException)
        {
            // Not as the cause: its words may show what could not be encoded.
            throw new InvalidRequestException("The passphrase is not text: it holds half of a character (a lone surrogate).");
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(copy);
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(plain.AsSpan()));
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(composed.AsSpan()));
        }
    }

    // Pinned: the collector would leave copies behind that nobody zeroes.
    private static T[] Buffer<T>(int length) => GC.AllocateUninitializedArray<T>(length, pinned: true);
}
