using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>storage.buckets: insert, get, list, getStorageLayout.</summary>
internal sealed class BucketsMethods(Buckets buckets, ObjectJson json)
{
    public async ValueTask<Reply> InsertAsync(Exchange exchange)
    {
        string project = exchange.Query("project") is { Length: > 0 } named ? named : throw StorageErrors.Required("project");
        RequestObject request = await exchange.ReadJsonAsync();
        Bucket bucket = buckets.Add(request.String("name"), project, request.String("storageClass"));
        return StorageReply.Json(exchange, writer => json.Write(writer, bucket));
    }

    public ValueTask<Reply> GetAsync(Exchange exchange)
    {
        Bucket bucket = buckets.Get(exchange.RouteValue);
        return ValueTask.FromResult(StorageReply.Json(exchange, writer => json.Write(writer, bucket)));
    }

    /// <summary>The buckets of a project, by the page; a page goes on behind the name that its token is.</summary>
    public ValueTask<Reply> ListAsync(Exchange exchange)
    {
        string project = exchange.Query("project") is { Length: > 0 } named ? named : throw StorageErrors.Required("project");
        string prefix = exchange.Query("prefix") ?? "";
        string after = ListRequest.PageToken(exchange);
        int most = ListRequest.MaxResults(exchange);
        List<Bucket> found = [.. buckets.List().Where(bucket => bucket.Project == project
            && bucket.Name.StartsWith(prefix, StringComparison.Ordinal)
            && string.CompareOrdinal(bucket.Name, after) > 0)];
        return ValueTask.FromResult(StorageReply.Json(exchange, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("kind", "storage#buckets");
            if (found.Count > most)
            {
                writer.WriteString("nextPageToken", ListRequest.TokenFor(found[most - 1].Name));
            }

            if (found.Count > 0)
            {
                writer.WriteStartArray("items");
                found.Take(most).ToList().ForEach(bucket => json.Write(writer, bucket));
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }));
    }

    /// <summary>No bucket here has folders of its own kind; command line clients ask before they list.</summary>
    public ValueTask<Reply> GetStorageLayoutAsync(Exchange exchange)
    {
        Bucket bucket = buckets.Get(exchange.RouteValue);
        return ValueTask.FromResult(StorageReply.Json(exchange, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("kind", "storage#storageLayout");
            writer.WriteString("bucket", bucket.Name);
            writer.WriteString("location", "US");
            writer.WriteString("locationType", "multi-region");
            writer.WriteEndObject();
        }));
    }
}
