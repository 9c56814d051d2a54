namespace GPhotos.Emulator.Media;

/// <summary>A video as "=dv" gives it: an MP4, whatever was uploaded.</summary>
internal static class Mp4Transcode
{
    private const int BrandAt = 8;
    private const int CompatibleAt = 16;

    // A box that players skip. What stands before it keeps its place, as the index of a video needs it to.
    private static readonly byte[] Tail = [0, 0, 0, 36, .. "free"u8, .. "transcoded by the emulator\0\0"u8];

    public static IReadOnlyList<ByteSlice> Of(ByteSlice original)
    {
        byte[] head = original.Peek(0, CompatibleAt + 4);
        if (head.Length < CompatibleAt + 4 || !head.AsSpan(4).StartsWith("ftyp"u8))
        {
            // There is no reader of other containers here; their bytes are carried as the MP4's media.
            return [ByteSlice.Of(SyntheticBytes.Mp4Head), ByteSlice.Of(SyntheticBytes.MediaBoxToTheEnd), original];
        }

        "mp42"u8.CopyTo(head.AsSpan(BrandAt));
        if (head[3] > CompatibleAt)
        {
            "isom"u8.CopyTo(head.AsSpan(CompatibleAt));
        }

        return [ByteSlice.Of(head), original.From(head.Length), ByteSlice.Of(Tail)];
    }
}
