using System.Net;

namespace GPhotos.Tests.Emulator.Support;

/// <summary>A body without a length, that only ends when it is let go.</summary>
internal sealed class SlowContent(ReadOnlyMemory<byte> bytes, Task letGo) : HttpContent
{
    /// <summary>A body that belongs to the request it goes into, which disposes it.</summary>
    public static HttpContent Of(ReadOnlyMemory<byte> bytes, Task letGo) => new SlowContent(bytes, letGo);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken);
        await stream.FlushAsync(cancellationToken);
        await letGo.WaitAsync(cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
