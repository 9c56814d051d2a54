using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using GPhotos.Core.Http;

namespace GPhotos.Core.Uploads;

/// <summary>
/// A stretch of a source as a request body: opened anew for each try, streamed, hashed on the way. The last bytes leave only when the
/// source is still what was looked at.
/// </summary>
internal sealed class UploadContent : HttpContent
{
    private const int BufferSize = 128 * 1024;

    private readonly UploadSource _source;
    private readonly ContentHash _hash;
    private readonly string? _sha256;
    private readonly Heartbeat _heartbeat;

    /// <param name="source">Where the bytes come from.</param>
    /// <param name="hash">Takes the bytes as they pass.</param>
    /// <param name="sha256">What the hash of the whole must be; null when nobody knows yet.</param>
    /// <param name="heartbeat">Told of every piece that left.</param>
    public UploadContent(UploadSource source, ContentHash hash, string? sha256, Heartbeat heartbeat)
    {
        (_source, _hash, _sha256, _heartbeat, Count) = (source, hash, sha256, heartbeat, source.Length);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    /// <summary>Where the stretch begins.</summary>
    public long Offset { get; init; }

    /// <summary>How many bytes it has.</summary>
    public long Count { get; init; }

    /// <summary>How many bytes the last try handed to the network.</summary>
    public long Sent { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Sent = 0;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            Stream bytes = await _heartbeat.HeldAsync(new ValueTask<Stream>(_source.OpenAsync(Offset, cancellationToken))).ConfigureAwait(false);
            await using (bytes.ConfigureAwait(false))
            {
                while (Sent < Count)
                {
                    int read = await _heartbeat.HeldAsync(
                        _source.ReadAsync(bytes, buffer.AsMemory(0, (int)Math.Min(buffer.Length, Count - Sent)), cancellationToken)).ConfigureAwait(false);
                    if (read == 0)
                    {
                        throw _source.Changed();
                    }

                    long position = Offset + Sent;
                    _hash.Append(position, buffer.AsSpan(0, read));
                    if (position + read == _source.Length)
                    {
                        ThrowIfChanged();
                    }

                    await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                    _heartbeat.Beat();
                    Sent += read;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = Count;
        return true;
    }

    private void ThrowIfChanged()
    {
        _source.ThrowIfChanged();
        if (_sha256 is not null && _hash.Of(_source.Length) is { } passed && passed != _sha256)
        {
            throw _source.Changed();
        }
    }
}
