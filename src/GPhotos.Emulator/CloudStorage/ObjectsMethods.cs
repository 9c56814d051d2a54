using GPhotos.Emulator.Hosting;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>storage.objects: list, get, patch, delete. What makes objects is <see cref="InsertMethod"/>.</summary>
internal sealed class ObjectsMethods(Buckets buckets, ObjectJson json)
{
    public ValueTask<Reply> ListAsync(Exchange exchange)
    {
        ObjectListing page = ObjectListing.Of(buckets.Get(exchange.RouteValue), exchange);
        return ValueTask.FromResult(StorageReply.Json(exchange, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("kind", "storage#objects");
            if (page.NextPageToken is not null)
            {
                writer.WriteString("nextPageToken", page.NextPageToken);
            }

            if (page.Prefixes.Count > 0)
            {
                writer.WriteStartArray("prefixes");
                page.Prefixes.ForEach(writer.WriteStringValue);
                writer.WriteEndArray();
            }

            if (page.Items.Count > 0)
            {
                writer.WriteStartArray("items");
                page.Items.ForEach(stored => json.Write(writer, stored));
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }));
    }

    /// <summary>The resource, or with alt=media the bytes.</summary>
    public ValueTask<Reply> GetAsync(Exchange exchange)
    {
        (Bucket bucket, string name) = Find(exchange);
        StoredObject stored = bucket.Existing(name, exchange.QueryInteger("generation"));
        Preconditions.Read(exchange).Check(stored, isRead: true);
        return ValueTask.FromResult(exchange.Query("alt") == "media"
            ? ObjectDownload.Answer(exchange, stored)
            : StorageReply.Json(exchange, writer => json.Write(writer, stored)));
    }

    public async ValueTask<Reply> PatchAsync(Exchange exchange)
    {
        (Bucket bucket, string name) = Find(exchange);
        StoredObject patched = bucket.Patch(
            name, exchange.QueryInteger("generation"), Preconditions.Read(exchange), await exchange.ReadJsonAsync());
        return StorageReply.Json(exchange, writer => json.Write(writer, patched));
    }

    public ValueTask<Reply> DeleteAsync(Exchange exchange)
    {
        (Bucket bucket, string name) = Find(exchange);
        bucket.Delete(name, exchange.QueryInteger("generation"), Preconditions.Read(exchange));
        return ValueTask.FromResult(new Reply { Status = 204 });
    }

    private (Bucket Bucket, string Name) Find(Exchange exchange) =>
        (buckets.Get(exchange.RouteValues[0]), ObjectName.Check(exchange.RouteValues[1]));
}
