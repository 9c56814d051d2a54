using System.Security.Cryptography;
using GPhotos.Core.Journal;

namespace GPhotos.Core.Uploads;

/// <summary>What reading a source once told: who it is, and the SHA-1 that Google can check on arrival, where it was asked for.</summary>
internal sealed record ContentDigest(ContentIdentity Identity, string? Sha1)
{
    private const int BufferSize = 256 * 1024;

    /// <summary>Reads the source from its beginning to its end.</summary>
    /// <exception cref="FileReadFailedException">It cannot be read, or changes meanwhile.</exception>
    public static async Task<ContentDigest> OfAsync(UploadSource source, bool withSha1, CancellationToken cancellationToken)
    {
        using IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
#pragma warning disable CA5350 // Not for secrecy: SHA-1 is what X-Goog-Hash carries.
        using IncrementalHash? sha1 = withSha1 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA1) : null;
#pragma warning restore CA5350
        byte[] buffer = new byte[(int)Math.Min(BufferSize, source.Length)];
        long length = 0;
        Stream stream = await source.OpenAsync(0, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            int read;
            while ((read = await source.ReadAsync(stream, buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                sha256.AppendData(buffer, 0, read);
                sha1?.AppendData(buffer, 0, read);
                length += read;
            }
        }

        source.ThrowIfChanged();
        return length == source.Length
            ? new ContentDigest(
                new ContentIdentity(Convert.ToHexStringLower(sha256.GetHashAndReset()), length),
                sha1 is null ? null : Convert.ToBase64String(sha1.GetHashAndReset()))
            : throw source.Changed();
    }
}
