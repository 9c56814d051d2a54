using System.Security.Cryptography;

namespace GPhotos.Emulator.Media;

/// <summary>The bytes of an upload, wherever they are.</summary>
internal abstract class MediaContent
{
    public abstract ReadOnlyMemory<byte> Read();

    public virtual string Sha256() => Convert.ToHexStringLower(SHA256.HashData(Read().Span));
}

/// <summary>Bytes that were uploaded, with the hash they are known by.</summary>
internal sealed class StoredContent(ReadOnlyMemory<byte> bytes, string sha256) : MediaContent
{
    public static StoredContent Of(ReadOnlyMemory<byte> bytes) => new(bytes, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));

    public override ReadOnlyMemory<byte> Read() => bytes;

    public override string Sha256() => sha256;
}

/// <summary>A file of the folder the library was seeded from, read when asked for.</summary>
internal sealed class FileContent(string path, string sha256) : MediaContent
{
    public override ReadOnlyMemory<byte> Read() => File.ReadAllBytes(path);

    public override string Sha256() => sha256;
}

/// <summary>Bytes made up anew on each reading, the same each time.</summary>
internal sealed class SyntheticContent(Func<byte[]> make) : MediaContent
{
    public override ReadOnlyMemory<byte> Read() => make();
}
