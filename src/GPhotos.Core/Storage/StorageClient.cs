using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using GPhotos.Core.Http;

namespace GPhotos.Core.Storage;

/// <summary>Objects of one bucket, under one credential. Safe to use from many threads.</summary>
/// <remarks>See https://cloud.google.com/storage/docs/json_api/v1. None of its calls counts against Google Photos' quota.</remarks>
internal sealed class StorageClient(
    string bucket, StorageCredential credential, GPhotosClientOptions options, HttpClient http, RetryPolicy retry)
{
    private const int PageSize = 1000;
    private const string Fields = "nextPageToken,items(name,size,md5Hash,crc32c,generation,storageClass,metadata)";

    private static readonly CallTraits List = new("storage.objects.list");
    private static readonly CallTraits Put = new("storage.objects.insert", Server: StorageCaller.Server);
    private static readonly CallTraits Patch = new("storage.objects.patch");
    private static readonly CallTraits Delete = new("storage.objects.delete");

    private readonly StorageCaller _caller = new(http, credential);
    private readonly StorageCaller _metadataCaller = new(http, credential.ForMetadata);

    /// <summary>The bucket's name.</summary>
    public string Bucket => bucket;

    /// <summary>Lists the objects whose names begin with the prefix, in the order of their names, a page at a time. A page may be empty.</summary>
    /// <exception cref="BucketNotFoundException">There is no such bucket.</exception>
    /// <exception cref="StorageAccessDeniedException">The account may not list it.</exception>
    public async IAsyncEnumerable<IReadOnlyList<StoredObject>> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        StorageCall call = Call(prefix);
        string? pageToken = null;
        do
        {
            string query = $"?prefix={Uri.EscapeDataString(prefix)}&maxResults={Number(PageSize)}&fields={Uri.EscapeDataString(Fields)}"
                + (pageToken is null ? "" : $"&pageToken={Uri.EscapeDataString(pageToken)}");
            using HttpRequestMessage request = new(HttpMethod.Get, Address(query));
            StorageAnswer answer = await _caller.SendAsync(List, request, call, cancellationToken).ConfigureAwait(false);
            (List<StoredObject> objects, pageToken) = StorageCaller.Read(
                answer,
                StorageJsonContext.Default.WireObjectPage,
                page => ((page.Items ?? []).ConvertAll(item => item.ToModel()), page.NextPageToken),
                call);
            yield return objects;
        }
        while (!string.IsNullOrEmpty(pageToken));
    }

    /// <summary>Begins to write an object. Nothing is sent before the first chunk is full or the upload complete.</summary>
    /// <param name="name">Its whole name.</param>
    /// <param name="contentType">Its MIME type.</param>
    /// <param name="storageClass">Its storage class; null for the bucket's own.</param>
    /// <param name="metadata">What is written to it.</param>
    /// <param name="length">How many bytes will come; null when nobody knows yet.</param>
    /// <param name="replaces">The generation that it replaces; 0 when nothing may stand there.</param>
    public ObjectUpload NewUpload(
        string name,
        string contentType,
        string? storageClass = null,
        IReadOnlyDictionary<string, string>? metadata = null,
        long? length = null,
        long replaces = 0)
    {
        Uri start = new(
            options.Endpoints.Storage,
            $"upload/storage/v1/b/{Uri.EscapeDataString(bucket)}/o?uploadType=resumable&ifGenerationMatch={Number(replaces)}");
        return new ObjectUpload(
            this,
            new UploadSession(_caller, start, Call(name), length),
            new WireNewObject(name, contentType, storageClass, metadata, null, null),
            length,
            retry,
            options.MaxRetries);
    }

    /// <summary>Writes a small object in one go, anew where its session is lost, and once more where other bytes arrived.</summary>
    /// <exception cref="FileExistsException">Something stands there, or is not the generation to be replaced any more.</exception>
    public async Task<StoredObject> PutAsync(
        string name,
        ReadOnlyMemory<byte> bytes,
        string contentType,
        string? storageClass = null,
        IReadOnlyDictionary<string, string>? metadata = null,
        long replaces = 0,
        CancellationToken cancellationToken = default)
    {
        int damages = 0;
        for (int failures = 0; ; failures++)
        {
            ObjectUpload upload = NewUpload(name, contentType, storageClass, metadata, bytes.Length, replaces);
            await using (upload.ConfigureAwait(false))
            {
                try
                {
                    await upload.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
                    return await upload.CompleteAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (StorageSessionLostException) when (failures < options.MaxRetries)
                {
                    // Nothing came of it.
                }
                catch (StorageSessionLostException e)
                {
                    throw new ServiceUnavailableException(e.Message, e);
                }
                catch (ObjectDamagedException) when (damages++ == 0)
                {
                    // Deleted again; damage on the way is rare.
                }
            }

            await retry.WaitAsync(Put, "the upload has to begin anew", failures, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Writes metadata to an object: keys that are given are set, or taken away where the value is null; others stay. Null when that
    /// generation does not stand there any more.
    /// </summary>
    public async Task<StoredObject?> PatchMetadataAsync(
        string name, long generation, IReadOnlyDictionary<string, string?> metadata, CancellationToken cancellationToken = default)
    {
        StorageCall call = Call(name);
        using HttpRequestMessage request = new(HttpMethod.Patch, Address($"/{Uri.EscapeDataString(name)}?ifGenerationMatch={Number(generation)}"));
        request.Content = StorageCaller.Content(new WireMetadataChange(metadata), StorageJsonContext.Default.WireMetadataChange);
        StorageAnswer answer = await _metadataCaller.SendAsync(Patch, request, call, cancellationToken).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.PreconditionFailed || StorageError.IsObjectMissing(answer.Status, answer.Body)
            ? null
            : StorageCaller.ReadObject(answer, call);
    }

    /// <summary>Deletes one generation of an object. False when it was not there, which is also the answer to a repeat after a lost reply.</summary>
    public async Task<bool> DeleteAsync(string name, long generation, CancellationToken cancellationToken = default)
    {
        StorageCall call = Call(name);
        using HttpRequestMessage request = new(HttpMethod.Delete, Address($"/{Uri.EscapeDataString(name)}?generation={Number(generation)}"));
        StorageAnswer answer = await _caller.SendAsync(Delete, request, call, cancellationToken).ConfigureAwait(false);
        return answer.IsGood
            || (StorageError.IsObjectMissing(answer.Status, answer.Body) ? false : throw StorageError.ToException(answer.Status, answer.Body, call));
    }

    private StorageCall Call(string name) => new(bucket, name, _caller.Account);

    private Uri Address(string rest) => new(options.Endpoints.Storage, $"storage/v1/b/{Uri.EscapeDataString(bucket)}/o{rest}");

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
