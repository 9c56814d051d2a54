using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace GPhotos.Emulator.Takeout;

/// <summary>Writes zips field by field, so that each may lie.</summary>
internal sealed class RawZip
{
    private const int Stored = 0;
    private const int Deflated = 8;
    private const uint Unsaid = 0xFFFFFFFF;

    private readonly ArrayBufferWriter<byte> _local = new();
    private readonly ArrayBufferWriter<byte> _central = new();
    private ushort _count;

    /// <summary>Adds an entry.</summary>
    /// <param name="name">Its name, as it is.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="flags">Bit 0: encrypted. Bit 11, names are UTF-8, is always set.</param>
    /// <param name="method">The method that the headers name; null for what it is.</param>
    /// <param name="claimed">The length that the headers claim, by zip64.</param>
    /// <param name="crc">The checksum that the headers claim.</param>
    /// <param name="isDeflated">Whether the bytes are compressed.</param>
    public RawZip Add(
        string name, byte[] content, int flags = 0, int? method = null, long? claimed = null, uint? crc = null, bool isDeflated = false)
    {
        byte[] path = Encoding.UTF8.GetBytes(name);
        (byte[] deflated, uint sum) = Deflate(content);
        byte[] data = isDeflated ? deflated : content;
        byte[] extra = claimed is long size ? Zip64(size, data.Length) : [];
        byte[] fields = new byte[26];
        Put16(fields, 0, claimed is null ? 20 : 45);
        Put16(fields, 2, flags | 0x800);
        Put16(fields, 4, method ?? (isDeflated ? Deflated : Stored));
        Put16(fields, 6, (11 << 11) | (23 << 5) | 21);
        Put16(fields, 8, (44 << 9) | (7 << 5) | 12);
        Put32(fields, 10, crc ?? sum);
        Put32(fields, 14, claimed is null ? (uint)data.Length : Unsaid);
        Put32(fields, 18, claimed is null ? (uint)content.Length : Unsaid);
        Put16(fields, 22, path.Length);
        Put16(fields, 24, extra.Length);
        uint at = (uint)_local.WrittenCount;
        _local.Write<byte>([.. "PK\x03\x04"u8, .. fields, .. path, .. extra, .. data]);
        byte[] rest = new byte[14];
        Put32(rest, 10, at);
        _central.Write<byte>([.. "PK\x01\x02"u8, 20, 0, .. fields, .. rest, .. path, .. extra]);
        _count++;
        return this;
    }

    /// <summary>The zip without its directory, as a download that broke off leaves it.</summary>
    public byte[] WithoutDirectory() => _local.WrittenSpan.ToArray();

    public byte[] Finish()
    {
        byte[] end = new byte[18];
        Put16(end, 4, _count);
        Put16(end, 6, _count);
        Put32(end, 8, (uint)_central.WrittenCount);
        Put32(end, 12, (uint)_local.WrittenCount);
        return [.. _local.WrittenSpan, .. _central.WrittenSpan, .. "PK\x05\x06"u8, .. end];
    }

    // Gzip is deflate between ten bytes of header and a trailer of checksum and length, and so brings both that a zip needs.
    private static (byte[] Data, uint Crc) Deflate(byte[] content)
    {
        using MemoryStream gzip = new();
        using (GZipStream stream = new(gzip, CompressionLevel.SmallestSize))
        {
            stream.Write(content);
        }

        byte[] all = gzip.ToArray();
        return (all[10..^8], BinaryPrimitives.ReadUInt32LittleEndian(all.AsSpan(all.Length - 8)));
    }

    private static byte[] Zip64(long size, long compressed)
    {
        byte[] extra = new byte[20];
        Put16(extra, 0, 1);
        Put16(extra, 2, 16);
        BinaryPrimitives.WriteInt64LittleEndian(extra.AsSpan(4), size);
        BinaryPrimitives.WriteInt64LittleEndian(extra.AsSpan(12), compressed);
        return extra;
    }

    private static void Put16(byte[] fields, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(fields.AsSpan(at), (ushort)value);

    private static void Put32(byte[] fields, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(fields.AsSpan(at), value);
}
