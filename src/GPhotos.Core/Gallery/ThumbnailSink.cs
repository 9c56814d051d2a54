using GPhotos.Core.Destinations;

namespace GPhotos.Core.Gallery;

/// <summary>Takes the bytes of a small picture into memory.</summary>
internal sealed class ThumbnailSink : SaveSink
{
    // Of a picture some hundred pixels wide; whatever is more is none.
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>What came.</summary>
    public MemoryStream Bytes { get; } = new();

    public override ValueTask<string?> CompleteAsync(CancellationToken cancellationToken) => new((string?)null);

    public override ValueTask AbandonAsync()
    {
        Bytes.SetLength(0);
        return default;
    }

    public override ValueTask DisposeAsync()
    {
        Bytes.Dispose();
        return base.DisposeAsync();
    }

    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        Bytes.Length + bytes.Length > MostBytes
            ? throw new UnexpectedResponseException($"Google's media server sent more than {MostBytes:N0} bytes for a thumbnail.")
            : Bytes.WriteAsync(bytes, cancellationToken);
}
