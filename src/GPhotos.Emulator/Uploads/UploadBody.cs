using System.Security.Cryptography;
using GPhotos.Emulator.Media;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.Uploads;

/// <summary>Reads an upload as it streams in, hashing on the way.</summary>
internal static class UploadBody
{
    private const int FirstGuess = 256 * 1024;

    public static async Task<(StoredContent Content, byte[] Sha1)> ReadAsync(HttpRequest request, CancellationToken aborted)
    {
        using IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using IncrementalHash sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        byte[] bytes = new byte[request.ContentLength is > 0 and long told ? told : FirstGuess];
        int length = 0;
        while (true)
        {
            if (length == bytes.Length && request.ContentLength is null)
            {
                Array.Resize(ref bytes, checked(bytes.Length * 2));
            }

            int read = length == bytes.Length ? 0 : await request.Body.ReadAsync(bytes.AsMemory(length), aborted);
            if (read == 0)
            {
                break;
            }

            sha256.AppendData(bytes, length, read);
            sha1.AppendData(bytes, length, read);
            length += read;
        }

        StoredContent content = new(bytes.AsMemory(0, length), Convert.ToHexStringLower(sha256.GetHashAndReset()));
        return (content, sha1.GetHashAndReset());
    }
}
