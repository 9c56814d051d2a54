using System.Globalization;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Media;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>The bytes of an object, or one range of them.</summary>
internal static class ObjectDownload
{
    private static readonly Dictionary<string, string> HeaderOf = new(StringComparer.Ordinal)
    {
        ["cacheControl"] = "Cache-Control",
        ["contentDisposition"] = "Content-Disposition",
        ["contentEncoding"] = "Content-Encoding",
        ["contentLanguage"] = "Content-Language",
    };

    public static Reply Answer(Exchange exchange, StoredObject stored)
    {
        if (!stored.Content.TryHold())
        {
            throw StorageErrors.NoSuchObject(stored.Bucket, stored.Name);
        }

        ByteSlice whole = stored.Content.Open();
        List<KeyValuePair<string, string>> headers = [.. Headers(stored)];
        ByteRange? range = ByteRange.Read(exchange.Request.Headers.Range, whole.Length);
        if (range is not ByteRange asked)
        {
            return new Reply { ContentType = ContentType(stored), Headers = headers, Body = [whole], Lease = stored.Content };
        }

        if (asked.Length == 0)
        {
            stored.Content.Dispose();
            throw StorageErrors.RangeNotSatisfiable();
        }

        headers.Add(new("Content-Range", string.Create(
            CultureInfo.InvariantCulture, $"bytes {asked.Start}-{asked.Start + asked.Length - 1}/{whole.Length}")));
        return new Reply
        {
            Status = 206,
            ContentType = ContentType(stored),
            Headers = headers,
            Body = [whole.Slice(asked.Start, asked.Length)],
            Lease = stored.Content,
        };
    }

    private static string ContentType(StoredObject stored) => stored.Metadata.ContentType ?? "application/octet-stream";

    private static IEnumerable<KeyValuePair<string, string>> Headers(StoredObject stored)
    {
        yield return new("ETag", stored.ETag);
        yield return new("Last-Modified", stored.Updated.ToString("R", CultureInfo.InvariantCulture));
        yield return new("X-Goog-Generation", stored.Generation.ToString(CultureInfo.InvariantCulture));
        yield return new("X-Goog-Metageneration", stored.Metageneration.ToString(CultureInfo.InvariantCulture));
        yield return new("X-Goog-Hash", $"crc32c={stored.Crc32C},md5={stored.Md5Hash}");
        yield return new("X-Goog-Storage-Class", stored.StorageClass);
        yield return new("X-Goog-Stored-Content-Length", stored.Size.ToString(CultureInfo.InvariantCulture));
        yield return new("X-Goog-Stored-Content-Encoding", stored.Metadata.Fields.GetValueOrDefault("contentEncoding", "identity"));
        foreach ((string field, string value) in stored.Metadata.Fields)
        {
            if (HeaderOf.TryGetValue(field, out string? header))
            {
                yield return new(header, value);
            }
        }
    }
}
