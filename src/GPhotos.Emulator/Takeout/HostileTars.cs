using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using static GPhotos.Emulator.Takeout.HostileSamples;

namespace GPhotos.Emulator.Takeout;

/// <summary>Gzipped tars that are broken, or made to do harm.</summary>
internal static class HostileTars
{
    private const int Block = 512;

    public static IEnumerable<(HostileArchive Archive, byte[] Content)> All()
    {
        byte[] whole = Gzip(Tar(writer =>
        {
            for (int number = 2; number < 20; number++)
            {
                writer.WriteEntry(File(FormattableString.Invariant($"{Folder}IMG_{number:D4}.jpg"), Picture));
            }
        }));
        yield return Tgz("truncated", "a tgz cut in the middle; what came before the cut is whole", Sound, whole[..(whole.Length / 2)]);
        yield return Tgz("truncated-tar", "whole gzip around a tar cut in the middle of an entry", Sound, Gzip(Tar(
            writer => writer.WriteEntry(File(Victim, Picture)))[..^(1024 + Picture.Length)]));
        yield return Tgz("not-gzip", "a tar that is not gzipped", [], Tar(_ => { }));
        yield return Tgz("gzip-of-text", "gzip around something that is no tar", [], Gzip(Text(new string('x', 5000))));
        yield return Tgz("zero-bytes", "nothing at all", [], []);
        yield return Tgz("no-entries", "an empty tar", [], Gzip(new byte[2 * Block]));
        yield return Tgz("bad-names", "names that lead out of the folder, are absolute, have drives, backslashes", Sound, Gzip(Tar(writer =>
        {
            // A line break ends a record of the extended header, so one in a name spoils all that comes behind it.
            foreach (string name in BadNames.Where(name => name.Length > 0 && name.AsSpan().IndexOfAny('\0', '\n') < 0))
            {
                writer.WriteEntry(File(name, Picture));
            }
        })));
        yield return Tgz("links", "symbolic links, hard links, devices and a pipe in place of pictures", Sound, Gzip(Tar(Links)));
        yield return Tgz("claims-10gb", "a header that claims 10 GB, and a few bytes behind it", Sound, Gzip(
            [.. WithoutEnd(Tar(_ => { })), .. Header(Victim, TenGigabytes), .. Picture]));
        yield return Tgz("bad-checksum", "a header whose checksum is wrong", Sound, Gzip(
            [.. WithoutEnd(Tar(_ => { })), .. Header(Victim, Picture.Length, checksum: 1), .. Picture]));
        yield return Tgz("negative-size", "a header whose size is negative", Sound, Gzip(
            [.. WithoutEnd(Tar(_ => { })), .. Header(Victim, -5), .. Picture]));
        yield return Tgz("duplicates", "two entries of one name with different bytes", Sound, Gzip(Tar(writer =>
        {
            writer.WriteEntry(File(Victim, Picture));
            writer.WriteEntry(File(Victim, [.. Picture, 0]));
        })));
        yield return Tgz("bomb", "a picture of 100 MB of zeros, compressed more than 900 to 1", Sound, Gzip(Tar(
            writer => writer.WriteEntry(File(Victim, new byte[100_000_000])))));
    }

    private static (HostileArchive Archive, byte[] Content) Tgz(string name, string what, string[] sound, byte[] content) =>
        (new HostileArchive(name + ".tgz", what, sound), content);

    private static void Links(TarWriter writer)
    {
        writer.WriteEntry(Special(TarEntryType.SymbolicLink, Victim, "/etc/passwd"));
        writer.WriteEntry(Special(TarEntryType.SymbolicLink, Folder + "up", "../../.."));
        writer.WriteEntry(File(Folder + "up/escaped.jpg", Picture));
        writer.WriteEntry(Special(TarEntryType.HardLink, Folder + "hard.jpg", "/etc/hostname"));
        writer.WriteEntry(Special(TarEntryType.HardLink, Folder + "hard2.jpg", SoundPicture));
        writer.WriteEntry(Special(TarEntryType.CharacterDevice, Folder + "zero.jpg"));
        writer.WriteEntry(Special(TarEntryType.BlockDevice, Folder + "disk.jpg"));
        writer.WriteEntry(Special(TarEntryType.Fifo, Folder + "pipe.jpg"));
    }

    private static PaxTarEntry Special(TarEntryType type, string path, string? target = null)
    {
        PaxTarEntry entry = new(type, path) { ModificationTime = PartWriter.Time };
        if (target is not null)
        {
            entry.LinkName = target;
        }
        else if (type != TarEntryType.Fifo)
        {
            (entry.DeviceMajor, entry.DeviceMinor) = (1, 5);
        }

        return entry;
    }

    /// <summary>A tar that begins with the sound entries.</summary>
    private static byte[] Tar(Action<TarWriter> more)
    {
        using MemoryStream stream = new();
        using (TarWriter writer = new(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            writer.WriteEntry(File(SoundPicture, Picture));
            writer.WriteEntry(File(SoundJson, Json("sound.jpg")));
            more(writer);
        }

        return stream.ToArray();
    }

    private static PaxTarEntry File(string path, byte[] content) => new(TarEntryType.RegularFile, path)
    {
        DataStream = new MemoryStream(content),
        ModificationTime = PartWriter.Time,
    };

    /// <summary>A tar ends with two blocks of zeros.</summary>
    private static byte[] WithoutEnd(byte[] tar) => tar[..^(2 * Block)];

    /// <summary>A header by hand: the size in base 256 where eleven octal digits do not hold it.</summary>
    private static byte[] Header(string path, long size, int? checksum = null)
    {
        byte[] header = new byte[Block];
        Encoding.ASCII.GetBytes(path, header);
        "0000644\0"u8.CopyTo(header.AsSpan(100));
        "0000000\0"u8.CopyTo(header.AsSpan(108));
        "0000000\0"u8.CopyTo(header.AsSpan(116));
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(128), size);
        header[124] = size < 0 ? (byte)0xFF : (byte)0x80;
        header.AsSpan(125, 3).Fill(size < 0 ? (byte)0xFF : (byte)0);
        "14644211216\0"u8.CopyTo(header.AsSpan(136));
        header.AsSpan(148, 8).Fill((byte)' ');
        header[156] = (byte)'0';
        "ustar\00000"u8.CopyTo(header.AsSpan(257));
        int sum = checksum ?? header.Sum(value => value);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ", header.AsSpan(148));
        return header;
    }

    private static byte[] Gzip(byte[] content)
    {
        using MemoryStream gzip = new();
        using (GZipStream stream = new(gzip, CompressionLevel.SmallestSize))
        {
            stream.Write(content);
        }

        return gzip.ToArray();
    }
}
