using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace GPhotos.Emulator.Media;

/// <summary>Makes base URLs that end after a while, and reads them back.</summary>
internal sealed class BaseUrls(EmulatorOptions options, string path)
{
    public const int MaximumLength = 512;
    public const string LibraryPath = "/lr/";

    private const int SignedLength = 28;
    private const int TailLength = SignedLength + HMACSHA256.HashSizeInBytes;

    // Real base URLs run to several hundred characters, and columns and caches have broken on them. A head that is
    // the same for all of a run gives the length without the cost.
    private readonly string _head = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(168));
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private byte[] _start = [];
    private int _generation;
    private long _serial;

    public void SetAddress(Uri address) =>
        _start = Encoding.ASCII.GetBytes(address.GetLeftPart(UriPartial.Authority) + path + _head);

    /// <summary>Makes every URL handed out so far a stale one.</summary>
    public void ExpireAll() => Interlocked.Increment(ref _generation);

    /// <summary>Writes the URL for an item as ASCII.</summary>
    /// <returns>The length written.</returns>
    public int Write(Span<byte> destination, ulong key)
    {
        Span<byte> tail = stackalloc byte[TailLength];
        DateTimeOffset expires = options.TimeProvider.GetUtcNow() + options.BaseUrlLifetime;
        BinaryPrimitives.WriteUInt64BigEndian(tail, key);
        BinaryPrimitives.WriteInt64BigEndian(tail[8..], expires.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt32BigEndian(tail[16..], Volatile.Read(ref _generation));
        BinaryPrimitives.WriteInt64BigEndian(tail[20..], Interlocked.Increment(ref _serial));
        HMACSHA256.HashData(_key, tail[..SignedLength], tail[SignedLength..]);
        _start.CopyTo(destination);
        return _start.Length + Base64Url.EncodeToUtf8(tail, destination[_start.Length..]);
    }

    /// <summary>The key of the item a URL was made for, and the number of the URL among all that were handed out.</summary>
    /// <returns>False when the URL is stale, or was not made here.</returns>
    public bool TryRead(ReadOnlySpan<char> opaque, out ulong key, out long serial)
    {
        key = 0;
        serial = 0;
        Span<byte> tail = stackalloc byte[TailLength];
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!opaque.StartsWith(_head, StringComparison.Ordinal)
            || opaque.Length - _head.Length != Base64Url.GetEncodedLength(TailLength)
            || !Base64Url.TryDecodeFromChars(opaque[_head.Length..], tail, out int length)
            || length != TailLength)
        {
            return false;
        }

        HMACSHA256.HashData(_key, tail[..SignedLength], signature);
        key = BinaryPrimitives.ReadUInt64BigEndian(tail);
        serial = BinaryPrimitives.ReadInt64BigEndian(tail[20..]);
        return signature.SequenceEqual(tail[SignedLength..])
            && BinaryPrimitives.ReadInt64BigEndian(tail[8..]) > options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds()
            && BinaryPrimitives.ReadInt32BigEndian(tail[16..]) == Volatile.Read(ref _generation);
    }
}
