using System.Globalization;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>
/// The Content-Range of a call to an upload session: which bytes of the object it brings, or a question how many have arrived.
/// </summary>
/// <param name="First">The first byte; 0 where no header tells.</param>
/// <param name="Last">The last byte; null for the end of the body.</param>
/// <param name="Total">The size of the object; null while the client does not know it.</param>
/// <param name="IsQuery">Brings nothing: <c>bytes */N</c> or <c>bytes */*</c>.</param>
internal readonly record struct ContentRange(long First, long? Last, long? Total, bool IsQuery)
{
    /// <summary>Whether the object ends with the bytes of this call.</summary>
    public bool EndsObject => !IsQuery && (Last is null || Last + 1 == Total);

    /// <summary>Reads the header; a body without one is the whole object.</summary>
    /// <param name="header">The value; null or empty when there is none.</param>
    /// <param name="contentLength">The length of the body, where it is told.</param>
    public static ContentRange Read(string? header, long? contentLength)
    {
        if (string.IsNullOrEmpty(header))
        {
            return new ContentRange(0, contentLength > 0 ? contentLength - 1 : null, contentLength, IsQuery: false);
        }

        string[] parts = header.StartsWith("bytes ", StringComparison.OrdinalIgnoreCase) ? header[6..].Split('/') : [];
        if (parts is not [string span, string size])
        {
            throw Refuse(header);
        }

        long? total = size == "*" ? null : Number(size, header);
        if (span == "*")
        {
            return new ContentRange(0, null, total, IsQuery: true);
        }

        string[] ends = span.Split('-');
        if (ends.Length != 2)
        {
            throw Refuse(header);
        }

        ContentRange range = new(Number(ends[0], header), Number(ends[1], header), total, IsQuery: false);
        return range.Last < range.First || range.Last >= total ? throw Refuse(header) : range;
    }

    private static long Number(string text, string header) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw Refuse(header);

    private static Wire.GoogleError Refuse(string header) => StorageErrors.Invalid($"Failed to parse Content-Range header: {header}");
}
