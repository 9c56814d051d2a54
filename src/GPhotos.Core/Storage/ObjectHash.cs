using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace GPhotos.Core.Storage;

/// <summary>The two hashes that Cloud Storage keeps of an object, of bytes as they pass.</summary>
internal sealed class ObjectHash : IDisposable
{
#pragma warning disable CA5351 // Not for secrecy: it is what the bucket reports.
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
    private uint _crc = uint.MaxValue;

    /// <summary>The MD5 of all so far, in Base64.</summary>
    public string Md5 => Convert.ToBase64String(_md5.GetCurrentHash());

    /// <summary>The CRC32C of all so far, big-endian, in Base64.</summary>
    public string Crc32c
    {
        get
        {
            Span<byte> bytes = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, ~_crc);
            return Convert.ToBase64String(bytes);
        }
    }

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _md5.AppendData(bytes);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            _crc = BitOperations.Crc32C(_crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte rest in bytes)
        {
            _crc = BitOperations.Crc32C(_crc, rest);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _md5.Dispose();
}
