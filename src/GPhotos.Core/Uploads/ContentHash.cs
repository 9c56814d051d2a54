using System.Security.Cryptography;

namespace GPhotos.Core.Uploads;

/// <summary>
/// The SHA-256 of bytes that pass in order. Bytes that pass again (a broken line steps back a little) are not counted twice.
/// </summary>
internal sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _position;
    private bool _gap;

    /// <summary>Takes the bytes that stand at a position.</summary>
    public void Append(long position, ReadOnlySpan<byte> bytes)
    {
        _gap |= position > _position;
        long known = _position - position;
        if (!_gap && known < bytes.Length)
        {
            _hash.AppendData(bytes[(int)known..]);
            _position = position + bytes.Length;
        }
    }

    /// <summary>The hash in lower-case hex, or null when not every byte up to the length has passed.</summary>
    public string? Of(long length) => !_gap && _position == length ? Convert.ToHexStringLower(_hash.GetCurrentHash()) : null;

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
