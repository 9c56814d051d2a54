using GPhotos.Core.Media;

namespace GPhotos.Tests.Support;

/// <summary>Bytes at hand that no file holds, as an archive's entry. Counts how often it is opened, and can turn out damaged.</summary>
internal sealed class FakeContent(byte[] bytes) : LocalContent
{
    private int _opened;

    public override MediaItemSource Source => MediaItemSource.Takeout;

    public override string Name => "/archive.zip/picture";

    /// <summary>What the archive announces.</summary>
    public long Announced { get; init; } = bytes.Length;

    public override long Length => Announced;

    public override string Stamp => "stamp";

    /// <summary>What its stream throws behind the last byte.</summary>
    public Exception? Damage { get; init; }

    public int Opened => _opened;

    public override Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _opened);
        return Task.FromResult<Stream>(new Body(bytes, Damage));
    }

    private sealed class Body(byte[] bytes, Exception? damage) : MemoryStream(bytes, writable: false)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            damage is not null && Position == Length ? throw damage : base.ReadAsync(buffer, cancellationToken);
    }
}
