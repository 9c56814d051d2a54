using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>The CRC-32 with Castagnoli's polynomial (RFC 4960, appendix B), over bytes as they come in.</summary>
internal sealed class Crc32C
{
    private uint _state = uint.MaxValue;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        uint state = _state;
        if (BitConverter.IsLittleEndian)
        {
            foreach (ulong eight in MemoryMarshal.Cast<byte, ulong>(bytes))
            {
                state = BitOperations.Crc32C(state, eight);
            }

            bytes = bytes[(bytes.Length & ~7)..];
        }

        foreach (byte one in bytes)
        {
            state = BitOperations.Crc32C(state, one);
        }

        _state = state;
    }

    /// <summary>The sum as Cloud Storage writes it: big-endian, in base64.</summary>
    public override string ToString()
    {
        Span<byte> sum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, ~_state);
        return Convert.ToBase64String(sum);
    }
}
