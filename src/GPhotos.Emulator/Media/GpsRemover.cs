using System.Buffers.Binary;

namespace GPhotos.Emulator.Media;

/// <summary>Takes the GPS directory out of a TIFF structure: its entry, and every byte it held.</summary>
internal static class GpsRemover
{
    private const int GpsTag = 0x8825;
    private const int EntryLength = 12;
    private static readonly byte[] TypeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

    public static void Remove(Span<byte> tiff)
    {
        if (tiff.Length < 8)
        {
            return;
        }

        Numbers numbers = new(tiff.StartsWith("II"u8));
        uint start = numbers.U32(tiff[4..]);
        if (!TryEntries(tiff, numbers, start, out int count))
        {
            return;
        }

        int first = (int)start + 2;
        for (int index = 0; index < count; index++)
        {
            Span<byte> entry = tiff[(first + (index * EntryLength))..];
            if (numbers.U16(entry) != GpsTag)
            {
                continue;
            }

            Blank(tiff, numbers, numbers.U32(entry[8..]));

            // The entries behind close the gap, and so does the link to the next directory.
            int tail = ((count - index - 1) * EntryLength) + 4;
            entry.Slice(EntryLength, Math.Min(tail, entry.Length - EntryLength)).CopyTo(entry);
            numbers.Write(tiff[(int)start..], (ushort)(count - 1));
            return;
        }
    }

    private static void Blank(Span<byte> tiff, Numbers numbers, uint start)
    {
        if (!TryEntries(tiff, numbers, start, out int count))
        {
            return;
        }

        for (int index = 0; index < count; index++)
        {
            Span<byte> entry = tiff[((int)start + 2 + (index * EntryLength))..];
            int type = numbers.U16(entry[2..]);
            long size = type < TypeSizes.Length ? numbers.U32(entry[4..]) * (long)TypeSizes[type] : 0;
            uint at = numbers.U32(entry[8..]);
            if (size > 4 && at + size <= tiff.Length)
            {
                tiff.Slice((int)at, (int)size).Clear();
            }
        }

        tiff.Slice((int)start, 2 + (count * EntryLength)).Clear();
    }

    private static bool TryEntries(ReadOnlySpan<byte> tiff, Numbers numbers, uint start, out int count)
    {
        count = start + 2 <= (uint)tiff.Length ? numbers.U16(tiff[(int)start..]) : 0;
        return count > 0 && start + 2 + (count * (long)EntryLength) <= tiff.Length;
    }

    /// <summary>Numbers in the byte order the file chose.</summary>
    private readonly ref struct Numbers(bool littleEndian)
    {
        private readonly bool _littleEndian = littleEndian;

        public ushort U16(ReadOnlySpan<byte> at) =>
            _littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

        public uint U32(ReadOnlySpan<byte> at) =>
            _littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);

        public void Write(Span<byte> at, ushort value)
        {
            if (_littleEndian)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(at, value);
            }
            else
            {
                BinaryPrimitives.WriteUInt16BigEndian(at, value);
            }
        }
    }
}
