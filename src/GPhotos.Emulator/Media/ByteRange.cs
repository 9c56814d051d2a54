using System.Net.Http.Headers;

namespace GPhotos.Emulator.Media;

/// <summary>One range of a body, as a Range header asks for it.</summary>
internal readonly record struct ByteRange(long Start, long Length)
{
    /// <summary>Reads the header. Several ranges at once, other units and nonsense are passed over: the whole body is sent.</summary>
    /// <returns>The range; null for the whole body; a range of no bytes when it lies behind the end.</returns>
    public static ByteRange? Read(string? header, long total)
    {
        if (!RangeHeaderValue.TryParse(header, out RangeHeaderValue? parsed) || parsed.Unit != "bytes" || parsed.Ranges.Count != 1)
        {
            return null;
        }

        RangeItemHeaderValue asked = parsed.Ranges.First();
        long start = asked.From ?? Math.Max(0, total - (asked.To ?? 0));
        long end = asked.From is null ? total - 1 : Math.Min(asked.To ?? long.MaxValue, total - 1);
        return new ByteRange(start, Math.Max(0, end - start + 1));
    }

    /// <summary>The pieces of a body that lie in the range.</summary>
    public IReadOnlyList<ByteSlice> Cut(IReadOnlyList<ByteSlice> pieces)
    {
        List<ByteSlice> cut = [];
        long skip = Start;
        long left = Length;
        foreach (ByteSlice piece in pieces)
        {
            if (skip >= piece.Length)
            {
                skip -= piece.Length;
                continue;
            }

            long length = Math.Min(piece.Length - skip, left);
            cut.Add(piece.Slice(skip, length));
            skip = 0;
            left -= length;
        }

        return cut;
    }
}
