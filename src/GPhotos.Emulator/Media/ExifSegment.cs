using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace GPhotos.Emulator.Media;

/// <summary>A small EXIF segment: camera, capture time and a place, as a phone would write.</summary>
internal static class ExifSegment
{
    public const string Make = "Emulator";
    public const string Model = "Synthetic";

    private const int Rational = 5;
    private const int Ascii = 2;
    private const int Long = 4;

    // Offsets inside the TIFF structure: the directories first, then the values that do not fit into their entries.
    private const int Ifd0 = 8;
    private const int ExifIfd = Ifd0 + 2 + (4 * 12) + 4;
    private const int GpsIfd = ExifIfd + 2 + 12 + 4;
    private const int MakeText = GpsIfd + 2 + (4 * 12) + 4;
    private const int ModelText = MakeText + 10;
    private const int TimeText = ModelText + 10;
    private const int Latitude = TimeText + 20;
    private const int Longitude = Latitude + 24;
    private const int Length = Longitude + 24;

    /// <summary>The APP1 segment, marker and all.</summary>
    public static byte[] For(DateTime captured, ulong seed)
    {
        byte[] segment = new byte[10 + Length];
        segment[0] = 0xFF;
        segment[1] = 0xE1;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(segment.Length - 2));
        "Exif\0\0"u8.CopyTo(segment.AsSpan(4));
        Span<byte> tiff = segment.AsSpan(10);
        "MM\0*\0\0\0\u0008"u8.CopyTo(tiff);
        Directory(tiff, Ifd0, (0x010F, Ascii, Make.Length + 1, MakeText), (0x0110, Ascii, Model.Length + 1, ModelText),
            (0x8769, Long, 1, ExifIfd), (0x8825, Long, 1, GpsIfd));
        Directory(tiff, ExifIfd, (0x9003, Ascii, 20, TimeText));
        Directory(tiff, GpsIfd, (1, Ascii, 2, 'N' << 24), (2, Rational, 3, Latitude),
            (3, Ascii, 2, 'E' << 24), (4, Rational, 3, Longitude));
        Encoding.ASCII.GetBytes(Make, tiff[MakeText..]);
        Encoding.ASCII.GetBytes(Model, tiff[ModelText..]);
        Encoding.ASCII.GetBytes(captured.ToString("yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture), tiff[TimeText..]);
        Degrees(tiff[Latitude..], (int)(seed % 60));
        Degrees(tiff[Longitude..], (int)(seed % 170));
        return segment;
    }

    private static void Directory(Span<byte> tiff, int at, params ReadOnlySpan<(int Tag, int Type, int Count, int Value)> entries)
    {
        BinaryPrimitives.WriteUInt16BigEndian(tiff[at..], (ushort)entries.Length);
        at += 2;
        foreach ((int tag, int type, int count, int value) in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(tiff[at..], (ushort)tag);
            BinaryPrimitives.WriteUInt16BigEndian(tiff[(at + 2)..], (ushort)type);
            BinaryPrimitives.WriteInt32BigEndian(tiff[(at + 4)..], count);
            BinaryPrimitives.WriteInt32BigEndian(tiff[(at + 8)..], value);
            at += 12;
        }
    }

    private static void Degrees(Span<byte> at, int degrees)
    {
        ReadOnlySpan<int> parts = [degrees, 1, 30, 1, 15, 1];
        for (int index = 0; index < parts.Length; index++)
        {
            BinaryPrimitives.WriteInt32BigEndian(at[(index * 4)..], parts[index]);
        }
    }
}
