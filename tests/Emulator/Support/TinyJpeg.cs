using System.Buffers.Binary;
using System.Text;

namespace GPhotos.Tests.Emulator.Support;

/// <summary>Builds JPEGs of a few hundred bytes, with EXIF as a camera would write it.</summary>
internal static class TinyJpeg
{
    public const string Software = "last of the first directory";

    public static byte[] Make(string? taken = "2013:07:26 10:11:12", string? offset = null, string seed = "", bool gps = true)
    {
        List<byte> jpeg = [0xFF, 0xD8];
        if (taken is not null)
        {
            Segment(jpeg, 0xE1, [.. "Exif\0\0"u8, .. Tiff(taken, offset, gps)]);
        }

        Segment(jpeg, 0xFE, Encoding.UTF8.GetBytes("seed " + seed));
        Segment(jpeg, 0xC0, [8, 0, 48, 0, 64, 1, 1, 0x11, 0]);
        Segment(jpeg, 0xDA, [1, 1, 0, 0, 63, 0]);
        jpeg.AddRange([0x12, 0x34, 0xFF, 0xD9]);
        return [.. jpeg];
    }

    private static void Segment(List<byte> jpeg, byte marker, byte[] content)
    {
        jpeg.AddRange([0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2)]);
        jpeg.AddRange(content);
    }

    private static byte[] Tiff(string taken, string? offset, bool gps)
    {
        byte[] tiff = new byte[1024];
        "II*\0"u8.CopyTo(tiff);
        BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(4), 8);
        int free = 500;
        List<(int, int, byte[])> main = [(0x010F, 2, Ascii("Acme")), (0x8769, 4, Int32(100))];
        if (gps)
        {
            main.Add((0x8825, 4, Int32(300)));
        }

        main.Add((0xC614, 2, Ascii(Software)));
        Directory(tiff, 8, ref free, main);
        List<(int, int, byte[])> shot =
        [
            (0x829A, 5, Rational(1, 125)), (0x829D, 5, Rational(28, 10)), (0x8827, 3, Int32(200)), (0x9003, 2, Ascii(taken)),
        ];
        if (offset is not null)
        {
            shot.Add((0x9011, 2, Ascii(offset)));
        }

        shot.Add((0x920A, 5, Rational(35, 1)));
        Directory(tiff, 100, ref free, shot);
        Directory(tiff, 300, ref free, [(1, 2, Ascii("N")), (2, 5, [.. Rational(47, 1), .. Rational(22, 1), .. Rational(777, 1)])]);
        return tiff;
    }

    private static void Directory(byte[] tiff, int at, ref int free, List<(int Tag, int Type, byte[] Value)> entries)
    {
        BinaryPrimitives.WriteInt16LittleEndian(tiff.AsSpan(at), (short)entries.Count);
        at += 2;
        foreach ((int tag, int type, byte[] value) in entries)
        {
            int count = type switch { 2 => value.Length, 5 => value.Length / 8, _ => 1 };
            BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(at), (ushort)tag);
            BinaryPrimitives.WriteInt16LittleEndian(tiff.AsSpan(at + 2), (short)type);
            BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(at + 4), count);
            if (value.Length <= 4)
            {
                value.CopyTo(tiff, at + 8);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(at + 8), free);
                value.CopyTo(tiff, free);
                free += value.Length + (value.Length & 1);
            }

            at += 12;
        }
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text + "\0");

    private static byte[] Int32(int value) => BitConverter.GetBytes(value);

    private static byte[] Rational(int over, int under) => [.. Int32(over), .. Int32(under)];
}
