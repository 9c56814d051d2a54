using System.Security.Cryptography;

namespace GPhotos.Emulator.Media;

/// <summary>The bytes of an upload, wherever they are.</summary>
internal abstract class MediaContent
{
    public abstract ByteSlice Open();

    public abstract string Sha256();
}

/// <summary>Bytes with the hash they are known by.</summary>
internal sealed class StoredContent(ByteSource source, string sha256) : MediaContent, IDisposable
{
    public static StoredContent Of(ReadOnlyMemory<byte> bytes) =>
        new(new MemoryBytes(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));

    public override ByteSlice Open() => ByteSlice.Of(source);

    public override string Sha256() => sha256;

    /// <summary>Gives back the temporary file, where there is one.</summary>
    public void Dispose() => (source as IDisposable)?.Dispose();
}

/// <summary>Bytes made up anew each time they are opened, the same each time.</summary>
internal sealed class SyntheticContent(Func<byte[]> make) : MediaContent
{
    public override ByteSlice Open() => ByteSlice.Of(make());

    public override string Sha256() => Convert.ToHexStringLower(SHA256.HashData(make()));
}
