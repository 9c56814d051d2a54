using System.Security;
using System.Security.Cryptography;
using System.Text;
using GPhotos.Core.Profiles;

namespace GPhotos.Tests.Support;

/// <summary>A profile with everything in it, and what its exports need.</summary>
internal static class TestProfile
{
    public const string ClientSecret = "canary-secret";
    public const string RefreshToken = "canary-token";

    public static Profile Named(string name) => new()
    {
        Name = name,
        Endpoint = new Uri("https://photoslibrary.googleapis.com/"),
        ClientId = "123-abc.apps.example",
        ClientSecret = ClientSecret,
        RefreshToken = RefreshToken,
        Scopes = ["photoslibrary.appendonly", "photospicker.mediaitems.readonly"],
        SignedInAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, 890, TimeSpan.Zero),
        SignInEndsAt = new DateTimeOffset(2026, 3, 11, 5, 6, 7, TimeSpan.Zero),
    };

    /// <summary>Holds one profile to another, lists by what is in them.</summary>
    public static void AssertSame(Profile expected, Profile actual)
    {
        Assert.Equal(expected with { Scopes = [] }, actual with { Scopes = [] });
        Assert.Equal(expected.Scopes, actual.Scopes);
    }

    public static SecureString Passphrase(string text)
    {
        SecureString passphrase = new();
        foreach (char c in text)
        {
            passphrase.AppendChar(c);
        }

        passphrase.MakeReadOnly();
        return passphrase;
    }

    /// <summary>A key as good as the real one for a test that needs thousands: another passphrase, salt or number of iterations gives another.</summary>
    public static Func<WireEnvelope, byte[]> QuickKey(string passphrase) =>
        head => SHA256.HashData(Encoding.UTF8.GetBytes($"{passphrase}|{Convert.ToHexString(head.Salt)}|{head.Iterations}"));
}
