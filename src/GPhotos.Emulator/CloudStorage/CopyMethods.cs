using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>
/// storage.objects: copy and rewrite. A rewrite is done in one call however large the object, as Google's is within one place and
/// class.
/// </summary>
internal sealed class CopyMethods(Buckets buckets, ObjectJson json)
{
    public async ValueTask<Reply> CopyAsync(Exchange exchange)
    {
        StoredObject copy = await MakeAsync(exchange);
        return StorageReply.Json(exchange, writer => json.Write(writer, copy));
    }

    public async ValueTask<Reply> RewriteAsync(Exchange exchange)
    {
        StoredObject copy = await MakeAsync(exchange);
        return StorageReply.Json(exchange, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("kind", "storage#rewriteResponse");
            writer.WriteLong("totalBytesRewritten", copy.Size);
            writer.WriteLong("objectSize", copy.Size);
            writer.WriteBoolean("done", true);
            writer.WritePropertyName("resource");
            json.Write(writer, copy);
            writer.WriteEndObject();
        });
    }

    /// <summary>
    /// Makes the copy. A resource in the call is the metadata of the copy; without one it has that of the source.
    /// </summary>
    private async Task<StoredObject> MakeAsync(Exchange exchange)
    {
        Bucket target = buckets.Get(exchange.RouteValues[2]);
        string name = ObjectName.Check(exchange.RouteValues[3]);
        RequestObject resource = await exchange.ReadJsonAsync();
        StoredObject source = buckets.Get(exchange.RouteValues[0])
            .Existing(ObjectName.Check(exchange.RouteValues[1]), exchange.QueryInteger("sourceGeneration"));
        Preconditions.ReadSource(exchange).Check(source);
        if (!source.Content.TryHold())
        {
            throw StorageErrors.NoSuchObject(source.Bucket, source.Name);
        }

        try
        {
            return target.Put(
                name,
                resource.IsEmpty ? source.Metadata : ObjectMetadata.Empty.Merge(resource),
                StorageClass.Read(resource.String("storageClass"), target.StorageClass),
                source.Content,
                Preconditions.Read(exchange));
        }
        catch
        {
            source.Content.Dispose();
            throw;
        }
    }
}
