using System.Net;
using GPhotos.Core.Http;

namespace GPhotos.Core.Storage;

/// <summary>Bytes of a borrowed buffer as a request body, in pieces that keep the time limit alive.</summary>
internal sealed class ChunkContent(ReadOnlyMemory<byte> bytes, Heartbeat heartbeat) : HttpContent
{
    private const int PieceSize = 64 * 1024;

    private readonly CancellationTokenSource _end = new();
    private Task _writing = Task.CompletedTask;

    /// <summary>
    /// Ends what is still being written. An answer may come, or a time limit end, while the network still reads: the buffer must not
    /// change or go to somebody else before that is over.
    /// </summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Task writing = WriteAsync(stream, cancellationToken);
        _writing = _writing.IsCompleted ? writing : Task.WhenAll(_writing, writing);
        return writing;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _end.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        for (ReadOnlyMemory<byte> left = bytes; left.Length > 0;)
        {
            ReadOnlyMemory<byte> piece = left[..Math.Min(PieceSize, left.Length)];
            await stream.WriteAsync(piece, both.Token).ConfigureAwait(false);
            heartbeat.Beat();
            left = left[piece.Length..];
        }
    }
}
