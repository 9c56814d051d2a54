using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Search;

/// <summary>Page tokens. Each belongs to one method and one set of parameters, and is refused with any other.</summary>
internal sealed class PageTokens
{
    private const int CursorLength = 25;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string Encode(PageCursor cursor, string request)
    {
        Span<byte> token = stackalloc byte[CursorLength + HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt32BigEndian(token, cursor.Page);
        BinaryPrimitives.WriteInt64BigEndian(token[4..], cursor.Ticks);
        BinaryPrimitives.WriteUInt64BigEndian(token[12..], cursor.Key);
        BinaryPrimitives.WriteInt32BigEndian(token[20..], cursor.Offset);
        token[24] = (byte)((cursor.EmptyPageGiven ? 1 : 0) | (cursor.AtEnd ? 2 : 0));
        Sign(token[..CursorLength], request, token[CursorLength..]);
        return Base64Url.EncodeToString(token);
    }

    public PageCursor Decode(string? token, string request)
    {
        if (string.IsNullOrEmpty(token))
        {
            return default;
        }

        Span<byte> bytes = stackalloc byte[CursorLength + HMACSHA256.HashSizeInBytes];
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (token.Length != Base64Url.GetEncodedLength(bytes.Length)
            || !Base64Url.TryDecodeFromChars(token, bytes, out int length) || length != bytes.Length)
        {
            throw Refused();
        }

        Sign(bytes[..CursorLength], request, signature);
        return !signature.SequenceEqual(bytes[CursorLength..]) ? throw Refused() : new PageCursor(
            BinaryPrimitives.ReadInt32BigEndian(bytes),
            BinaryPrimitives.ReadInt64BigEndian(bytes[4..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[12..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[20..]),
            (bytes[24] & 1) != 0,
            (bytes[24] & 2) != 0);
    }

    private static GoogleError Refused() => GoogleError.InvalidArgument("Invalid page token.");

    private void Sign(ReadOnlySpan<byte> cursor, string request, Span<byte> signature)
    {
        byte[] signed = new byte[cursor.Length + Encoding.UTF8.GetMaxByteCount(request.Length)];
        cursor.CopyTo(signed);
        int length = cursor.Length + Encoding.UTF8.GetBytes(request, signed.AsSpan(cursor.Length));
        HMACSHA256.HashData(_key, signed.AsSpan(0, length), signature);
    }
}
