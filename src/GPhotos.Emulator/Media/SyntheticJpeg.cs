namespace GPhotos.Emulator.Media;

/// <summary>A tiny JPEG encoder for pictures of plain 8x8 blocks: a wash of colour, different for each seed.</summary>
internal static class SyntheticJpeg
{
    public const int Width = 320;
    public const int Height = 240;

    private const int Across = Width / 8;
    private const int Down = Height / 8;

    // Start of frame (three components, no subsampling), the standard luminance DC table, an AC table that only knows
    // "end of block", and start of scan. Quantising by 8 makes a step of DC one grey level.
    private static readonly byte[] Head =
    [
        0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)8, 64),
        0xFF, 0xC0, 0, 17, 8, Height >> 8, Height & 255, Width >> 8, Width & 255, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0,
        0xFF, 0xC4, 0, 31, 0, 0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
        0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0,
    ];

    /// <summary>The picture, with a segment of the caller's behind its EXIF.</summary>
    public static byte[] Make(ulong seed, DateTime captured, params ReadOnlySpan<byte> segment)
    {
        using MemoryStream jpeg = new(4096);
        jpeg.Write([0xFF, 0xD8]);
        jpeg.Write(ExifSegment.For(captured, seed));
        jpeg.Write(segment);
        jpeg.Write([0xFF, 0xFE, 0, 10, .. BitConverter.GetBytes(seed)]);
        jpeg.Write(Head);
        Scan(jpeg, seed);
        jpeg.Write([0xFF, 0xD9]);
        return jpeg.ToArray();
    }

    private static void Scan(MemoryStream jpeg, ulong seed)
    {
        BitWriter bits = new(jpeg);
        Span<int> last = stackalloc int[3];
        int blue = (int)(seed % 160) - 80;
        int red = (int)((seed >> 8) % 160) - 80;
        for (int row = 0; row < Down; row++)
        {
            for (int column = 0; column < Across; column++)
            {
                // Bands and not a fine gradient: unchanged blocks take three bits each.
                ReadOnlySpan<int> levels = [(row / 3 * 8) - 40, blue + (column / 8 * 6), red - (column / 8 * 6)];
                for (int component = 0; component < 3; component++)
                {
                    bits.WriteBlock(levels[component] - last[component]);
                    last[component] = levels[component];
                }
            }
        }

        bits.Finish();
    }

    /// <summary>Writes Huffman codes, with a zero after every 0xFF as JPEG wants it.</summary>
    private ref struct BitWriter(MemoryStream output)
    {
        private uint _bits;
        private int _count;

        /// <summary>One block: the step of its level from the last, and the end of the block.</summary>
        public void WriteBlock(int step)
        {
            int size = 32 - int.LeadingZeroCount(Math.Abs(step));

            // The standard table: size 0 is 00, sizes 1 to 5 are 010 to 110, then one more leading 1 for each.
            (uint code, int length) = size switch
            {
                0 => (0u, 2),
                <= 5 => ((uint)size + 1, 3),
                _ => ((1u << (size - 2)) - 2, size - 2),
            };
            Write(code, length);
            Write((uint)(step < 0 ? step + (1 << size) - 1 : step), size);
            Write(0, 1);
        }

        public void Finish() => Write(0x7F, 7);

        private void Write(uint value, int length)
        {
            _bits = (_bits << length) | value;
            _count += length;
            while (_count >= 8)
            {
                _count -= 8;
                byte full = (byte)(_bits >> _count);
                output.WriteByte(full);
                if (full == 0xFF)
                {
                    output.WriteByte(0);
                }
            }
        }
    }
}
