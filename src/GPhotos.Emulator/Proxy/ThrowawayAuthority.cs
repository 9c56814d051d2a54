using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GPhotos.Emulator.Proxy;

/// <summary>A certificate authority that lives as long as the process: only who is handed its certificate believes it.</summary>
internal static class ThrowawayAuthority
{
    /// <summary>Makes an authority and a server certificate of it.</summary>
    /// <returns>The server's certificate with its key, and the authority's in PEM.</returns>
    public static (X509Certificate2 Server, string AuthorityPem) Create(IEnumerable<string> hosts)
    {
        DateTimeOffset from = DateTimeOffset.UtcNow.AddMinutes(-5);
        DateTimeOffset to = from.AddDays(1);

        using RSA authorityKey = RSA.Create(2048);
        CertificateRequest authorityRequest = new("CN=GPhotos emulator throw-away authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using X509Certificate2 authority = authorityRequest.CreateSelfSigned(from, to);

        using RSA serverKey = RSA.Create(2048);
        CertificateRequest serverRequest = new("CN=googleapis.test", serverKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        foreach (string host in hosts)
        {
            names.AddDnsName(host);
        }

        names.AddIpAddress(IPAddress.Loopback);
        serverRequest.CertificateExtensions.Add(names.Build());
        using X509Certificate2 server = serverRequest.Create(authority, from, to, RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 withKey = server.CopyWithPrivateKey(serverKey);

        // Windows' TLS takes no key that lives in memory alone; a round trip through PKCS #12 gives it one it takes.
        return (X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null), authority.ExportCertificatePem());
    }
}
