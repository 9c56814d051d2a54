using GPhotos.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>
/// The hashes that a client says its bytes have, in X-Goog-Hash or in the metadata. An object of other bytes is not made.
/// </summary>
internal sealed record ExpectedHashes(string? Md5, string? Crc32C)
{
    /// <summary>What X-Goog-Hash tells, and where it tells nothing, the metadata.</summary>
    public static ExpectedHashes Read(HttpRequest request, RequestObject metadata) =>
        FromHeader(request).Or(new ExpectedHashes(metadata.String("md5Hash"), metadata.String("crc32c")));

    /// <summary>The values of X-Goog-Hash: pairs with commas or in several headers.</summary>
    public static ExpectedHashes FromHeader(HttpRequest request)
    {
        string? md5 = null;
        string? crc32c = null;
        foreach (string pair in request.Headers["X-Goog-Hash"].ToString().Split(',', StringSplitOptions.TrimEntries))
        {
            // The values end in equals signs of their own.
            string[] parts = pair.Split('=', 2);
            md5 = parts is ["md5", string md5Value] ? md5Value : md5;
            crc32c = parts is ["crc32c", string crc32cValue] ? crc32cValue : crc32c;
        }

        return new ExpectedHashes(md5, crc32c);
    }

    public ExpectedHashes Or(ExpectedHashes other) => new(Md5 ?? other.Md5, Crc32C ?? other.Crc32C);

    public void Check(ObjectContent content)
    {
        Check("MD5 hash", Md5, content.Md5());
        Check("CRC32C", Crc32C, content.Crc32C());
    }

    private static void Check(string kind, string? provided, string calculated)
    {
        if (provided is not null && provided != calculated)
        {
            throw StorageErrors.WrongHash(kind, provided, calculated);
        }
    }
}
