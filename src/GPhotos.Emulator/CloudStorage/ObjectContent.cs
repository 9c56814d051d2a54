using System.Security.Cryptography;
using GPhotos.Emulator.Media;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>
/// The bytes of an object, hashed as they come in. They last until nobody holds them: who reads an object that is replaced
/// meanwhile reads the old one to its end.
/// </summary>
internal sealed class ObjectContent(SpoolRoom room) : IDisposable
{
    private readonly Spool _spool = new(room);
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly Crc32C _crc32c = new();
    private readonly Lock _lock = new();
    private int _holders = 1;

    public long Length => _spool.Length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _spool.Append(bytes);
        _md5.AppendData(bytes);
        _crc32c.Append(bytes);
    }

    /// <summary>The MD5 of all so far, in base64.</summary>
    public string Md5() => Convert.ToBase64String(_md5.GetCurrentHash());

    /// <summary>The CRC32C of all so far, as Cloud Storage writes it.</summary>
    public string Crc32C() => _crc32c.ToString();

    /// <summary>Keeps the bytes until <see cref="Dispose"/> is called once more.</summary>
    /// <returns>False when they are gone.</returns>
    public bool TryHold()
    {
        lock (_lock)
        {
            _holders += _holders > 0 ? 1 : 0;
            return _holders > 0;
        }
    }

    public ByteSlice Open() => ByteSlice.Of(_spool);

    public void Dispose()
    {
        lock (_lock)
        {
            if (--_holders == 0)
            {
                _md5.Dispose();
                _spool.Dispose();
            }
        }
    }
}
