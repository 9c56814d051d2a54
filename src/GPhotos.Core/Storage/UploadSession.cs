using System.Globalization;
using GPhotos.Core.Http;

namespace GPhotos.Core.Storage;

/// <summary>The calls of one resumable upload. What to do with their answers is <see cref="ObjectUpload"/>'s business.</summary>
/// <remarks>See https://cloud.google.com/storage/docs/performing-resumable-uploads.</remarks>
internal sealed class UploadSession(StorageCaller caller, Uri start, StorageCall call, long? length)
{
    private static readonly TimeSpan CancelLimit = TimeSpan.FromSeconds(5);

    private Uri? _address;

    /// <summary>What it is about.</summary>
    public StorageCall Call => call;

    /// <summary>Whether the bucket keeps a session that nobody has ended yet.</summary>
    public bool IsOpen => _address is not null;

    /// <summary>Begins it.</summary>
    /// <exception cref="FileExistsException">Something stands there already.</exception>
    public async Task StartAsync(WireNewObject metadata, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, start);
        request.Content = StorageCaller.Content(metadata, StorageJsonContext.Default.WireNewObject);
        request.Headers.Add("X-Upload-Content-Type", metadata.ContentType);
        if (length is { } known)
        {
            request.Headers.Add("X-Upload-Content-Length", Number(known));
        }

        StorageAnswer answer = await caller.SendAsync(new("storage.objects.insert"), request, call, cancellationToken).ConfigureAwait(false);
        if (!answer.IsGood)
        {
            throw StorageError.ToException(answer.Status, answer.Body, call);
        }

        // The token goes along with every chunk, so the address must be Cloud Storage's own.
        _address = answer.Location is { IsAbsoluteUri: true } address && address.Scheme == start.Scheme && address.Authority == start.Authority
            ? address
            : throw new UnexpectedResponseException($"{call.Subject}: Cloud Storage began an upload but gave no address of its own for it.");
    }

    /// <summary>Sends bytes from an offset on.</summary>
    /// <param name="offset">Where in the object they stand.</param>
    /// <param name="bytes">The bytes. Nobody reads them any more when this has ended, however it ends.</param>
    /// <param name="total">How many the object will have; null when nobody knows. When these bytes reach it, they are the last.</param>
    /// <param name="crc32c">What the bucket shall check before it makes an object of the whole, or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<StorageAnswer> SendAsync(
        long offset, ReadOnlyMemory<byte> bytes, long? total, string? crc32c, CancellationToken cancellationToken)
    {
        Heartbeat heartbeat = new();
        using ChunkContent content = new(bytes, heartbeat);
        using HttpRequestMessage request = Put(content, bytes.Length == 0 ? "*" : $"{Number(offset)}-{Number(offset + bytes.Length - 1)}", total);
        if (crc32c is not null)
        {
            request.Headers.Add("X-Goog-Hash", "crc32c=" + crc32c);
        }

        try
        {
            return await caller.SendAsync(
                new("storage.objects.insert.send", Resumes: true, Heartbeat: heartbeat), request, call, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await content.EndAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Asks how far it has got.</summary>
    public async Task<StorageAnswer> QueryAsync(long? total, CancellationToken cancellationToken)
    {
        using ByteArrayContent nothing = new([]);
        using HttpRequestMessage request = Put(nothing, "*", total);
        return await caller.SendAsync(new("storage.objects.insert.query"), request, call, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>There is nothing left to cancel: it is complete, or gone.</summary>
    public void Forget() => _address = null;

    /// <summary>Lets the bucket forget what it has. Tried once, and not for long: by itself it forgets after a week.</summary>
    public async Task CancelAsync()
    {
        if (_address is null)
        {
            return;
        }

        using CancellationTokenSource limit = new(CancelLimit);
        using HttpRequestMessage request = new(HttpMethod.Delete, _address);
        Forget();
        try
        {
            await caller.SendAsync(new("storage.objects.insert.cancel", Repeatable: false), request, call, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is GPhotosException or OperationCanceledException)
        {
            // Whoever gave the upload up has an error of his own to tell.
        }
    }

    private HttpRequestMessage Put(HttpContent content, string range, long? total)
    {
        HttpRequestMessage request = new(HttpMethod.Put, _address) { Content = content };
        content.Headers.Add("Content-Range", $"bytes {range}/{(total is { } known ? Number(known) : "*")}");
        return request;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
