using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>An object as an insert announces it, before its bytes are there.</summary>
internal sealed record NewObject(
    Bucket Bucket, string Name, ObjectMetadata Metadata, string Class, ExpectedHashes Hashes, Preconditions Conditions)
{
    /// <summary>Reads the announcement, and refuses at once what could not be made whatever the bytes are.</summary>
    /// <param name="exchange">The call, with the name in its parameters unless the metadata has it.</param>
    /// <param name="buckets">Where the bucket is.</param>
    /// <param name="metadata">The resource that was sent.</param>
    /// <param name="contentType">The type of the bytes, where the metadata tells none.</param>
    public static NewObject Read(Exchange exchange, Buckets buckets, RequestObject metadata, string? contentType)
    {
        Bucket bucket = buckets.Get(exchange.RouteValue);
        string name = ObjectName.Check(exchange.Query("name") ?? metadata.String("name"));
        ObjectMetadata told = ObjectMetadata.Empty.Merge(metadata);
        Preconditions conditions = Preconditions.Read(exchange);
        conditions.Check(bucket.Find(name));
        return new NewObject(
            bucket,
            name,
            told.ContentType is null && !string.IsNullOrEmpty(contentType) ? told.WithContentType(contentType) : told,
            StorageClass.Read(metadata.String("storageClass"), bucket.StorageClass),
            ExpectedHashes.Read(exchange.Request, metadata),
            conditions);
    }

    /// <summary>Makes the object of bytes that are all there; they belong to it from here on.</summary>
    public StoredObject Make(ObjectContent content)
    {
        Hashes.Check(content);
        return Bucket.Put(Name, Metadata, Class, content, Conditions);
    }
}
