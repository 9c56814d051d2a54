using System.Security.Cryptography;

namespace GPhotos.Emulator.OAuth;

/// <summary>
/// The one service account of the emulator's project. Its key is made when it is first asked for, and lasts as long as the
/// emulator.
/// </summary>
internal sealed class ServiceAccount : IDisposable
{
    public const string Email = "backup@emulator-project.iam.gserviceaccount.example";
    public const string ClientId = "100000000000000000001";

    private readonly Lazy<RSA> _key = new(() => RSA.Create(2048));

    /// <summary>Names the key, as its file and the head of a signed token do.</summary>
    public string KeyId => Convert.ToHexStringLower(SHA256.HashData(_key.Value.ExportSubjectPublicKeyInfo()).AsSpan(0, 20));

    /// <summary>The private key in PKCS #8, as key files have it.</summary>
    public string PrivateKey => _key.Value.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>Whether the account's key made the signature (RS256).</summary>
    public bool HasSigned(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
        _key.Value.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public void Dispose()
    {
        if (_key.IsValueCreated)
        {
            _key.Value.Dispose();
        }
    }
}
