using System.Net.Http.Headers;
using GPhotos.Core.Http;

namespace GPhotos.Core.Uploads;

/// <summary>Bytes of the web, streamed from their server into the upload: nothing is kept on the way.</summary>
internal sealed class WebSource(Uri address, WebRequests requests, RetryPolicy retry, GPhotosClientOptions options, WebVersion? version) : UploadSource
{
    /// <summary>The whole address. Never shown.</summary>
    public Uri Address => address;

    /// <summary>The version that was looked at; null where the server tells none.</summary>
    public WebVersion? Version => version;

    /// <summary>
    /// What has passed of a source without a version: when it is opened again it is read from its beginning, and must be the same so far.
    /// </summary>
    public Prefix? Passed { get; set; }

    public override string Key => WebAddress.Key(address);

    /// <summary>Throws when the bytes are not those of the file: they would be stored packed.</summary>
    public static void ThrowIfEncoded(string name, HttpContentHeaders headers)
    {
        if (headers.ContentEncoding.FirstOrDefault(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)) is { } encoding)
        {
            throw new FileReadFailedException($"'{name}' cannot be read: its server sends it packed ({encoding}), though it was asked not to.", name);
        }
    }

    // Asked for at the first read, under the time limit of the source.
    public override Task<Stream> OpenAsync(long offset, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new WebStream(this, offset, requests, retry, options));

    public override ValueTask<int> ReadAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellationToken) =>
        stream.ReadAsync(buffer, cancellationToken);

    // One answer is of one version, and each is held against what was looked at when it begins.
    public override void ThrowIfChanged()
    {
    }

    /// <summary>How much has passed, and its SHA-256.</summary>
    public sealed record Prefix(long Length, byte[] Sha256);
}
