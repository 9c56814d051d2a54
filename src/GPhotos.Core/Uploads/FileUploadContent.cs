using System.Buffers;
using System.Net;
using System.Security.Cryptography;

namespace GPhotos.Core.Uploads;

/// <summary>
/// A file as a request body: opened anew for each try, streamed, hashed on the way. A file that changes its length meanwhile is
/// noticed, since the bytes would not be those that were looked at.
/// </summary>
internal sealed class FileUploadContent(MediaFile file) : HttpContent
{
    private const int BufferSize = 128 * 1024;

    /// <summary>SHA-256 of what the last try sent, in lower-case hex.</summary>
    public string? Sha256 { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            FileStream source = Local(() => new FileStream(
                file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan));
            await using (source.ConfigureAwait(false))
            {
                long left = file.Length;
                while (left > 0)
                {
                    int read = Local(() => source.Read(buffer, 0, (int)Math.Min(buffer.Length, left)));
                    if (read == 0)
                    {
                        throw Changed();
                    }

                    hash.AppendData(buffer, 0, read);
                    await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                    left -= read;
                }

                if (Local(() => source.Length) != file.Length)
                {
                    throw Changed();
                }
            }

            Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = file.Length;
        return true;
    }

    // A fault of the disk must not look like one of the network: that one would be tried again.
    private T Local<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileReadFailedException($"'{file.Path}' cannot be read: {e.Message}", file.Path, e);
        }
    }

    private FileReadFailedException Changed() => new($"'{file.Path}' changed while it was sent.", file.Path);
}
