using System.Buffers;
using System.Globalization;
using GPhotos.Emulator.Admin;
using GPhotos.Emulator.Uploads;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>Takes the body of a chunk in.</summary>
internal static class ChunkBody
{
    /// <summary>
    /// Takes a body in by whole granules: should the line break, what is left is the bytes that arrived, rounded down. What has arrived
    /// before is passed over.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="content">Where the bytes go.</param>
    /// <param name="range">Which bytes they are.</param>
    /// <param name="statistics">Where they are counted.</param>
    /// <param name="stop">Ends it, as a broken line does.</param>
    public static async Task TakeAsync(
        Stream body, ObjectContent content, ContentRange range, CallStatistics statistics, CancellationToken stop)
    {
        long skip = content.Length - range.First;
        long? length = range.Last - range.First + 1;
        byte[] granule = ArrayPool<byte>.Shared.Rent(UploadBody.Granularity);
        try
        {
            long taken = 0;
            for (int filled = 0; ;)
            {
                int read = await body.ReadAsync(granule.AsMemory(filled, UploadBody.Granularity - filled), stop);
                statistics.AddUploaded(read);
                taken += read;
                if (taken > length || (read == 0 && length is not null && taken < length))
                {
                    throw StorageErrors.Invalid(string.Create(
                        CultureInfo.InvariantCulture, $"The body does not have the {length} bytes of its Content-Range."));
                }

                int passedOver = (int)Math.Min(skip, read);
                skip -= passedOver;
                granule.AsSpan(filled + passedOver, read - passedOver).CopyTo(granule.AsSpan(filled));
                filled += read - passedOver;
                if (filled == UploadBody.Granularity || read == 0)
                {
                    content.Append(granule.AsSpan(0, filled));
                    filled = 0;
                }

                if (read == 0)
                {
                    return;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(granule);
        }
    }
}
