using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace GPhotos.Emulator.OAuth;

/// <summary>Proof Key for Code Exchange (<see href="https://www.rfc-editor.org/rfc/rfc7636">RFC 7636</see>).</summary>
internal static class Pkce
{
    private const int DigestLength = 43;

    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    public static bool IsMethod(string method) => method is "S256" or "plain";

    /// <summary>Whether a challenge can be one of the method's: its length and alphabet.</summary>
    public static bool IsChallenge(string challenge, string method) =>
        method == "S256" ? challenge.Length == DigestLength && Base64Url.IsValid(challenge) : IsVerifier(challenge);

    /// <summary>Whether the verifier is one, and is that which the challenge was made from.</summary>
    public static bool Proves(string verifier, string challenge, string? method) => IsVerifier(verifier)
        && challenge == (method == "S256" ? Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) : verifier);

    private static bool IsVerifier(string text) => text.Length is >= 43 and <= 128 && !text.AsSpan().ContainsAnyExcept(Unreserved);
}
