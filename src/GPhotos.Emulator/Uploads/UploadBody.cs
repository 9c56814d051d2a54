using System.Buffers;
using GPhotos.Emulator.Admin;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.Uploads;

/// <summary>Reads the body of an upload as it streams in.</summary>
internal static class UploadBody
{
    /// <summary>Chunks come in multiples of this; Google's example value.</summary>
    public const int Granularity = 262_144;

    /// <summary>
    /// Takes a body in by whole granules: should the connection break, what is left is the bytes that arrived, rounded down. The rest
    /// behind the last whole granule is added when the body has ended as announced and <paramref name="takeRest"/> lets it. More than <paramref name="most"/> is refused.
    /// </summary>
    /// <returns>The length of a rest that was not taken; else 0.</returns>
    public static async Task<int> TakeAsync(
        HttpRequest request,
        IncomingContent content,
        CallStatistics statistics,
        long most,
        Func<int, bool> takeRest,
        CancellationToken stop)
    {
        byte[] granule = ArrayPool<byte>.Shared.Rent(Granularity);
        try
        {
            for (int filled = 0; ;)
            {
                int read = await request.Body.ReadAsync(granule.AsMemory(filled, Granularity - filled), stop);
                statistics.AddUploaded(read);
                filled += read;
                if (read == 0)
                {
                    bool taken = filled == 0 || takeRest(filled);
                    content.Append(taken ? granule.AsSpan(0, filled) : []);
                    return taken ? 0 : filled;
                }

                if (filled == Granularity)
                {
                    if (content.Length + filled > most)
                    {
                        throw UploadErrors.TooMuch(most);
                    }

                    content.Append(granule.AsSpan(0, filled));
                    filled = 0;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(granule);
        }
    }
}
