using System.Security.Cryptography;
using GPhotos.Emulator.Media;

namespace GPhotos.Emulator.Uploads;

/// <summary>The bytes of one upload as they come in, hashed on the way so that nothing has to be read again.</summary>
internal sealed class IncomingContent(SpoolRoom room) : IDisposable
{
    private readonly Spool _spool = new(room);
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    private bool _handedOver;

    public long Length => _spool.Length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _spool.Append(bytes);
        _sha256.AppendData(bytes);
        _sha1.AppendData(bytes);
    }

    /// <summary>The SHA-1 of all so far, as X-Goog-Hash writes it.</summary>
    public string Sha1() => Convert.ToBase64String(_sha1.GetCurrentHash());

    /// <summary>Hands the bytes over; from here on they belong to who took them.</summary>
    public StoredContent Finish()
    {
        _handedOver = true;
        return new StoredContent(_spool, Convert.ToHexStringLower(_sha256.GetCurrentHash()));
    }

    public void Dispose()
    {
        _sha256.Dispose();
        _sha1.Dispose();
        if (!_handedOver)
        {
            _spool.Dispose();
        }
    }
}
