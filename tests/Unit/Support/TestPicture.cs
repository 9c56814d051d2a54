using System.Buffers.Binary;
using System.Text;

namespace GPhotos.Tests.Support;

/// <summary>The least that passes for a photo or video and says of itself what a test wants it to say.</summary>
internal sealed record TestPicture
{
    private const int Ascii = 2;
    private const int Short = 3;
    private const int Long = 4;
    private const int Rational = 5;

    /// <summary>A HEIC file of 30 by 20 pixels, taken 2020:01:02 03:04:05 by a clock without a zone: drawn by ImageMagick, dated by exiftool.</summary>
    public static byte[] Heic { get; } = Convert.FromBase64String(
        "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAeFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAACAAAA"
        + "EGlkYXQAAAAAAB4AFAAAAExpbG9jAQAAAERAAAMAAQAAAAAAAAK/AAEAAAAAAAAANAACAAEAAAAAAAAAAQAAAAAAAAAIAAMAAAAAAAAAAAABAAACBQAAALoA"
        + "AABNaWluZgAAAAAAAwAAABVpbmZlAgAAAQABAABodmMxAAAAABVpbmZlAgAAAAACAABncmlkAAAAABVpbmZlAgAAAQADAABFeGlmAAAAANVpcHJwAAAAs2lw"
        + "Y28AAABzaHZjQwEDcAAAAAAAAAAAAB7wAPz9+PgAAA8DIAABABhAAQwB//8DcAAAAwCQAAADAAADAB66AkAhAAEAJ0IBAQNwAAADAJAAAAMAAAMAHqAggQWW"
        + "6q6a5sCAAAADAIAAAAMAhCIAAQAGRAHBc8GJAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAUaXNwZQAAAAAAAAAeAAAAFAAAABBwaXhpAAAAAAMICAgAAAAaaXBt"
        + "YQAAAAAAAAACAAECgQIAAgIDhAAAAChpcmVmAAAAAAAAAA5kaW1nAAIAAQABAAAADmNkc2MAAwABAAIAAAD2bWRhdAAAAAZFeGlmAABNTQAqAAAACAAFARoA"
        + "BQAAAAEAAABKARsABQAAAAEAAABSASgAAwAAAAEAAgAAAhMAAwAAAAEAAQAAh2kABAAAAAEAAABaAAAAAAAAAEgAAAABAAAASAAAAAEABZAAAAcAAAAEMDIz"
        + "MpADAAIAAAAUAAAAnJEBAAcAAAAEAQIDAKAAAAcAAAAEMDEwMKABAAMAAAAB//8AAAAAAAAyMDIwOjAxOjAyIDAzOjA0OjA1AAAAADAoAa8TIWZjQPgQ92f/"
        + "67wV/5khP/M3senOyEdAwNIggJtASJNdUAsWEICHdqVW3Pg=");

    public int Width { get; init; } = 64;

    public int Height { get; init; } = 48;

    /// <summary>DateTimeOriginal, as EXIF writes it.</summary>
    public string? Taken { get; init; }

    /// <summary>SubSecTimeOriginal: the digits behind the point.</summary>
    public string? SubSecond { get; init; }

    /// <summary>OffsetTimeOriginal.</summary>
    public string? Offset { get; init; }

    /// <summary>GPSDateStamp and GPSTimeStamp.</summary>
    public DateTime? Satellites { get; init; }

    public int? Orientation { get; init; }

    /// <summary>Makes the bytes different from those of another picture.</summary>
    public string Seed { get; init; } = "";

    public byte[] ToJpeg()
    {
        byte[] exif = [.. "Exif\0\0"u8, .. Tiff()];
        byte[] comment = Encoding.UTF8.GetBytes(Seed + " ");
        return
        [
            0xFF, 0xD8, 0xFF, 0xE1, .. Big16(exif.Length + 2), .. exif, 0xFF, 0xFE, .. Big16(comment.Length + 2), .. comment,
            0xFF, 0xC0, 0, 11, 8, .. Big16(Height), .. Big16(Width), 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0x34, 0xFF, 0xD9,
        ];
    }

    public byte[] ToTiff() => Tiff(withSize: true);

    public byte[] ToPng() =>
    [
        0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", [.. Big32(Width), .. Big32(Height), 8, 2, 0, 0, 0]), .. Chunk("eXIf", Tiff()), .. Chunk("IEND", []),
    ];

    /// <summary>A video whose header tells a time, and whose track may be turned by a quarter.</summary>
    public byte[] ToVideo(DateTime created, string brand = "qt  ")
    {
        uint seconds = created == default ? 0 : (uint)(created - new DateTime(1904, 1, 1, 0, 0, 0, DateTimeKind.Utc)).TotalSeconds;
        byte[] one = [0, 1, 0, 0], minusOne = [0xFF, 0xFF, 0, 0], zero = [0, 0, 0, 0], whole = [0x40, 0, 0, 0];
        byte[] matrix = Orientation is null
            ? [.. one, .. zero, .. zero, .. zero, .. one, .. zero, .. zero, .. zero, .. whole]
            : [.. zero, .. one, .. zero, .. minusOne, .. zero, .. zero, .. zero, .. zero, .. whole];
        byte[] time = Big32((int)seconds);
        byte[] movie = Box("mvhd", [0, 0, 0, 0, .. time, .. time, .. Big32(600), .. Big32(600), .. one, 1, 0, .. new byte[10], .. matrix, .. new byte[24], .. Big32(2)]);
        byte[] track = Box(
            "tkhd",
            [0, 0, 0, 7, .. time, .. time, .. Big32(1), .. zero, .. Big32(600), .. new byte[8], .. new byte[8], .. matrix, .. Big32(Width << 16), .. Big32(Height << 16)]);
        return [.. Box("ftyp", [.. Encoding.ASCII.GetBytes(brand), .. zero, .. Encoding.ASCII.GetBytes(brand)]), .. Box("moov", [.. movie, .. Box("trak", track)])];
    }

    private byte[] Tiff(bool withSize = false)
    {
        List<(int Tag, int Type, byte[] Value)> main = [], exif = [], gps = [];
        if (withSize)
        {
            main.AddRange([(0x100, Long, Little32(Width)), (0x101, Long, Little32(Height))]);
        }

        if (Orientation is { } orientation)
        {
            main.Add((0x112, Short, [(byte)orientation, 0]));
        }

        if (Taken is not null)
        {
            exif.Add((0x9003, Ascii, Text(Taken)));
        }

        if (SubSecond is not null)
        {
            exif.Add((0x9291, Ascii, Text(SubSecond)));
        }

        if (Offset is not null)
        {
            exif.Add((0x9011, Ascii, Text(Offset)));
        }

        if (Satellites is { } time)
        {
            gps.Add((0x7, Rational, [.. Ratio(time.Hour), .. Ratio(time.Minute), .. Ratio(time.Second)]));
            gps.Add((0x1D, Ascii, Text($"{time:yyyy:MM:dd}")));
        }

        // The header, the main directory with its two pointers, then the others, each with its values behind it.
        int at = 8 + Size(main) + 24;
        int exifAt = at, gpsAt = at + Size(exif);
        main.AddRange([(0x8769, Long, Little32(exifAt)), (0x8825, Long, Little32(gpsAt))]);
        return [.. "II*\0"u8, .. Little32(8), .. Directory(main, 8), .. Directory(exif, exifAt), .. Directory(gps, gpsAt)];
    }

    private static int Size(List<(int Tag, int Type, byte[] Value)> entries) =>
        2 + (entries.Count * 12) + 4 + entries.Where(e => e.Value.Length > 4).Sum(e => e.Value.Length);

    private static byte[] Directory(List<(int Tag, int Type, byte[] Value)> entries, int at)
    {
        List<byte> directory = [(byte)entries.Count, 0], values = [];
        int valuesAt = at + 2 + (entries.Count * 12) + 4;
        foreach ((int tag, int type, byte[] value) in entries)
        {
            int unit = type switch { Short => 2, Long => 4, Rational => 8, _ => 1 };
            directory.AddRange([(byte)tag, (byte)(tag >> 8), (byte)type, 0, .. Little32(value.Length / unit)]);
            if (value.Length > 4)
            {
                directory.AddRange(Little32(valuesAt + values.Count));
                values.AddRange(value);
            }
            else
            {
                directory.AddRange([.. value, .. new byte[4 - value.Length]]);
            }
        }

        return [.. directory, 0, 0, 0, 0, .. values];
    }

    private static byte[] Text(string text) => [.. Encoding.ASCII.GetBytes(text), 0];

    private static byte[] Ratio(int number) => [.. Little32(number), .. Little32(1)];

    private static byte[] Box(string type, byte[] content) => [.. Big32(content.Length + 8), .. Encoding.ASCII.GetBytes(type), .. content];

    private static byte[] Chunk(string type, byte[] content) => [.. Big32(content.Length), .. Encoding.ASCII.GetBytes(type), .. content, 0, 0, 0, 0];

    private static byte[] Big16(int number) => [(byte)(number >> 8), (byte)number];

    private static byte[] Big32(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Little32(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
