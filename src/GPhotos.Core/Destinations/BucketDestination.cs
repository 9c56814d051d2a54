using System.Security.Cryptography;
using System.Text;
using GPhotos.Core.Data;
using GPhotos.Core.Storage;

namespace GPhotos.Core.Destinations;

/// <summary>
/// A prefix of a bucket. What it holds is told by one listing: every object bears the id of its media item as metadata, so that no catalog has to
/// be kept beside them.
/// </summary>
internal sealed class BucketDestination : Destination
{
    private const string SidecarForm = "sidecar";

    /// <summary>Why -Verify is refused for buckets.</summary>
    public const string NoVerify = "-Verify reads the files of a folder; Cloud Storage checks what it holds by itself.";

    private readonly StorageAddress _address;
    private readonly StorageClient _client;
    private readonly StorageCredential _credential;
    private readonly string? _storageClass;

    private BucketDestination(StorageAddress address, StorageClient client, StorageCredential credential, string? storageClass, Catalog catalog)
        : base(catalog) =>
        (_address, _client, _credential, _storageClass) = (address, client, credential, storageClass);

    /// <summary>Lists the prefix.</summary>
    /// <exception cref="BucketNotFoundException">There is no such bucket.</exception>
    /// <exception cref="StorageAccessDeniedException">The account may not list it.</exception>
    public static async Task<BucketDestination> OpenAsync(
        StorageAddress address, StorageClient client, StorageCredential credential, string? storageClass, TimeProvider time, CancellationToken cancellationToken)
    {
        BucketDestination destination = new(
            address, client, credential, storageClass, new Catalog(LocalDatabase.OpenTemporary(CatalogSchema.Steps), time));
        try
        {
            string prefix = address.Prefix.Length == 0 ? "" : address.Prefix + "/";
            await foreach (IReadOnlyList<StoredObject> page in client.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
            {
                destination.Catalog.Together(() =>
                {
                    foreach (StoredObject stored in page)
                    {
                        destination.Note(stored, stored.Name[prefix.Length..]);
                    }
                });
            }

            return destination;
        }
        catch
        {
            destination.Dispose();
            throw;
        }
    }

    public override string FullNameOf(string path) => StorageAddress.Of(_address.Bucket, _address.NameOf(path));

    public override long? LengthOf(string path) => Catalog.LengthAt(path);

    // The listing told whose each object is.
    public override bool MayBe(string path, MediaItem item) => false;

    public override Task<string> HashAsync(string path, CancellationToken cancellationToken) =>
        throw new InvalidRequestException(NoVerify);

    public override ValueTask<SaveSink> BeginAsync(SaveTarget target, CancellationToken cancellationToken)
    {
        Dictionary<string, string> metadata = ObjectFacts.Of(target.Item, target.Form.Key);
        long replaces = target.Overwrite == Overwrite.No ? 0 : Catalog.GenerationOf(target.Path);
        ObjectUpload upload = _client.NewUpload(_address.NameOf(target.Path), target.ContentType, _storageClass, metadata, target.Length, replaces);
        return new(new ObjectSink(_client, upload, Catalog, target.Item.Id, target.Path));
    }

    // An upload session of a run that died is not gone on with: the bytes would have to come again anyway to be hashed.
    public override ValueTask<SaveSink?> ResumeAsync(SaveTarget target, CancellationToken cancellationToken) => new((SaveSink?)null);

    public override async Task WriteTextAsync(MediaItem item, string path, string text, string mark, CancellationToken cancellationToken)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        CatalogFile? known = Catalog.Find(item.Id, SidecarAt(path));
        if (known?.Sha256 == sha256)
        {
            return;
        }

        Dictionary<string, string> metadata = ObjectFacts.Of(item, SidecarForm);
        metadata[ObjectFacts.Sha256] = sha256;
        StoredObject stored = await _client.PutAsync(
            _address.NameOf(path), bytes, "application/json", _storageClass, metadata, known is null ? 0 : Catalog.GenerationOf(path), cancellationToken).ConfigureAwait(false);
        Catalog.Found(item, SidecarAt(path), path, bytes.Length, sha256);
        Catalog.NoteGeneration(path, stored.Generation);
    }

    public override async Task NoteNoMotionAsync(CatalogFile file, CancellationToken cancellationToken)
    {
        try
        {
            await _client.PatchMetadataAsync(
                _address.NameOf(file.Path!),
                Catalog.GenerationOf(file.Path!),
                new Dictionary<string, string?> { [ObjectFacts.Motion] = ObjectFacts.NoMotion },
                cancellationToken).ConfigureAwait(false);
        }
        catch (GPhotosException)
        {
            // A role that creates objects need not change them, and the object is whole: the next run asks again.
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _credential.Dispose();
        }
    }

    // An item in two forms has two of them.
    private static string SidecarAt(string path) => $"{SidecarForm} {path}";

    private void Note(StoredObject stored, string path)
    {
        if (ObjectFacts.ItemOf(stored.Metadata) is not (var item, var form))
        {
            Catalog.NoteStranger(path);
            return;
        }

        if (form == MediaForm.Motion.Key)
        {
            Catalog.FoundMotion(item, MediaForm.Original.Key, path, stored.Size);
        }
        else
        {
            Catalog.Found(item, form == SidecarForm ? SidecarAt(path) : form, path, stored.Size, stored.Metadata.GetValueOrDefault(ObjectFacts.Sha256));
            if (stored.Metadata.GetValueOrDefault(ObjectFacts.Motion) == ObjectFacts.NoMotion)
            {
                Catalog.FoundMotion(item, form, "", 0);
            }
        }

        Catalog.NoteGeneration(path, stored.Generation);
    }
}
